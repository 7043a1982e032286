"""The file `rattachements` as the office sends it back: whatever program saved it, read line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from milomobile import reference
from milomobile.domain.disk import why
from milomobile.domain.texts import plain, tidy
from milomobile.reports import handovers, tabular
from milomobile.reports.columns import Column
from sync.server.wrong import Wrong

LARGEST = 64 * 1024 * 1024
MOST = 200_000
_ABOVE = 12
"""Rows above which the titles must stand."""
_ASKED: Mapping[str, Column] = {
    plain(title): column
    for column in (*handovers.COLUMNS,)
    for title in (column.title, column.key)
    if column in (handovers.ID, *handovers.ANSWERS) or column.key in ("birth_name", "given_name", "birth_date")
}
"""By the words above a column, or its key in the file of codes."""
_UNREADABLE = "Ce fichier n’est ni un classeur XLSX ni un CSV lisible. Rien n’a été modifié. Enregistrez-le dans l’un de ces formats."
_NOT_THIS = (
    "Ce fichier n’a pas de colonne «\u00a0Identifiant\u00a0» avec une colonne à remplir ({}). Rien n’a été modifié. Remplissez le "
    "fichier «\u00a0rattachements\u00a0» que ce serveur ou un poste a écrit."
)
_LARGE = "Ce fichier est trop grand ({}). Rien n’a été modifié. Partagez-le en plusieurs fichiers."

Row = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Said:
    """One line: `answers` are codes and numbers by column key, those that were filled in; who stands there, to compare.

    `wrong` is why it cannot be taken, (field, French sentence); `born` is None where it is empty or unreadable.
    """

    line: int
    person: str
    answers: Mapping[str, str | int]
    names: tuple[str, str]
    born: date | None
    wrong: tuple[str, str] | None = None


def read(file: Path) -> list[Said]:
    """Every line with an identifier; CSV of any usual separator and encoding, or XLSX. Raises Wrong."""
    try:
        if file.stat().st_size > LARGEST:
            raise Wrong(_LARGE.format("plus de 64 Mo"))
        raw = file.read_bytes()
    except OSError as wrong:
        raise Wrong(f"Le fichier {file} n’a pas pu être lu ({why(wrong)}). Rien n’a été modifié.") from None
    try:
        return said(raw)
    except ValueError:
        raise Wrong(_UNREADABLE) from None


def said(raw: bytes) -> list[Said]:
    """The same of a file's bytes; raises ValueError for what is no table, Wrong for another one."""
    for rows, first_day in _tables(raw):
        rows = list(islice(rows, MOST + _ABOVE + 1))
        for place, (_, cells) in enumerate(rows[:_ABOVE]):
            columns = {found.key: at for at, cell in enumerate(cells) if (found := _ASKED.get(plain(_text(cell))))}
            if handovers.ID.key in columns and any(one.key in columns for one in handovers.ANSWERS):
                if len(rows) > MOST + place + 1:
                    raise Wrong(_LARGE.format(f"plus de {MOST} lignes"))
                return [line for row in rows[place + 1 :] if (line := _line(row, columns, first_day))]
    raise Wrong(_NOT_THIS.format(", ".join(f"«\u00a0{one.title}\u00a0»" for one in handovers.ANSWERS)))


def _tables(raw: bytes) -> Iterator[tuple[Iterable[Row], date]]:
    if tabular.is_workbook(raw):
        yield from ((sheet.rows, sheet.first_day) for sheet in tabular.sheets(raw, MOST + _ABOVE + 1))
        return
    text = tabular.decoded(raw)
    first, _, below = text.partition("\n")
    text = f"\n{below}" if first.lower().startswith("sep=") else text
    yield from ((tabular.csv_rows(text, mark), tabular.EXCEL) for mark in tabular.MARKS)


def _line(row: Row, columns: Mapping[str, int], first_day: date) -> Said | None:
    number, cells = row
    kept = {key: cells[at] if at < len(cells) else None for key, at in columns.items()}
    person = _text(kept[handovers.ID.key])
    if not person and not any(_text(kept.get(one.key)) for one in handovers.ANSWERS):
        return None
    answers: dict[str, str | int] = {}
    wrong = None if person else (handovers.ID.key, "Cette ligne a des réponses mais pas d’identifiant.")
    for column in handovers.ANSWERS:
        if text := _text(kept.get(column.key)):
            try:
                answers[column.key] = _number(text) if column is handovers.NUMBER else _code(column, text)
            except ValueError as told:
                wrong = wrong or (column.key, str(told))
    names = (_text(kept.get("given_name")), _text(kept.get("birth_name")))
    return Said(number, person, answers, names, _day(kept.get("birth_date"), first_day), wrong)


def _text(cell: Any) -> str:
    """As it was before a spreadsheet or the formula guard touched it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else tidy(str(cell))
    return text[1:] if text.startswith("'") else text


def _number(text: str) -> int:
    digits = "".join(text.removesuffix(",0").removesuffix(".0").split())
    if not (digits.isascii() and digits.isdecimal() and 0 < int(digits[:13]) < 10**12):
        raise ValueError("Un numéro de dossier I-MILO est un nombre, par exemple 1234567.")
    return int(digits)


def _code(column: Column, text: str) -> str:
    assert column.codes
    labels = {code: label for code, label in reference.lists()[column.codes].items() if code in column.choices}
    for code, label in labels.items():
        if plain(text) in (plain(code), plain(label)):
            return code
    allowed = ", ".join(f"«\u00a0{label}\u00a0»" for label in labels.values())
    raise ValueError(f"«\u00a0{column.title}\u00a0» ne connaît pas cette réponse. Choisissez\u00a0: {allowed}.")


def _day(cell: Any, first_day: date) -> date | None:
    """A date cell, an Excel serial number, or a text dd/mm/yyyy or ISO."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    try:
        if text.isascii() and text.isdecimal() and len(text) <= 5:
            return first_day + timedelta(days=int(text))
        return datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
