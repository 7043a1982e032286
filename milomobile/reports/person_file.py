"""What is kept of one person, as a PDF that they can read (RGPD art. 15)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from milomobile.domain import journal
from milomobile.domain.choices import Lists
from milomobile.domain.coded import CODES
from milomobile.domain.dates import french_date, french_time
from milomobile.domain.phones import show_phone
from milomobile.reports import paper

_TITLES = {
    "person.given_name": "Prénom",
    "person.birth_name": "Nom de naissance",
    "person.usual_name": "Nom d’usage",
    "person.birth_date": "Date de naissance",
    "person.stated_age": "Âge déclaré",
    "person.sex": "Sexe",
    "person.phone": "Téléphone",
    "person.email": "E-mail",
    "person.social": "Autre contact",
    "person.address": "Adresse",
    "person.no_address": "Sans adresse stable",
    "person.postal_code": "Code postal",
    "person.commune": "Commune",
    "person.country": "Pays",
    "person.qpv": "Quartier prioritaire",
    "person.qpv_status": "Habite en quartier prioritaire",
    "person.preference": "Préférence de contact",
    "person.birth_place": "Commune de naissance",
    "person.birth_country": "Pays de naissance",
    "handover": "Rattachement",
    "agrees.sms": "Accord pour les SMS",
    "agrees.call": "Accord pour les appels",
    "agrees.email": "Accord pour les e-mails",
    "guardian.link": "Représentant légal, lien",
    "guardian.name": "Représentant légal, nom",
    "guardian.phone": "Représentant légal, téléphone",
    "referent": "Référent",
    "scheme": "Dispositif",
    "imilo_number": "N° de dossier I-MILO",
    "structure": "Mission Locale compétente",
    "id": "Identifiant de la fiche",
    "place": "Lieu",
    "setting": "Cadre",
    "adviser": "Conseiller ou conseillère",
    "origin": "Origine",
    "known": "Connu de la Mission Locale",
    "outcome": "Résultat",
    "audiences": "Publics du projet",
    "needs": "Demandes",
    "barriers": "Freins",
    "recall_on": "À recontacter le",
    "comment": "Commentaire",
    "notice.how": "Information donnée",
    "notice.version": "Version de l’information",
    "notice.language": "Langue de l’information",
    "notice.signature": "Signature",
    "notice.unsigned": "Signature impossible",
    "situation.category": "Situation",
    "situation.inactive_since": "Sans activité depuis",
    "situation.level": "Niveau",
    "situation.diploma": "Diplôme",
    "situation.registered_ft": "Inscrit à France Travail",
    "situation.last_contact": "Dernier contact avec un organisme",
    "situation.housing": "Logement",
    "situation.licence": "Permis",
    "situation.transport": "Transport",
    "situation.resources": "Ressources",
    "situation.children": "Enfants à charge",
    "situation.french_help": "Aide en français",
    "situation.last_class": "Dernière classe",
    "situation.left_school": "Sortie de l’école",
    "situation.ft_id": "Identifiant France Travail",
    "situation.ft_id_absence": "Sans identifiant France Travail",
    "appointment.at": "Rendez-vous",
    "appointment.place": "Lieu du rendez-vous",
}
_CODES = dict(CODES) | {"audiences": "public_cible", "person.qpv": "qpv"}
_RIGHTS = (
    "Vous pouvez demander à voir, corriger, limiter ou effacer ces informations, ou vous opposer à leur usage, auprès de "
    "la Mission Locale. Vous pouvez aussi vous adresser à la CNIL (www.cnil.fr)."
)
_SEALED = (
    "Des critères protégés ont été notés avec vous. Ils sont scellés\u00a0: seul le référent de la Mission Locale peut les "
    "lire. Il vous les montre à votre demande."
)

Pairs = list[tuple[str, str]]


def sections(kept: Mapping[str, Any], lists: Lists, communes: Mapping[str, str]) -> Iterator[tuple[str, Pairs]]:
    """Title and (question, answer) of each part of what `actions.rights` gathered; unanswered questions are left out."""
    for number, file in enumerate(kept["files"]):
        title = "Votre fiche" if not number else f"Fiche réunie à la vôtre ({number})"
        yield title, list(_answers(file, lists, communes))
    for met in kept["encounters"]:
        yield f"Rencontre du {_when(met['at'])}", list(_answers({**met, "at": None}, lists, communes))
    sent = [(one["name"], f"{one['structure']}, le {_when(one['at'])}") for one in kept["referrals"]]
    asked = [
        (said, f"depuis le {_when(kept[name])}")
        for name, said in (("restricted_at", "Usage limité à votre demande"), ("objected_at", "Opposition"))
        if kept[name]
    ]
    if kept["sealed_criteria"]:
        asked.append(("Critères protégés", _SEALED))
    corrected = [(_when(one["at"]), f"Fiche corrigée par {one['adviser']}") for one in kept["corrections"]]
    looked = [(_when(one["at"]), journal.words(one["what"])) for one in kept["consultations"]]
    parts = (("Orientations", sent), ("Vos demandes", asked), ("Corrections", corrected), ("Consultations", looked))
    yield from ((title, pairs) for title, pairs in parts if pairs)


def _answers(line: Mapping[str, Any], lists: Lists, communes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    flat = {
        f"{name}.{inner}" if isinstance(value, Mapping) else name: said
        for name, value in line.items()
        for inner, said in (value.items() if isinstance(value, Mapping) else (("", value),))
    }
    partners = flat.pop("agrees.partners", None) or {}
    for name, title in _TITLES.items():
        if (said := flat.get(name)) not in (None, "", [], ()) and not (
            said is False and not name.startswith("agrees.")
        ):
            yield title, _words(name, said, lists, communes)
    yield from ((f"Partage avec {who}", _yes(agreed)) for who, agreed in partners.items())


def _words(name: str, said: Any, lists: Lists, communes: Mapping[str, str]) -> str:
    if isinstance(said, bool):
        return _yes(said)
    if name == "notice.signature":
        return "Gardée"
    if name == "person.commune":
        return communes.get(said, said)
    if name == "appointment.at":
        return _when(said)
    if name in ("person.birth_date", "recall_on"):
        return french_date(datetime.fromisoformat(said).date())
    if name in ("person.phone", "guardian.phone"):
        return show_phone(said)
    labels = lists.get(_CODES.get(name, ""), {})
    return ", ".join(labels.get(one, one) for one in said) if isinstance(said, list) else labels.get(said, str(said))


def _yes(said: bool) -> str:
    return "Oui" if said else "Non"


def _when(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"{french_date(at.date())}, {french_time(at)}"


def pdf(kept: Mapping[str, Any], lists: Lists, communes: Mapping[str, str], office: Sequence[str]) -> bytes:
    """The pages, A4; `office` are the lines of the Mission Locale's address."""
    at = datetime.fromisoformat(kept["exported_at"])
    return paper.pdf(
        "person",
        {
            "title": "Les informations gardées sur vous",
            "office": office[0],
            "address": [line for line in office if line],
            "foot": "",
            "numbered": True,
            "under": f"Copie du {_when(kept['exported_at'])}. À remettre à la personne, et à elle seule.",
            "rights": _RIGHTS,
            "sections": [{"title": title, "answers": answers} for title, answers in sections(kept, lists, communes)],
        },
        at,
    )
