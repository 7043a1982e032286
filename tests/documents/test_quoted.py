"""What a document puts between « and » stands on a screen, in those words."""

import re

import pytest

from tests.documents.reading import documents, text
from tests.guided import is_shown

OTHERS = frozenset(
    {
        "Informations complémentaires",
        "Exécuter quand même",
        "Sécuriser l’informatique mobile",
        "zones bloc-notes",
        "oui",
        "non demandé",
    }
)
"""Said by Windows, by the CNIL; and two codes in words."""
_QUOTED = re.compile(r"«[\u00a0 ](.+?)[\u00a0 ]»", re.S)


@pytest.mark.parametrize("document", [one for one in documents() if "«" in text(one)])
def test_quotations_are_what_the_screens_say(document: str) -> None:
    said = {" ".join(words.split()) for words in _QUOTED.findall(text(document))}
    assert sorted(words for words in said - OTHERS if re.search("[A-Za-z]", words) and not is_shown(words)) == []
