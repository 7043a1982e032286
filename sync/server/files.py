"""The office's files over all laptops: the same columns and words as on one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, select

from milomobile import reference as shipped
from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL
from milomobile.domain.figures import Table
from milomobile.domain.files import Asked, Told
from milomobile.domain.journal import words
from milomobile.errors import Trouble
from milomobile.reports import calls, contacts, deeds, directory, handovers, left_out, office_file, statistics
from milomobile.reports.columns import Column, Row
from milomobile.reports.lists import of_files
from milomobile.reports.sheets import Put
from milomobile.reports.wording import plain
from milomobile.reports.workbook import workbook_lines
from sync.server import figures, journal, kinds, reference, rows
from sync.server.store import Store
from sync.server.tables import Journal
from sync.server.wrong import Wrong

LAYOUTS = {
    one.name: one
    for one in (
        contacts.LAYOUT,
        handovers.LAYOUT,
        calls.LAYOUT,
        statistics.LAYOUT,
        directory.LAYOUT,
        deeds.LAYOUT,
    )
}
OFFICE = "Bureau"
BACKWARDS = "La période finit avant de commencer. Rien n’est écrit. Corrigez les dates."


@dataclass(frozen=True)
class _Source:
    rows: Iterable[Row]
    notes: office_file.Notes = lambda: ()
    book: office_file.Book = workbook_lines


def write(
    store: Store,
    asked: Asked,
    place: Path,
    now: int,
    key: bytes | None = None,
    tell: Callable[[int], object] = lambda count: None,
) -> Told:
    """Writes one of the office's files, whole or not at all; none is there whose line is not in the journal. Raises Wrong.

    With the referents' raw key the protected criteria are counted in `statistiques`, never below five.
    """
    if asked.first > asked.last:
        raise Wrong(BACKWARDS)
    lists = of_files(shipped.lists(), shipped.commune_names(), shipped.origin_groups())
    today = datetime.fromtimestamp(now / 1000, LOCAL).date()
    layout = LAYOUTS[asked.what]
    tables = figures.tables(store, asked.first, asked.last, now, key) if asked.what == statistics.LAYOUT.name else ()

    def noted() -> None:
        with store.write() as session:
            period = f"{asked.first}/{asked.last}"
            journal.note(session, now, f"export {asked.what}", period)

    try:
        with store.read() as session:
            source = (
                _statistics(tables, key is not None)
                if tables
                else _SOURCES[asked.what](session, asked.first, asked.last)
            )
            notes, book = source.notes, source.book
            return office_file.write(
                layout, source.rows, asked, lists, place, today, notes, tell=tell, book=book, noted=noted
            )
    except Trouble as wrong:
        raise Wrong(wrong.sentence) from None


READABLE = ("contacts", "rattachements", "rappels", "annuaire")
"""What a token may be made for: the lines of people and of the directory."""


def lines(session: Connection, what: str, columns: Sequence[str], first: date, last: date) -> list[dict[str, Any]]:
    """The same lines for programs, by key, as JSON Lines would have them."""
    layout = LAYOUTS[what]
    chosen = layout.chosen(columns)
    rows = _SOURCES[what](session, first, last).rows
    return [
        {layout.columns[at].key: None if row[at] is None else plain(layout.columns[at], row[at]) for at in chosen}
        for row in rows
    ]


def _contacts(session: Connection, first: date, last: date) -> _Source:
    known, values, hidden = rows.Known(session), contacts.values_of(shipped.origin_groups()), 0

    def lines() -> Iterator[Row]:
        nonlocal hidden
        for row in rows.contacts(known, known.between(first, last)):
            hidden += row.hidden
            yield values(row)

    return _Source(lines(), lambda: (left_out.NEVER, left_out.ORIGINS, *left_out.unnamed(hidden)))


def _handovers(session: Connection, first: date, last: date) -> _Source:
    known, hidden = rows.Known(session), 0

    def lines() -> Iterator[Row]:
        nonlocal hidden
        for row in rows.handovers(known, known.between(first, last)):
            if row is None:
                hidden += 1
            else:
                yield handovers.values(row)

    return _Source(lines(), lambda: (left_out.ANSWERS, left_out.NEVER, *left_out.limited(hidden)))


def _calls(session: Connection, first: date, last: date) -> _Source:
    found = rows.recalls(rows.Known(session), first, last)
    return _Source(map(calls.values, found), lambda: (left_out.ANSWERS, left_out.NEVER))


def _statistics(tables: Sequence[Table], opened: bool) -> _Source:
    """`opened`: the protected criteria could be read; where they are not counted nevertheless, it is said why."""
    leaving = statistics.leaving(tables)
    said = (left_out.SMALL, *((left_out.PROTECTED,) if opened and not figures.protected(tables) else ()))

    def book(
        out: BinaryIO, title: str, columns: Sequence[Column], lists: Lists, notes: office_file.Notes
    ) -> AbstractContextManager[Put]:
        return statistics.tables_book(out, leaving, notes)

    return _Source(statistics.values(leaving), lambda: said, book)


def _directory(session: Connection, first: date, last: date) -> _Source:
    """The list « directory » that the office loaded; a column of another name is left out."""
    listed = [(id, row) for (kind, id), row in reference.told(session).items() if kind == "directory"]
    names = {"service": "name"}
    made = []
    for id, row in sorted(listed):
        cells = {column.key: row.get(names.get(column.key, column.key)) for column in directory.LAYOUT.columns}
        made.append(tuple(_value(column, cells[column.key]) for column in directory.LAYOUT.columns[:-1]) + (id,))
    return _Source(made)


def _value(column: Column, text: str | None) -> Any:
    if not text or column.kind == "date":
        return kinds.day(text) if text else None
    return tuple(text.split()) if column.kind == "many" else text


def _journal(session: Connection, first: date, last: date) -> _Source:
    query = select(Journal.at, Journal.what, Journal.id).order_by(Journal.seq)

    def lines() -> Iterable[Row]:
        for row in session.execute(query.execution_options(yield_per=500)):
            at = datetime.fromtimestamp(row.at / 1000, UTC)
            if first <= at.astimezone(LOCAL).date() <= last:
                yield at, OFFICE, words(row.what), row.what, row.id

    return _Source(lines())


_SOURCES: dict[str, Callable[[Connection, date, date], _Source]] = {
    "contacts": _contacts,
    "rattachements": _handovers,
    "rappels": _calls,
    "annuaire": _directory,
    "journal": _journal,
}
