"""The office's files as one asks for them: which, of what days, in which form; and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

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


def delete_by(day: date) -> date:
    """The day by which a file by name is to be deleted."""
    return day + timedelta(days=KEPT_DAYS)
