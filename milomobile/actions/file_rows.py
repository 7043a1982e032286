"""What stands in each of the office's files on this laptop, and what is left out of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import figures
from milomobile.domain.choices import Lists
from milomobile.reports import calls, contacts, deeds, directory, handovers, left_out, office_file, statistics
from milomobile.reports.columns import Column, Layout, Row
from milomobile.reports.sheets import Put
from milomobile.reports.workbook import workbook_lines
from milomobile.store import directory as services
from milomobile.store import files


@dataclass(frozen=True)
class Source:
    """The lines of a file, how many there are where that is known before; and, after them, what is left out of them."""

    layout: Layout
    rows: Iterable[Row]
    total: int | None = None
    notes: Callable[[], tuple[str, ...]] = lambda: ()
    book: office_file.Book = workbook_lines


def _contacts(session: Connection, first: date, last: date) -> Source:
    values = contacts.values_of(reference.origin_groups())
    unnamed = reduced = 0

    def rows() -> Iterator[Row]:
        nonlocal unnamed, reduced
        for row in files.contacts(session, first, last):
            unnamed += row.hidden
            reduced += row.reduced_at is not None
            yield values(row)

    def notes() -> tuple[str, ...]:
        return left_out.NEVER, left_out.ORIGINS, *left_out.unnamed(unnamed), *left_out.reduced(reduced)

    return Source(contacts.LAYOUT, rows(), files.count(session, first, last), notes)


def _handovers(session: Connection, first: date, last: date) -> Source:
    rows = map(handovers.values, files.handovers(session, first, last))

    def notes() -> tuple[str, ...]:
        return left_out.ANSWERS, left_out.NEVER, *left_out.limited(files.limited(session, first, last))

    return Source(handovers.LAYOUT, rows, None, notes)


def _calls(session: Connection, first: date, last: date) -> Source:
    rows = map(calls.values, files.recalls(session, first, last))
    return Source(calls.LAYOUT, rows, None, lambda: (left_out.ANSWERS, left_out.NEVER))


def _statistics(session: Connection, first: date, last: date) -> Source:
    tables = statistics.leaving(figures.counted(session, first, last))

    def book(
        out: BinaryIO, title: str, columns: Sequence[Column], lists: Lists, notes: office_file.Notes
    ) -> AbstractContextManager[Put]:
        return statistics.tables_book(out, tables, notes)

    return Source(statistics.LAYOUT, statistics.values(tables), None, lambda: (left_out.SMALL,), book)


def _directory(session: Connection, first: date, last: date) -> Source:
    found = services.all_services(session)
    return Source(directory.LAYOUT, (directory.values(*pair) for pair in found), len(found))


def _journal(session: Connection, first: date, last: date) -> Source:
    return Source(deeds.LAYOUT, (deeds.values(*row) for row in files.deeds(session, first, last)))


SOURCES: dict[str, Callable[[Connection, date, date], Source]] = {
    "contacts": _contacts,
    "rattachements": _handovers,
    "rappels": _calls,
    "statistiques": _statistics,
    "annuaire": _directory,
    "journal": _journal,
}
