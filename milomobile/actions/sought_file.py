"""An office's list of people to look for, read line by line: CSV or XLSX, known by the words of its columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from milomobile import reference
from milomobile.actions import tabular
from milomobile.domain.headings import Headings, headings
from milomobile.domain.problems import Problem
from milomobile.domain.sought import Remark, Sought, read_row
from milomobile.errors import NotOurs

LARGEST = 16 * 1024 * 1024
MOST = 10_000
_ABOVE = 12
"""Rows above which the words of the columns must stand: lists have titles."""
_UNREADABLE = (
    "Ce fichier n’est pas une liste lisible (CSV ou XLSX). Rien n’a été gardé. Enregistrez-la dans l’un de ces formats."
)
_OLD = "Ce fichier est un ancien classeur (.xls) ou il a un mot de passe. Rien n’a été gardé. Enregistrez-le en .xlsx."
_NIR = "Cette colonne («\u00a0{words}\u00a0») a un numéro de sécurité sociale : elle n’a pas été lue."

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Read:
    """What a list holds: (line, person, doubts) of each good line, remarks, and the columns that were not read."""

    people: list[tuple[int, Sought, tuple[Problem, ...]]]
    refused: list[Remark]
    noted: list[Remark]
    left: tuple[str, ...]


def read_list(file: Path, today: date) -> Read:
    """Every line of a list; raises NotOurs where it is no list, too large, or has no column of names."""
    rows, columns, first_day = _table(file)
    head = next(number for number, cells in rows if headings(cells))
    below = [row for row in rows if row[0] > head]
    if len(below) > MOST:
        raise NotOurs(f"Cette liste a plus de {MOST} lignes. Rien n’a été gardé. Partagez-la en plusieurs fichiers.")
    read = Read([], [], [Remark(head, None, _NIR.format(words=words)) for words in columns.nir], columns.left)
    lists = reference.lists()
    for number, cells in below:
        person, problems = read_row(cells, columns, first_day, today, lists)
        if person:
            read.people.append((number, person, problems))
        else:
            read.refused.append(Remark(number, problems[0].field, problems[0].sentence))
    return read


def _table(file: Path) -> tuple[list[Line], Headings, date]:
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
    rows, columns, first_day = max(found, key=lambda each: len(each[1].places) if each[1] else 0, default=_NONE)
    if columns is None:
        raise NotOurs(_no_names(rows))
    return rows, columns, first_day


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


def _no_names(rows: list[Line]) -> str:
    words = [" ".join(cell.split())[:40] for cell in (rows[0][1] if rows else []) if cell.strip()][:8]
    if not words:
        return "Cette liste est vide. Rien n’a été gardé."
    found = ", ".join(f"«\u00a0{word}\u00a0»" for word in words)
    return f"Aucune colonne de noms dans cette liste : sa première ligne a {found}. Rien n’a été gardé. Nommez-les."
