"""The file `statistiques`: the tables T1 to T11 as they may leave, one figure a line, or one sheet a table."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO

from milomobile.domain.figures import HIDDEN_NOTE, Table, rate, shown
from milomobile.domain.suppression import lines_of, suppressed_together
from milomobile.reports.columns import Column, Layout, Row
from milomobile.reports.lists import HIDDEN
from milomobile.reports.sheets import Put
from milomobile.reports.workbook import A4, PLAIN, read_me

LAYOUT = Layout(
    "statistiques",
    "Statistiques",
    1,
    (
        Column("Table", "table"),
        Column("Titre", "title"),
        Column("Ligne", "line"),
        Column("Colonne", "column"),
        Column("Valeur", "value", "number", codes="masque"),
        Column("Note", "note"),
    ),
)


def leaving(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables of a period with their small figures hidden."""
    return suppressed_together(tables)


def values(tables: Sequence[Table]) -> Iterator[Row]:
    """Every figure of tables that may leave; beside a hidden one stands what that means."""
    for table in tables:
        for line in lines_of(table):
            for column, cell in zip(table.columns, line.cells, strict=True):
                told = (HIDDEN, HIDDEN_NOTE) if cell is None else (cell, None)
                yield table.code, table.title, line.label, column, *told


@contextmanager
def tables_book(file: BinaryIO, tables: Sequence[Table], notes: Callable[[], Sequence[str]]) -> Iterator[Put]:
    """A workbook with a sheet for each table; lines that are put are in it already."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **PLAIN}) as book:
        book.set_properties({"title": LAYOUT.title, "author": "Milo Mobile"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0", "align": "right"})
        number = book.add_format({"num_format": "#,##0", "align": "right"})
        for table in tables:
            _sheet(book, table, bold, number, total)
        read_me(book, notes())
    file.write(made.getvalue())
    yield lambda row: None


_ACROSS = 13
"""Characters in the width of a column of figures."""
_LONGEST = 31
"""Characters of a sheet's name."""


def _sheet_name(table: Table) -> str:
    """Its code and as many whole words of its title as there is room for."""
    name = re.sub(r"[\[\]:*?/\\]", " ", f"{table.code} {table.title}").strip()
    if len(name) > _LONGEST:
        name = re.sub(
            r"( (et|de|des|du|par|sans|à|au|en|le|la|les|\([^)]*))+$", "", name[: _LONGEST + 1].rpartition(" ")[0]
        )
    return name


def _sheet(book: Any, table: Table, bold: Any, number: Any, total: Any) -> None:
    sheet = book.add_worksheet(_sheet_name(table))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 15 * max(-(-len(column) // _ACROSS) for column in table.columns))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(table.columns), _ACROSS)
    sheet.write_string(0, 0, table.title, bold)
    for across, column in enumerate(table.columns, 1):
        sheet.write_string(0, across, column, bold)
    sheet.freeze_panes(1, 1)
    down = 1
    for line in lines_of(table):
        look = total if line is table.total else number
        sheet.write_string(down, 0, f"{'   ' * bool(line.part_of)}{line.label}")
        for across, cell in enumerate(line.cells, 1):
            if cell is None:
                sheet.write_string(down, across, shown(cell), look)
            else:
                sheet.write_number(down, across, cell, look)
        down += 1
    down += 1
    for share in table.shares:
        sheet.write_string(down, 0, share.label)
        sheet.write_string(down, 1, rate(table, share), number)
        down += 1
    for note in table.notes:
        sheet.write_string(down, 0, note)
        down += 1
