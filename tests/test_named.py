"""Each test that a document names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
_NAMED = re.compile(r"`(tests/[\w/]+(?:\.py)?)(?:::(\w+))?`")


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_each_test_that_a_document_names_is_there(document: Path) -> None:
    for file, name in _NAMED.findall(document.read_text(encoding="utf-8")):
        there = ROOT / file
        assert there.exists(), file
        assert not name or f"def {name}(" in there.read_text(encoding="utf-8"), (file, name)
