"""XLSX: real dates, texts that stay texts, a frozen header with filters, lists to choose an answer from.

XlsxWriter makes the workbook with one model line; the lines themselves go straight into the sheet's place in the ZIP, one
after the other, in the model's formats. So nothing of them is in memory, and none lies in clear in a temporary file.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL
from milomobile.domain.phones import show_phone
from milomobile.reports.archive import ended
from milomobile.reports.columns import Column
from milomobile.reports.sheets import Put, text_over
from milomobile.reports.wording import one_line, said

_SHEET = "xl/worksheets/sheet1.xml"
_MODEL = re.compile(rb'<row r="2"[^>]*>(.*?)</row>', re.DOTALL)
_STYLE = re.compile(rb'<c r="[A-Z]+2" s="(\d+)"')
_WIDTHS = {"date": 12, "time": 17, "number": 8, "phone": 19, "many": 24, "text": 18}
_FORMATS = {"date": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm", "number": "General"}
_MOST = 32_767
"""Characters of one cell."""
_FIRST = date(1899, 12, 30).toordinal()
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}
"""A text is a text."""
A4 = 9
"""The paper, as workbooks number it."""
Cell = Callable[[Any], str]


@contextmanager
def workbook_lines(
    file: BinaryIO, title: str, columns: Sequence[Column], lists: Lists, notes: Callable[[], Sequence[str]]
) -> Iterator[Put]:
    """Writes a workbook of two sheets, `title` with a line for each that is put, and « À lire » with the notes.

    The notes are asked for once the lines are written.
    """
    model = _parts(_model(title, columns, lists, (), 1))
    head, row, _ = _split(model[_SHEET])
    cells = [_cell(column, lists, int(style)) for column, style in zip(columns, _STYLE.findall(row), strict=True)]
    count = 0
    with ended(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)) as archive:
        with (
            archive.open(_entry(_SHEET), "w", force_zip64=True) as raw,
            text_over(raw) as text,
        ):
            text.write(head.decode())

            def put(values: Sequence[Any]) -> None:
                nonlocal count
                count += 1
                inside = "".join([cell(value) for cell, value in zip(cells, values, strict=True)])
                text.write(f'<row r="{count + 1}">{inside}</row>')

            yield put
            model = _parts(_model(title, columns, lists, notes(), count))
            text.write(_split(model[_SHEET])[2].decode())
        for name, content in model.items():
            if name != _SHEET:
                archive.writestr(_entry(name), content)


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _model(title: str, columns: Sequence[Column], lists: Lists, notes: Sequence[str], rows: int) -> bytes:
    """The whole workbook, filters and lists as for so many lines, with one empty line in their place."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **PLAIN}) as book:
        book.set_properties({"title": title, "author": "Milo Mobile"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "num_format": "@"})
        styles = {kind: book.add_format({"num_format": _FORMATS.get(kind, "@")}) for kind in _WIDTHS}
        sheet = book.add_worksheet(title)
        last = max(rows, 1)
        for place, column in enumerate(columns):
            style = styles["text" if column.codes and column.kind != "number" else column.kind]
            sheet.set_column(place, place, max(_WIDTHS[column.kind], min(len(column.title) + 3, 28)), style)
            sheet.write_string(0, place, column.title, head)
            sheet.write_blank(1, place, None, style)
            if column.choices:
                _choice(book, sheet, place, last, [lists[column.codes or ""][code] for code in column.choices])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.repeat_rows(0)
        read_me(book, notes)
    return made.getvalue()


def _choice(book: Any, sheet: Any, place: int, last: int, labels: list[str]) -> None:
    asked = {"validate": "list", "source": labels, "error_title": "Réponse", "error_type": "warning"}
    if sum(len(label) + 1 for label in labels) > 255 or any("," in label for label in labels):
        hidden = book.get_worksheet_by_name(_CHOICES) or book.add_worksheet(_CHOICES)
        hidden.hide()
        hidden.write_column(0, place, labels)
        column = _letters(place)
        asked["source"] = f"={_CHOICES}!${column}$1:${column}${len(labels)}"
    sheet.data_validation(1, place, last, place, asked)


_CHOICES = "Listes"


def read_me(book: Any, notes: Sequence[str]) -> None:
    """The sheet « À lire », last."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet = book.add_worksheet("À lire")
    sheet.set_column(0, 0, 100, wrapped)
    for row, note in enumerate(notes):
        sheet.write_string(row, 0, note, wrapped)


def _parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _split(sheet: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the model line, the line's cells, what stands after it."""
    found = _MODEL.search(sheet)
    assert found, "the model has a second line"
    head = re.sub(rb"<dimension [^>]*/>", b"", sheet[: found.start()])
    return head, found[1], sheet[found.end() :]


def _cell(column: Column, lists: Lists, style: int) -> Cell:
    """A value as the XML of its cell; an empty cell keeps its format, so that what is typed there stays a text."""
    empty = f'<c s="{style}"/>'
    number = f'<c s="{style}"><v>'
    text = f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">'

    def of_text(words: str) -> str:
        return f"{text}{_xml(words)}</t></is></c>"

    def of_number(value: float) -> str:
        return f"{number}{value}</v></c>"

    if column.kind == "date":
        return lambda value: empty if value is None else of_number(value.toordinal() - _FIRST)
    if column.kind == "time":
        return lambda value: empty if value is None else of_number(_serial(value))
    if column.kind == "number":
        known: Mapping[Any, str] = {code: of_text(label) for code, label in lists.get(column.codes or "", {}).items()}
        return lambda value: of_number(value) if isinstance(value, int | float) else known.get(value, empty)
    if column.codes and column.kind != "many":
        labelled: Mapping[Any, str] = {code: of_text(label) for code, label in lists[column.codes].items()}
        return lambda value: labelled.get(value, empty)
    if column.kind == "many":
        joined = said(column, lists)
        return lambda value: of_text(joined(value) or "") if value else empty
    if column.kind == "phone":
        return lambda value: empty if value is None else of_text(show_phone(value))
    return lambda value: empty if value is None else of_text(value)


def _xml(words: str) -> str:
    """The text on one line, as XML; Excel's own escapes (_x0041_) stand as they were typed."""
    if not words.isprintable():
        words = one_line(words)
    if len(words) > _MOST // 2:
        words = words.encode("utf-16-le")[: 2 * _MOST].decode("utf-16-le", "ignore")
    if "_x" in words:
        words = _ESCAPED.sub(r"_x005F\g<0>", words)
    return escape(words)


_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")


def _serial(at: datetime) -> float:
    local = at.astimezone(LOCAL)
    return local.toordinal() - _FIRST + (local.hour * 60 + local.minute) / 1440


def _letters(place: int) -> str:
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
