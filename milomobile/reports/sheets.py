"""CSV as a French office opens it: semicolons, BOM, CRLF, everything quoted, no formula (domain.md 5.1)."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, BinaryIO

from milomobile.reports.columns import Row
from milomobile.reports.wording import Say

Put = Callable[[Row], object]
"""Takes one line; what comes in goes out at once."""


@contextmanager
def text_over(file: IO[bytes]) -> Iterator[TextIOWrapper]:
    """UTF-8 onto a file that stays open, line ends as they are written."""
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()


@contextmanager
def csv_lines(file: BinaryIO, header: Sequence[str], says: Sequence[Say]) -> Iterator[Put]:
    """Writes the header, then each line that is put; flat in memory. `says` make a cell of each value that is known."""
    with text_over(file) as text:
        write = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow
        text.write("\ufeff")
        write(header)
        yield lambda row: write([None if value is None else say(value) for say, value in zip(says, row, strict=True)])
