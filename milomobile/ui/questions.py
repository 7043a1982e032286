"""The form as a list of fields: names of a `register` line, in the order they are asked, at the level champs.csv gives them."""

from dataclasses import dataclass

from milomobile.domain.form import ABROAD

SECTIONS = (
    "Identité",
    "Coordonnées",
    "Situation",
    "Freins et besoins",
    "Orientation et suite",
    "Information et accord",
)
FOLDS = {
    "names": "Nom d’usage, un seul nom",
    "birth": "Pour le dossier\u00a0: lieu de naissance",
    "home": "Adresse, code postal, à l’étranger, sans adresse stable",
    "reach": "Réseau social, préférence",
    "life": "Durée, suivi, mobilité, logement, ressources",
    "ft": "Pour le dossier\u00a0: identifiant France Travail",
    "audiences": "Publics du projet",
    "reserved": "Critères protégés",
    "barriers": "Freins, commentaire",
    "file": "Référent, dispositif",
}
"""What is folded away until somebody asks for it, by name → what stands beside the ▸."""
GUARDIAN = "guardian"
"""The fold that has a card of its own, shown for minors."""


@dataclass(frozen=True)
class Question:
    """One field. `kind`: text, date, month, time, choice, several, codes, commune, check or consent; `list` names the value list.

    `span` is its width in twelfths; `fold` where it is folded away; `when` the condition under which it is asked at all.
    """

    name: str
    section: int
    title: str
    kind: str = "text"
    list: str = ""
    columns: int = 3
    required: bool = False
    default: str | None = None
    hint: str = ""
    span: int = 6
    fold: str = ""
    when: str = ""


