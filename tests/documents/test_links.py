"""Every link, anchor, picture and path of a document leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.documents.reading import anchors, documents, links, spans
from tests.guided import GUIDE, ROOT

MADE = GUIDE / "images"
"""All of them by `make pictures`: tests/pictures/test_guide_pictures.py compares."""
ROOMS = "milomobile sync resources tests installer docs".split()


@pytest.mark.parametrize("document", documents())
def test_links_lead_somewhere(document: str) -> None:
    here, dead = (ROOT / document).parent, []
    for picture, target in links(document):
        path, _, anchor = target.partition("#")
        file = (here / path).resolve() if path else ROOT / document
        there = file.is_file() and (not anchor or anchor in anchors(file)) and (not picture or file.parent == MADE)
        if not there and "://" not in target:
            dead.append(target)
    assert dead == []


@pytest.mark.parametrize("document", documents())
def test_paths_named_exist(document: str) -> None:
    named = {words for _, words in spans(document) if re.fullmatch(rf"(?:{'|'.join(ROOMS)})/[\w/.-]*", words)}
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_there_is_no_picture_that_no_script_makes() -> None:
    pictures = [file for ending in ("png", "svg", "jpg") for file in (ROOT / "docs").rglob(f"*.{ending}")]
    assert {file.parent for file in pictures} == {MADE}
    named = {Path(target).name for document in documents() for picture, target in links(document) if picture}
    assert {file.name for file in pictures} == named
