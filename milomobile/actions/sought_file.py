"""An office's list of people to look for, read line by line: CSV or XLSX, known by the words of its columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from milomobile import reference
from milomobile.domain.headings import Headings, headings
from milomobile.domain.problems import Problem
from milomobile.domain.sought import Remark, Sought, read_row
from milomobile.domain.sought_columns import NAMES, ListColumn, Meanings, Opened, meant, shown
from milomobile.domain.texts import never_kept
from milomobile.errors import NotOurs
from milomobile.reports import tabular

LARGEST = 16 * 1024 * 1024
MOST = 10_000
_ABOVE = 12
"""Rows above which the words of the columns must stand: lists have titles."""
_UNREADABLE = (
    "Ce fichier n’est pas une liste lisible (CSV ou XLSX). Rien n’a été gardé. Enregistrez-la dans l’un de ces formats."
)
_OLD = "Ce fichier est un ancien classeur (.xls) ou il a un mot de passe. Rien n’a été gardé. Enregistrez-le en .xlsx."
_SAY_NAMES = "Dites quelle colonne est le nom ou le prénom. Rien n’a été gardé."
_NIR = "Cette colonne («\u00a0{words}\u00a0») a un numéro de sécurité sociale\u00a0: elle n’a pas été lue."

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Read:
    """What a list holds: (line, person, doubts) of each good line, remarks, and the columns that were not read."""

    people: list[tuple[int, Sought, tuple[Problem, ...]]]
    refused: list[Remark]
    noted: list[Remark]
    left: tuple[str, ...]


def open_list(file: Path) -> Opened:
    """What a list's columns seem to be; raises NotOurs where it is no list or too large."""
    table = _table(file)
    cells = [cells for _, cells in table.below]
    columns = []
    for place, title in enumerate(table.titles):
        found = table.columns
        meaning = next((what for what, places in (found.places if found else {}).items() if place in places), None)
        never = bool(found and shown(title) in found.nir)
        texts = [" ".join(row[place].split())[:40] for row in cells[:200] if place < len(row) and row[place].strip()]
        hidden = never or any(never_kept(text) for text in texts)
        samples = () if hidden else tuple(dict.fromkeys(texts))[:3]
        columns.append(ListColumn(shown(title) or f"Colonne {place + 1}", samples, meaning, never))
    return Opened(tuple(columns), len(cells))


def read_list(file: Path, today: date, meanings: Meanings | None = None) -> Read:
    """Every line of a list; raises NotOurs where it is no list, too large, or has no column of names.

    `meanings` say what each column is, in place of what its words tell.
    """
    table = _table(file)
    columns = table.columns if meanings is None else meant(table.titles, meanings, table.columns)
    if columns is None or not NAMES & columns.places.keys():
        raise NotOurs(_no_names(len(table.titles)) if meanings is None else _SAY_NAMES)
    if len(table.below) > MOST:
        raise NotOurs(f"Cette liste a plus de {MOST} lignes. Rien n’a été gardé. Partagez-la en plusieurs fichiers.")
    told = [Remark(table.head, None, _NIR.format(words=words)) for words in columns.nir]
    read = Read([], [], told, columns.left)
    lists = reference.lists()
    for number, cells in table.below:
        person, problems = read_row(cells, columns, table.first_day, today, lists)
        if person:
            read.people.append((number, person, problems))
        else:
            read.refused.append(Remark(number, problems[0].field, problems[0].sentence))
    return read


@dataclass(frozen=True)
class _Table:
    """`columns` as its words tell them, or None: then no row is a title, and `titles` are empty but for how many."""

    titles: tuple[str, ...]
    head: int
    below: list[Line]
    columns: Headings | None
    first_day: date


def _table(file: Path) -> _Table:
    try:
        if file.stat().st_size > LARGEST:
            raise NotOurs("Cette liste dépasse 16 Mo. Rien n’a été gardé. Partagez-la en plusieurs fichiers.")
        raw = file.read_bytes()
    except OSError:
        raise NotOurs("La liste n’a pas pu être lue. Rien n’a été gardé. Vérifiez son nom et la clé.") from None
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotOurs(_OLD)
    try:
        found = list(_in_workbook(raw) if tabular.is_workbook(raw) else _in_text(tabular.decoded(raw)))
    except ValueError:
        raise NotOurs(_UNREADABLE) from None
    rows, columns, first_day = max(found, key=_told, default=_NONE)
    if not rows:
        raise NotOurs("Cette liste est vide. Rien n’a été gardé. Choisissez un autre fichier.")
    head = next((place for place, (_, cells) in enumerate(rows) if headings(cells)), 0) if columns else -1
    wide = max(len(cells) for _, cells in rows[: head + 200])
    titles = rows[head][1] if columns else []
    number = rows[head][0] if columns else rows[0][0]
    return _Table((*titles, *[""] * (wide - len(titles))), number, rows[head + 1 :], columns, first_day)


def _told(each: tuple[list[Line], Headings | None, date]) -> tuple[int, int]:
    rows, columns, _ = each
    return len(columns.places) if columns else 0, max((len(cells) for _, cells in rows[:_ABOVE]), default=0)


_NONE: tuple[list[Line], Headings | None, date] = ([], None, tabular.EXCEL)


def _in_text(text: str) -> Iterator[tuple[list[Line], Headings | None, date]]:
    """The rows as each separator parts them; the right one is that which finds most columns."""
    told, _, below = text.partition("\n")
    if told.lower().startswith("sep="):
        text = f"\n{below}"
    for mark in tabular.MARKS:
        rows = list(islice(tabular.csv_rows(text, mark, 20), MOST + _ABOVE + 1))
        yield rows, _known(rows), tabular.EXCEL


def _in_workbook(raw: bytes) -> Iterator[tuple[list[Line], Headings | None, date]]:
    for sheet in tabular.sheets(raw, MOST + _ABOVE + 1):
        rows = [(number, [_text(cell) for cell in cells]) for number, cells in sheet.rows]
        yield rows, _known(rows), sheet.first_day


def _known(rows: Iterable[Line]) -> Headings | None:
    return next((found for _, cells in islice(rows, _ABOVE) if (found := headings(cells))), None)


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _no_names(columns: int) -> str:
    """A list without titles has a person in its first line: nothing of it is repeated."""
    told = "une seule colonne" if columns == 1 else f"{columns} colonnes"
    return f"Aucune colonne de noms dans cette liste, qui a {told}. Rien n’a été gardé. Donnez un titre à chacune."
