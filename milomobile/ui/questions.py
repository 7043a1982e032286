"""The form as a list of fields: names of a `register` line, in the order they are asked."""

from dataclasses import dataclass

SECTIONS = ("Identité", "Coordonnées", "Situation", "Suite", "Information et accord")


@dataclass(frozen=True)
class Question:
    """One field. `kind`: text, date, time, choice, several, codes or check; `list` names the value list."""

    name: str
    section: int
    title: str
    kind: str = "text"
    list: str = ""
    columns: int = 3
    required: bool = False
    default: str | None = None
    hint: str = ""
    wide: bool = False


QUESTIONS = (
    Question("person.given_name", 0, "Prénom", required=True),
    Question("person.birth_name", 0, "Nom", required=True),
    Question("person.birth_date", 0, "Date de naissance", "date", hint="JJ/MM/AAAA"),
    Question("person.sex", 0, "Sexe", "choice", "sexe", default="NSP"),
    Question("person.stated_age", 0, "Âge déclaré, si la date est inconnue", hint="19"),
    Question("person.one_name", 0, "La personne n’a qu’un seul nom", "check"),
    Question("person.phone", 1, "Téléphone", required=True, hint="06 12 34 56 78"),
    Question("person.email", 1, "E-mail", hint="prenom.nom@exemple.fr"),
    Question("person.social", 1, "Autre contact : réseau social", hint="Sans téléphone ni e-mail"),
    Question("person.commune", 1, "Commune", "codes", "communes"),
    Question("person.postal_code", 1, "Code postal", hint="57050"),
    Question("person.qpv", 1, "Quartier (QPV)", "codes", "qpv"),
    Question("person.qpv_status", 1, "Habite en QPV", "choice", "qpv_statut", wide=True),
    Question("situation.category", 2, "Aujourd’hui", "choice", "situation_categorie", required=True, wide=True),
    Question("situation.level", 2, "Niveau de formation", "codes", "niveau_formation"),
    Question("situation.diploma", 2, "Diplôme le plus élevé", "codes", "diplome_plus_eleve"),
    Question("known", 2, "Connu de la Mission Locale", "choice", "connaissance_ml", default="NON_CONNU", wide=True),
    Question("origin", 2, "Origine", "codes", "origine", default="SPONTANE"),
    Question("needs", 3, "Demandes", "several", "demande_exprimee", columns=4, wide=True),
    Question("outcome", 3, "Résultat", "codes", "resultat_contact", default="INFORMATION_SIMPLE"),
    Question("handover", 3, "Rattachement", "codes", "statut_rattachement", default="A_RATTACHER"),
    Question("appointment.day", 3, "Rendez-vous le", "date", hint="JJ/MM/AAAA"),
    Question("appointment.time", 3, "à", "time", hint="10 h 30"),
    Question("appointment.place", 3, "Lieu du rendez-vous"),
    Question("recall_on", 3, "À recontacter le", "date", hint="JJ/MM/AAAA"),
    Question(
        "notice.how", 4, "Informations expliquées", "choice", "modalite_info_rgpd", columns=2, required=True, wide=True
    ),
    Question("agrees.sms", 4, "Accepte les SMS de rappel", "check"),
    Question("agrees.call", 4, "Accepte les appels", "check"),
    Question("agrees.email", 4, "Accepte les e-mails", "check"),
    Question("comment", 4, "Commentaire", hint="Factuel, lisible par le jeune ; 500 caractères", wide=True),
)
ESSENTIAL = ("person.given_name", "person.birth_name", "contact", "situation.category", "notice.how")
SHORT = {
    "sexe": {"NSP": "Non précisé"},
    "situation_categorie": {
        "SANS_SITUATION": "Sans emploi ni formation",
        "CONTRAT_DE_VOLONTARIAT_BENEVOLAT": "Volontariat, bénévolat",
        "PMSMP": "Stage (PMSMP)",
        "CONTRAT_EN_ALTERNANCE": "Alternance",
    },
    "modalite_info_rgpd": {"ORAL_AFFICHE": "À l’oral, avec l’affiche"},
    "demande_exprimee": {"PROJET_PROFESSIONNEL": "Projet pro", "CULTURE_SPORT_LOISIRS": "Loisirs, sport"},
}
"""Shorter words for the buttons; the lists keep their own."""
