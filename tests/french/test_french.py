"""Every French text of the program and its guide: spelled right, in the house's typography, and in its tone."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.guided import GUIDE, HOLE, ROOT, texts
from tests.troubled import sentences

KNOWN = frozenset(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())
"""Words of the field, names and endings of files that no dictionary has."""
_NO_TEXTS = (
    "milomobile/ui/style.py",
    "milomobile/actions/invent.py",
    "milomobile/reports/charts/pen.py",
    "sync/server/described.py",
    "sync/server/metrics.py",
    "sync/server/problems.py",
)
"""A style sheet; invented names; the widths of letters; what the server tells programs, in English."""
_NAMES = ("icon", "language", "version")
"""Keys of the notice whose values nobody reads."""
_FRENCH = re.compile("[éèàùêîôûçœÉÀÊÇ’«]|^[A-ZÉÀÊ][a-zéèàêç]+(?: [a-zéèàêçô’]+)+[.…:?]?$")
_CODE = re.compile(
    r"`[^`]*`|--[\w-]+|<[^>]*>|\*?\.\w+|\{\w*\}|%\(\w+\)[rs]|https?://\S*|[A-Z_]{2,}_[A-Z_]+|AAAA-MM(?:-JJ)?|\w*…\w+\.\w+"
    r"|[\w-]+\.(?:json|csv)\b|\b(?:postgresql[+-]|milomobile-server|chmod)\S*(?: [a-z\d]+)?"
)
_WORD = re.compile(r"[A-Za-zÀ-ÿŒœ]{2,}(?:[’-][A-Za-zÀ-ÿŒœ]+)*")
_LINK = re.compile(r"!?\[([^]]*)\]\([^)]*\)")
_TABLE = re.compile(r"^\| ---.*$", re.M)


@cache
def said() -> tuple[tuple[str, str], ...]:
    """Where and what: the literals that are French, of the program and of its server, each page of the guide, what the office
    is told of the law, the notice.
    """
    return (*_literals(), *_pages(), *_notice())


def _literals() -> Iterator[tuple[str, str]]:
    for file in sorted((*(ROOT / "milomobile").rglob("*.py"), *(ROOT / "sync").rglob("*.py"))):
        place = file.relative_to(ROOT).as_posix()
        for line, text in texts(file) if place not in _NO_TEXTS else ():
            if _FRENCH.search(text) and len(text) > 2:
                yield f"{place}:{line}", text


def _pages() -> Iterator[tuple[str, str]]:
    for file in (*sorted(GUIDE.glob("*.md")), ROOT / "docs" / "rgpd.md"):
        yield file.name, _TABLE.sub("", _LINK.sub(r"\1", file.read_text(encoding="utf-8")))


def _notice() -> Iterator[tuple[str, str]]:
    file = ROOT / "resources" / "notice" / "fr.toml"

    def walk(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            for name, one in part.items():
                yield from walk(one) if name not in _NAMES else ()
        elif isinstance(part, list):
            for one in part:
                yield from walk(one)
        elif isinstance(part, str):
            yield part

    for text in walk(tomllib.loads(file.read_text(encoding="utf-8"))):
        yield file.name, text


def _wrong(pattern: str) -> list[tuple[str, str]]:
    return [(place, text) for place, text in said() if re.search(pattern, _CODE.sub("", text))]


@cache
def unknown() -> dict[str, str]:
    """The words that Debian's French dictionary does not have, and where the first of each stands."""
    where: dict[str, str] = {}
    for place, text in said():
        for word in _WORD.findall(_CODE.sub(" ", text)):
            where.setdefault(word, place)
    call = ["hunspell", "-d", "fr", "-l", "-i", "utf-8"]
    done = subprocess.run(call, input="\n".join(where), capture_output=True, text=True, check=True)
    return {word: where.get(word, "") for word in done.stdout.split()}


def test_every_word_is_in_the_dictionary_or_one_of_ours() -> None:
    assert {word: at for word, at in unknown().items() if not {word, word.partition("’")[2]} & KNOWN} == {}


def test_our_own_words_are_all_used() -> None:
    assert KNOWN - {part for word in unknown() for part in (word, word.partition("’")[2])} == set()


def test_apostrophes_are_curly() -> None:
    assert _wrong(r"(?<=[a-zA-Zéèà])'(?=[a-zéèàêA-ZÉ])") == []


def test_no_line_breaks_before_high_signs_nor_inside_guillemets() -> None:
    assert _wrong(rf"(?<=[\w»)…%{HOLE}]) [:;!?](?=\s|$)|« | »") == []
    assert _wrong(r"(?<=[a-zéè])[;!?](?=\s|$)|«\w|\w»") == []


def test_nobody_is_blamed_nor_shouted_at_and_no_jargon_is_spoken() -> None:
    assert _wrong(r"\b[Oo]ups\b|^Erreur\s|·e|\binvalide\b|\b[Vv]euillez\b") == []
    jargon = r"(?i)\b(?:token|upload|payload|synchro|record|bénéficiaires?|décrocheurs?)\b"
    on_screen = [(place, text) for place, text in _wrong(jargon) if "/ui/" in place or place.endswith(".md")]
    assert on_screen == []
    assert [one for one in _wrong("!") if "/ui/" in one[0] or one[0].endswith(".md")] == []


_SAFE = re.compile(
    r"\b[Rr]ien n|\bRien de|intact|\bgardée?s?\b|perdu|C’est fait|\bil reste\b|n’(?:a|ont) pas été (?:modifié|touché)|n’est pas créée"
)
_TO_DO = re.compile(r"\b(?!avez\b|chez\b|assez\b)\w{3,}ez\b|\brien à \w+|\bElle reviendra\b")
_SHORT = ("Ce mot de passe ne correspond pas.", "Ce code n’est pas valable. Vérifiez-le avec le bureau.")
"""Beside a field, where nothing was at stake."""


def test_every_trouble_says_what_it_means_for_the_data_and_what_to_do() -> None:
    found = dict.fromkeys((text, place) for place, text in sentences())
    assert len(found) > 90, "they are still found in the source"
    asks = re.compile(r"(?:Écrivez|Dites) ")
    told = [(text, place) for text, place in found if text not in _SHORT and not asks.match(text)]
    assert [one for one in told if not _SAFE.search(one[0])] == []
    assert [one for one in told if not _TO_DO.search(one[0]) and not one[0].startswith("Export annulé")] == []
