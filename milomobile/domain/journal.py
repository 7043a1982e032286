"""The journal of consultations: its words, and one line of it as a page shows it."""

from dataclasses import dataclass
from datetime import datetime

KEPT = 12
KEPT_LEAST, KEPT_MOST = 6, 12
"""Months that a line is kept (CNIL, délibération 2021-122; domain.md 4.4)."""
WORDS = {
    "init": "Profil créé",
    "unlock failed": "Mot de passe refusé",
    "unlock": "Session ouverte",
    "lock": "Session verrouillée",
    "read journal": "Journal consulté",
    "read list": "Liste de noms consultée",
    "read reserved": "Critères protégés consultés",
    "read": "Fiche consultée",
    "create named": "Rencontre enregistrée",
    "create anonymous": "Contact anonyme compté",
    "create group": "Groupe compté",
    "create stop": "Arrêt ouvert",
    "create planned": "Arrêt prévu",
    "create referral": "Orientation notée",
    "create": "Élément créé",
    "change stop": "Arrêt corrigé",
    "change programme": "Programme choisi",
    "change setup": "Mise en route du poste",
    "change token": "Accès d’un autre outil donné ou retiré",
    "change feed": "Envoi vers un autre outil mis en route ou arrêté",
    "change set aside": "Refus mis de côté",
    "change": "Fiche modifiée",
    "export bundle": "Envoi écrit sur une clé",
    "export person": "Dossier remis à la personne",
    "export rdv-insertion": "Envoyé à rdv-insertion",
    "export": "Export",
    "print": "Impression",
    "import list": "Liste importée",
    "import directory": "Annuaire importé",
    "import lists": "Listes du bureau chargées",
    "import release": "Nouvelle version proposée aux postes",
    "import rattachements": "Réponse du bureau reprise",
    "import receipt": "Reçu du bureau lu",
    "import": "Fichier importé",
    "erase person": "Fiche effacée",
    "erase planned": "Arrêt prévu retiré",
    "erase": "Élément retiré",
    "merge": "Fiches réunies ou séparées",
    "sync bundle": "Clé USB d’un poste prise",
    "sync": "Envoi au serveur",
    "backup verified": "Sauvegarde vérifiée",
    "backup": "Sauvegarde",
    "restore": "Sauvegarde remise",
    "purge": "Effacement des fiches arrivées à échéance",
    "team": "Équipe modifiée",
    "enrol revoked": "Poste coupé",
    "enrol invited": "Code donné pour un poste",
    "enrol": "Poste relié au serveur",
}
"""What a line's `what` begins with, the longer words before those they begin with → what the screen says."""


@dataclass(frozen=True)
class Entry:
    """A line: who (the adviser's name, or an id where nobody here has it) did what, when, to the record of which id."""

    seq: int
    at: datetime
    who: str
    what: str
    id: str | None


def known(what: str) -> bool:
    """Whether an act is told in the journal's words."""
    return what.startswith(tuple(WORDS))


def words(what: str) -> str:
    """« Fiche consultée »: what the screen says of an act, or the act itself where it is of another version."""
    return next((said for begin, said in WORDS.items() if what.startswith(begin)), what)
