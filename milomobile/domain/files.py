"""The office's files as one asks for them: which, of what days, in which form; and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from os.path import lexists
from pathlib import Path

from milomobile.errors import NotReady

FILES: Mapping[str, str] = {
    "contacts": "Contacts",
    "rattachements": "À rattacher",
    "rappels": "À rappeler",
    "statistiques": "Statistiques",
    "annuaire": "Annuaire",
    "journal": "Journal",
}
"""Name of a file → what the screen calls it."""
FORMATS: Mapping[str, str] = {"xlsx": "Excel", "csv": "CSV", "jsonl": "JSON Lines"}
KEPT_DAYS = 30
"""After which the screen reminds to delete a file by name (domain.md 4.3)."""
REASONS: Mapping[str, str] = {
    "IMILO": "Saisie dans I-MILO",
    "RAPPEL": "Rappel des jeunes",
    "BUREAU": "Demande du bureau",
    "CONTROLE": "Contrôle",
}
"""Why a file by name is written: code of the journal → words."""


@dataclass(frozen=True)
class Asked:
    """A file to write: both dates are included; `columns` are keys, None is all; `codes` adds a second file with codes.

    `reason` is a code of REASONS where the screen asked for one.
    """

    what: str
    first: date
    last: date
    form: str = "csv"
    columns: tuple[str, ...] | None = None
    codes: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """What was written: lines, files, whether they name people, and the sentences of what is left out and why."""

    rows: int
    files: tuple[Path, ...]
    naming: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Tick:
    """Columns that one tick of the screen takes or leaves, by their keys."""

    title: str
    keys: tuple[str, ...]
    naming: bool


@dataclass(frozen=True)
class FirstLines:
    """How a file will look: lines of the whole file where they can be told before, header and first lines as texts.

    `naming` are the places of the columns that tell who somebody is.
    """

    rows: int | None
    header: tuple[str, ...]
    lines: Sequence[Sequence[str]]
    naming: tuple[int, ...] = ()


def file_name(what: str, first: date, last: date, version: int, form: str) -> str:
    """`milo_contacts_2026-01-01_2026-01-31_v1.csv`; of one day its date stands once, `depuis_…` without an end (domain.md 5.1)."""
    days = last.isoformat() if first == last else f"{first.isoformat()}_{last.isoformat()}"
    if last == date.max:
        days = f"depuis_{first.isoformat()}"
    return f"milo_{what}_{days}_v{version}.{form}"


def free(place: Path, *others: str) -> Path:
    """`place`, or the same name with a number where a file has it: no file is replaced that nobody asked about.

    `others` are the endings of what is written beside it, under the same name.
    """
    names = (place.with_name(f"{place.stem}_{number}{place.suffix}") for number in count(2))
    endings = (place.suffix, *others)
    return next(one for one in chain((place,), names) if not any(lexists(one.with_suffix(end)) for end in endings))


def form_of(place: Path, given: str | None) -> str:
    """The format that was given, else that of the file's ending, else CSV; raises NotReady where the two differ or the ending is
    another program's.
    """
    ends = place.suffix.lower().removeprefix(".")
    if ends in _OTHERS:
        raise NotReady(_OTHER_KIND.format(place.name))
    known = ends if ends in FORMATS else None
    if given and known and given != known:
        raise NotReady(_OTHER_FORM.format(place.name, FORMATS[known], FORMATS[given]))
    return given or known or "csv"


_OTHERS = frozenset("xls xlsm xlsb ods odt doc docx pdf json".split())
"""Endings of files that none of ours is: what opens them would call one of ours damaged."""
_OTHER_KIND = (
    "Le nom «\u00a0{}\u00a0» est celui d’une autre sorte de fichier\u00a0: un export est en .xlsx, .csv ou .jsonl. Rien n’est écrit. "
    "Changez le nom."
)
_OTHER_FORM = "Le nom «\u00a0{}\u00a0» est celui d’un fichier {}, et --format demande {}. Rien n’est écrit. Changez le nom ou le format."


def delete_by(day: date) -> date:
    """The day by which a file by name is to be deleted."""
    return day + timedelta(days=KEPT_DAYS)
