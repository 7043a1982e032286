"""The user guide: whole, in the words of the screens, found by whatever somebody types, and shipped."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer.windows import tree
from installer.windows.places import edition
from milomobile import reference
from milomobile.domain.guide import INDEX, Page, find, spots
from milomobile.domain.texts import plain
from tests.guided import GUIDE, ROOT, is_shown

PAGES = reference.guide()
NAMES = [page.name for page in PAGES]
_LINK = re.compile(r"(?<!!)\[[^]]+\]\(([^)]+)\)")
_QUOTED = re.compile(r"«\u00a0(.+?)\u00a0»")


def test_the_index_leads_to_every_page() -> None:
    assert sorted(NAMES) == sorted(file.stem for file in GUIDE.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_links_to_pages_alone_and_names_what_the_screens_say(page: Page) -> None:
    assert page.text.startswith(f"# {page.title}\n") and page.title
    assert {link.removesuffix(".md") for link in _LINK.findall(page.text)} <= set(NAMES)
    assert [words for words in _QUOTED.findall(page.text) if not is_shown(words)] == []


def test_every_picture_is_there_and_shown() -> None:
    shown = {name for page in PAGES for name in page.pictures()}
    assert shown == {f"images/{file.name}" for file in (GUIDE / "images").iterdir()}
    assert sum(file.stat().st_size for file in (GUIDE / "images").iterdir()) < 2 << 20


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wifi", "reseau"),
        ("Wi-Fi", "reseau"),
        ("CLE usb", "cle-usb"),
        ("oublié mot passe", "ouvrir"),
        ("effacer", "droits"),
        ("ecran tourne", "ecran-tourne"),
        ("groupe", "anonyme"),
    ],
)
def test_what_is_typed_finds_its_page_whatever_accents_and_order(typed: str, first: str) -> None:
    assert find(PAGES, typed)[0].name == first


def test_nothing_typed_lists_all_and_nonsense_nothing() -> None:
    assert find(PAGES, " ") == PAGES
    assert find(PAGES, "zzyzx") == ()


@given(st.sampled_from(PAGES[1:]), st.data())
def test_every_word_of_a_page_finds_it_and_is_marked(page: Page, data: st.DataObject) -> None:
    words = re.findall(r"\w{3,}", re.sub(r"!\[[^]]*\]\([^)]*\)|\]\([^)]*\)", " ", page.text))
    word = data.draw(st.sampled_from(words))
    assert page in find(PAGES, word)
    marked = [page.text[at : at + length] for at, length in spots(page.text, word)]
    assert any(plain(one).replace(" ", "") == plain(word).replace(" ", "") for one in marked) or "œ" in word.lower()


def test_the_setup_for_windows_carries_the_guide() -> None:
    carried = tree._ours(edition())
    assert {f"docs/guide/{name}.md" for name in (*NAMES, INDEX)} <= carried.keys()
    assert "docs/guide/images/ouvrir.png" in carried


def test_an_installed_program_finds_the_guide_beside_its_resources(tmp_path: Path) -> None:
    """As in the wheel: in the package itself."""
    import shutil

    installed = tmp_path / "milomobile"
    shutil.copytree(ROOT / "milomobile", installed, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", installed / "resources")
    shutil.copytree(GUIDE, installed / "docs" / "guide")
    code = "from milomobile import paths, reference; print(paths.GUIDE, len(reference.guide()))"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(installed / "docs" / "guide"), str(len(PAGES))]
