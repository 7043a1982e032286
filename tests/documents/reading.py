"""What the repository's documents say: their commands, links, pictures and quotations, with the place of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.guided import ROOT

PROGRAMS = frozenset(
    "make python pip pip-audit milomobile milomobile-server milomobile-cli.exe uninstall.exe apt apt-get sudo runuser systemctl "
    "git docker psql codesign ditto xcrun hdiutil".split()
)
"""What a command of a document may begin with."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_SPAN = re.compile(r"`([^`]+)`")
_MANUAL = re.compile(r"^\.nf\n(.*?)^\.fi$", re.M | re.S)
_LINK = re.compile(r"(!?)\[[^]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Command:
    """One command as it is written; `whole` is one of a block, to be typed as it stands, else it is one within a sentence."""

    document: str
    line: int
    text: str
    whole: bool


def documents() -> list[str]:
    """Every page that somebody reads, from the root of the repository, with the manual pages of the packages."""
    rooms = ("docs", "installer", "resources", "tests")
    pages = [file for room in rooms for file in (ROOT / room).rglob("*.md")]
    manuals = [file for file in (ROOT / "installer").rglob("man*/*") if file.is_file()]
    found = [*ROOT.glob("*.md"), *pages, *manuals]
    return sorted(file.relative_to(ROOT).as_posix() for file in found)


def text(document: str) -> str:
    """The document as it is written."""
    return (ROOT / document).read_text(encoding="utf-8")


def spans(document: str) -> Iterator[tuple[int, str]]:
    """Line and words of each `…` outside blocks, on one line whatever the document does."""
    prose = _BLOCK.sub(lambda found: "\n" * found[0].count("\n"), text(document))
    for found in _SPAN.finditer(prose):
        yield prose.count("\n", 0, found.start()) + 1, " ".join(found[1].split())


def commands(document: str) -> list[Command]:
    """All of them, in the order in which they stand."""
    said = text(document)
    found = []
    for block in (*_BLOCK.finditer(said), *_MANUAL.finditer(said)):
        kind, lines = block.groups() if len(block.groups()) == 2 else ("", block[1])
        first = said.count("\n", 0, block.start()) + 2
        if not kind:
            found += [Command(document, first + at, one, True) for at, one in enumerate(lines.splitlines()) if one]
    for line, words in spans(document):
        program = words.split()[0].removeprefix(".venv/bin/").rpartition("/")[2]
        if program in PROGRAMS and " " in words:
            found.append(Command(document, line, words, False))
    return sorted(found, key=lambda one: one.line)


def data(document: str, language: str) -> list[str]:
    """The blocks of a language other than a shell's: lines of a file, say."""
    return [lines for kind, lines in _BLOCK.findall(text(document)) if kind == language]


def links(document: str) -> Iterator[tuple[bool, str]]:
    """Whether it is a picture, and where it leads."""
    for picture, target in _LINK.findall(text(document)):
        yield bool(picture), target


def anchors(file: Path) -> set[str]:
    """What a link to a heading of a page ends with, as hosts of repositories make it."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
