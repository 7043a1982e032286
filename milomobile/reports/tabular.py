"""Tables as offices keep them: CSV of any usual encoding and separator, and XLSX, as rows of cells."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

MARKS = ";,\t"
EXCEL = date(1899, 12, 30)
"""The day that spreadsheets number 0."""
_MOST_LINES = 1_000_000
_LARGEST_UNPACKED = 512 * 1024 * 1024
_SMALL, _PACKED = 8 * 1024 * 1024, 30
"""Unpacked bytes that any workbook may have, and how many times its own size a larger one may: beyond, it is a bomb."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: `rows` are (line number, values); `first_day` is the day numbered 0."""

    title: str
    rows: list[tuple[int, tuple[Any, ...]]]
    first_day: date


def is_workbook(raw: bytes) -> bool:
    """Whether the bytes are those of an XLSX file, or of another packed one."""
    return raw.startswith(b"PK")


def decoded(raw: bytes) -> str:
    """UTF-8 or UTF-16 where it is, else cp1252, which any bytes are; raises ValueError for what is no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    if len(raw) > 1 and len(raw) % 2 == 0 and (raw[0] == 0) != (raw[1] == 0):
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le")
    if b"\0" in raw:
        raise ValueError("no text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def csv_rows(text: str, mark: str, longest: int = 500) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each row, the first line being 1; blank rows are left out.

    A quotation mark that is not closed within `longest` lines costs its own only: this is parted at every separator.
    Raises ValueError where there are more than a million.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MOST_LINES:
        raise ValueError("too many lines")
    lines = [f"{line}\n" for line in text.split("\n")]
    place = 0
    while place < len(lines):
        ahead = csv.reader(iter(lines[place : place + longest]), delimiter=mark, strict=True)
        try:
            cells, taken = next(ahead), ahead.line_num
        except csv.Error:
            cells, taken = [cell.replace('"', "").strip() for cell in lines[place].split(mark)], 1
        if any(cell.strip() for cell in cells):
            yield place + 1, cells
        place += taken


def sheets(raw: bytes, most: int) -> list[Sheet]:
    """The sheets of an XLSX file, at most so many rows of each; raises ValueError where it is damaged or none."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > min(
                _LARGEST_UNPACKED, max(_SMALL, _PACKED * len(raw))
            ):
                raise ValueError("too large unpacked")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        return [Sheet(sheet.title, list(_rows(sheet, most)), book.epoch.date()) for sheet in book.worksheets]
    except Exception as wrong:  # a damaged workbook fails in any of a dozen ways
        raise ValueError("no workbook") from wrong


def _rows(sheet: Any, most: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """What is said of a sheet's size is not believed: it may be a million columns."""
    sheet.reset_dimensions()
    kept = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(cell is not None for cell in cells):
            yield number, cells
            kept += 1
            if kept == most:
                return
