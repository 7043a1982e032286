"""CSV as a French office opens it: semicolons, BOM, CRLF, everything quoted, no formula (domain.md 5.1)."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(cell: str) -> str:
    """The cell on one line, and harmless where a spreadsheet would run it (OWASP, CSV injection)."""
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return cell if cell.isprintable() else "".join(c if c.isprintable() else " " for c in cell)


def write_csv(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Writes header and rows to a text file opened with newline=""; returns the rows written. Flat in memory."""
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    file.write("\ufeff")
    writer.writerow(header)
    count = 0
    for row in rows:
        count += 1
        writer.writerow([guard(cell) if cell else "" for cell in row])
    return count
