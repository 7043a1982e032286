"""The lists that values of the office's files are codes of."""

from collections.abc import Mapping

from milomobile.domain.choices import Lists
from milomobile.domain.figures import shown

HIDDEN = "MASQUE"
"""A figure that is not told."""
UNSAID = "SANTE"
"""A need that no file tells (domain.md 4.2)."""


def of_files(lists: Lists, communes: Mapping[str, str], origins: Mapping[str, str]) -> Lists:
    """`lists` and those of the files: communes by name, districts with their status, needs without health, origins in groups."""
    return {
        **lists,
        "commune": communes,
        "qpv_ou_statut": {**lists["qpv"], **lists["qpv_statut"]},
        "demande_dite": {code: label for code, label in lists["demande_exprimee"].items() if code != UNSAID},
        "origine_regroupee": {group: group for group in origins.values()},
        "civilite": {"F": "Madame", "M": "Monsieur"},
        "masque": {HIDDEN: shown(None)},
        "oui_non": {"O": "Oui", "N": "Non"},
    }