_Q = Question
QUESTIONS = (
    _Q("person.given_name", 0, "Prénom", required=True),
    _Q("person.birth_name", 0, "Nom", required=True),
    _Q("person.birth_date", 0, "Date de naissance", "date", hint="JJ/MM/AAAA"),
    _Q("person.sex", 0, "Sexe", "choice", "sexe", default="NSP"),
    _Q("person.stated_age", 0, "Âge déclaré", hint="19", when="no_birth_date"),
    _Q("person.usual_name", 0, "Nom d’usage", fold="names"),
    _Q("person.one_name", 0, "La personne n’a qu’un seul nom", "check", span=12, fold="names"),
    _Q("person.birth_place", 0, "Commune de naissance", fold="birth"),
    _Q("person.birth_country", 0, "Pays de naissance", fold="birth"),
    _Q("person.phone", 1, "Téléphone", required=True, hint="06 12 34 56 78"),
    _Q("person.email", 1, "E-mail", hint="prenom.nom@exemple.fr"),
    _Q("person.commune", 1, "Commune", "commune", hint="Nom ou code postal", when="in_france"),
    _Q("person.qpv", 1, "Quartier (QPV)", "codes", "qpv", when="in_france"),
    _Q("person.qpv_status", 1, "Habite en QPV", "choice", "qpv_statut", span=12, when="in_france"),
    _Q("person.address", 1, "Adresse", span=12, fold="home"),
    _Q("person.no_address", 1, "Sans adresse stable", "check", fold="home"),
    _Q(ABROAD, 1, "Habite à l’étranger", "check", fold="home"),
    _Q("person.postal_code", 1, "Code postal", hint="57050", fold="home", when="in_france"),
    _Q("person.country", 1, "Pays", hint="Luxembourg, Allemagne, Belgique…", fold="home", when="abroad"),
    _Q("person.social", 1, "Autre contact\u00a0: réseau social", hint="Sans téléphone ni e-mail", fold="reach"),
    _Q(
        "person.preference", 1, "Le plus simple pour échanger", "choice", "preference_contact", 4, span=12, fold="reach"
    ),
    _Q("guardian.link", 1, "Lien", "choice", "lien_representant", fold=GUARDIAN, when="guardian"),
    _Q("guardian.name", 1, "Nom du représentant", fold=GUARDIAN, when="guardian"),
    _Q("guardian.phone", 1, "Téléphone du représentant", hint="06 12 34 56 78", fold=GUARDIAN, when="guardian"),
    _Q("situation.category", 2, "Aujourd’hui", "choice", "situation_categorie", required=True, span=12),
    _Q("situation.level", 2, "Niveau de formation", "codes", "niveau_formation"),
    _Q("situation.diploma", 2, "Diplôme le plus élevé", "codes", "diplome_plus_eleve"),
    _Q("situation.last_class", 2, "Dernière classe suivie", hint="Seconde pro", when="drop_out"),
    _Q("situation.left_school", 2, "A quitté l’école en", "month", hint="06/2025", when="drop_out"),
    _Q("known", 2, "Connu de la Mission Locale", "choice", "connaissance_ml", default="NON_CONNU", span=12),
    _Q("origin", 2, "Origine", "codes", "origine", default="SPONTANE"),
    _Q("situation.inactive_since", 2, "Sans activité depuis", "choice", "duree_sans_activite", 4, span=12, fold="life"),
    _Q("situation.registered_ft", 2, "Inscrit à France Travail", "choice", "inscrit_ft", fold="life"),
    _Q("situation.french_help", 2, "Besoin d’aide en français", "choice", "inscrit_ft", fold="life"),
    _Q(
        "situation.last_contact",
        2,
        "Dernier contact avec un organisme",
        "choice",
        "dernier_contact_organisme",
        4,
        span=12,
        fold="life",
    ),
    _Q("situation.licence", 2, "Permis", "codes", "permis", fold="life"),
    _Q("situation.transport", 2, "Moyen de transport", "codes", "moyen_transport", fold="life"),
    _Q("situation.housing", 2, "Logement", "codes", "logement", fold="life"),
    _Q("situation.children", 2, "Enfants à charge", hint="0", fold="life"),
    _Q("situation.resources", 2, "Ressources", "several", "ressources", 4, span=12, fold="life"),
    _Q("situation.ft_id", 2, "Identifiant France Travail", hint="8 ou 11 caractères", fold="ft"),
    _Q("situation.ft_id_absence", 2, "S’il manque", "codes", "absence_id_ft", fold="ft"),
    _Q("audiences", 2, "Ce que dit la personne", "several", "public_declare", span=12, fold="audiences"),
    _Q(
        "reserved.justice", 2, "Suivi par la justice", "choice", "justice_suivi", default="NON_DEMANDE", fold="reserved"
    ),
    _Q("reserved.ase", 2, "Sortie de l’ASE", "choice", "ase_ou_rqth", default="NON_DEMANDE", fold="reserved"),
    _Q(
        "reserved.rqth",
        2,
        "Travailleur handicapé (RQTH)",
        "choice",
        "ase_ou_rqth",
        default="NON_DEMANDE",
        fold="reserved",
    ),
    _Q(
        "reserved.rqth_consent",
        2,
        "La personne accepte explicitement que sa RQTH soit notée",
        "consent",
        span=12,
        fold="reserved",
        when="rqth",
    ),
    _Q("needs", 3, "Demandes", "several", "demande_exprimee", columns=4, span=12),
    _Q("barriers", 3, "Freins", "several", "frein", span=12, fold="barriers"),
    _Q(
        "comment",
        3,
        "Commentaire",
        hint="Factuel, lisible par le jeune\u00a0; 500 caractères",
        span=12,
        fold="barriers",
    ),
    _Q("outcome", 4, "Résultat", "codes", "resultat_contact", default="INFORMATION_SIMPLE"),
    _Q("handover", 4, "Rattachement", "codes", "statut_rattachement", default="A_RATTACHER"),
    _Q("structure", 4, "Mission Locale compétente", "codes", "missions", span=12, when="structure"),
    _Q("imilo_number", 4, "N° de dossier I-MILO", hint="1234567", when="linked"),
    _Q("appointment.day", 4, "Rendez-vous le", "date", hint="JJ/MM/AAAA", span=4),
    _Q("appointment.time", 4, "à", "time", hint="10 h 30", span=3),
    _Q("appointment.place", 4, "Lieu du rendez-vous", span=5),
    _Q("recall_on", 4, "À recontacter le", "date", hint="JJ/MM/AAAA"),
    _Q("referent", 4, "Référent du jeune", fold="file"),
    _Q("scheme", 4, "Dispositif d’entrée", "codes", "dispositif", fold="file"),
    _Q("notice.how", 5, "Informations expliquées", "choice", "modalite_info_rgpd", 2, required=True, span=12),
    _Q("agrees.sms", 5, "Accepte les SMS de rappel", "check", span=12),
    _Q("agrees.call", 5, "Accepte les appels", "check", span=12),
    _Q("agrees.email", 5, "Accepte les e-mails", "check", span=12),
)
COUNTRIES = ("Luxembourg", "Allemagne", "Belgique", "Suisse", "Italie", "Espagne", "Portugal", "Pays-Bas")
"""Proposed first for who lives abroad: the neighbours of Moselle."""
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
    "preference_contact": {"REFERENT": "Par le référent"},
    "dernier_contact_organisme": {
        "MOINS_5_MOIS": "Il y a moins de 5 mois",
        "PLUS_5_MOIS": "5 mois ou plus",
        "JAMAIS": "Jamais suivi",
    },
    "duree_sans_activite": {"01": "Moins de 6 mois", "02": "6 à 11 mois", "03": "12 à 23 mois", "04": "2 ans et plus"},
    "ressources": {
        "CEJ": "CEJ",
        "CONTRAT_JEUNE_MAJEUR": "Jeune majeur",
        "ARE": "Chômage (ARE)",
        "AIDE_FAMILLE": "Famille",
    },
    "justice_suivi": {"NON": "Non", "OUI": "Oui"},
    "public_declare": {
        "DECROCHEUR": "A quitté l’école sans diplôme",
        "PRECARITE": "Précarité",
        "FLE": "Français à apprendre",
        "PM": "Mobilité difficile",
        "RSA": "Touche le RSA",
        "ZRR": "Habite en ZRR",
    },
    "frein": {
        "sante": "Accès aux soins",
        "famille": "Garde d’enfants, famille",
        "lecture-ecriture-calcul": "Lire, écrire, compter",
        "difficultes-financieres": "Argent",
        "difficultes-administratives-ou-juridiques": "Papiers, démarches",
        "equipement-et-alimentation": "Équipement, alimentation",
        "remobilisation": "Confiance en soi",
        "preparer-sa-candidature": "Préparer sa candidature",
        "souvrir-a-linternational": "International",
    },
}
"""Shorter words for the buttons; the lists keep their own."""
