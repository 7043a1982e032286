"""What leaves for the office: its six files, their first lines, and what is left out of them."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import figures, team
from milomobile.actions.open import Profile
from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL
from milomobile.domain.files import FILES, FORMATS, Asked, FirstLines, Tick, Told, file_name
from milomobile.errors import NotReady
from milomobile.reports import calls, contacts, deeds, directory, handovers, left_out, office_file, statistics
from milomobile.reports.columns import Column, Layout, Row
from milomobile.reports.lists import of_files
from milomobile.reports.sheets import Put
from milomobile.reports.wording import said
from milomobile.reports.workbook import workbook_lines
from milomobile.store import directory as services
from milomobile.store import files, journal, settings

SEALED = "Il est dans un ZIP chiffré : donnez le mot de passe par une autre voie."
_CHOSEN = "export"
OURS = "Le dossier du profil ne reçoit pas d’export. Les fiches sont intactes. Choisissez un autre dossier."
BACKWARDS = "La période finit avant de commencer. Rien n’est écrit. Corrigez les dates."


@dataclass(frozen=True)
class _Source:
    """The lines of a file, how many there are where that is known before; and, after them, what is left out of them."""

    layout: Layout
    rows: Iterable[Row]
    total: int | None = None
    notes: Callable[[], tuple[str, ...]] = lambda: ()
    book: office_file.Book = workbook_lines


def _contacts(session: Connection, first: date, last: date) -> _Source:
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

    return _Source(contacts.LAYOUT, rows(), files.count(session, first, last), notes)


def _handovers(session: Connection, first: date, last: date) -> _Source:
    rows = map(handovers.values, files.handovers(session, first, last))

    def notes() -> tuple[str, ...]:
        return left_out.ANSWERS, left_out.NEVER, *left_out.limited(files.limited(session, first, last))

    return _Source(handovers.LAYOUT, rows, None, notes)


def _calls(session: Connection, first: date, last: date) -> _Source:
    rows = map(calls.values, files.recalls(session, first, last))
    return _Source(calls.LAYOUT, rows, None, lambda: (left_out.ANSWERS, left_out.NEVER))


def _statistics(session: Connection, first: date, last: date) -> _Source:
    tables = statistics.leaving(figures.counted(session, first, last))

    def book(
        out: BinaryIO, title: str, columns: Sequence[Column], lists: Lists, notes: office_file.Notes
    ) -> AbstractContextManager[Put]:
        return statistics.tables_book(out, tables, notes)

    return _Source(statistics.LAYOUT, statistics.values(tables), None, lambda: (left_out.SMALL,), book)


def _directory(session: Connection, first: date, last: date) -> _Source:
    found = services.all_services(session)
    return _Source(directory.LAYOUT, (directory.values(*pair) for pair in found), len(found))


def _journal(session: Connection, first: date, last: date) -> _Source:
    return _Source(deeds.LAYOUT, (deeds.values(*row) for row in files.deeds(session, first, last)))


_SOURCES: dict[str, Callable[[Connection, date, date], _Source]] = {
    "contacts": _contacts,
    "rattachements": _handovers,
    "rappels": _calls,
    "statistiques": _statistics,
    "annuaire": _directory,
    "journal": _journal,
}
_LAYOUTS = (contacts.LAYOUT, handovers.LAYOUT, calls.LAYOUT, statistics.LAYOUT, directory.LAYOUT, deeds.LAYOUT)


def layout(what: str) -> Layout:
    """The columns of one of the files."""
    return next(one for one in _LAYOUTS if one.name == what)


def name(asked: Asked) -> str:
    """What the file is called."""
    return file_name(asked.what, asked.first, asked.last, layout(asked.what).version, asked.form)


def write(
    profile: Profile,
    asked: Asked,
    place: Path,
    now: datetime,
    password: str | None = None,
    tell: Callable[[int, int | None], object] = lambda count, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Told:
    """Writes one of the office's files, whole or not at all. Raises NotReady, NoRoom, Cancelled.

    `tell` hears the lines written and how many there are (None where that is not known); with a password the file goes
    straight into an encrypted ZIP. `stopped` is asked now and then.
    """
    if asked.first > asked.last:
        raise NotReady(BACKWARDS)
    if profile.folder.resolve() in place.resolve().parents:
        raise NotReady(OURS)
    with _source(profile, asked) as (source, lists):
        told = office_file.write(
            source.layout,
            source.rows,
            asked,
            lists,
            place,
            now.astimezone(LOCAL).date(),
            source.notes,
            password,
            lambda count: tell(count, source.total),
            stopped,
            source.book,
        )
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, f"export {asked.what} {asked.reason}".rstrip())
    return told


def preview(profile: Profile, asked: Asked, most: int = 3) -> FirstLines:
    """The first lines as they will stand in the file, with the lines of the whole where these are quickly counted."""
    with _source(profile, asked) as (source, lists):
        chosen = source.layout.chosen(asked.columns)
        columns = [source.layout.columns[at] for at in chosen]
        says = [said(column, lists) for column in columns]
        rows = [[row[at] for at in chosen] for row in islice(source.rows, most)]
        lines = [
            ["" if value is None else say(value) or "" for say, value in zip(says, row, strict=True)] for row in rows
        ]
    naming = tuple(at for at, column in enumerate(columns) if column.naming)
    return FirstLines(source.total, tuple(column.title for column in columns), lines, naming)


def ticks(what: str) -> tuple[Tick, ...]:
    """The columns of a file as the screen ticks them, those that name people last."""
    found: dict[tuple[str, bool], list[str]] = {}
    for column in layout(what).columns:
        found.setdefault((column.group, column.naming), []).append(column.key)
    made = [Tick(group, tuple(keys), naming) for (group, naming), keys in found.items()]
    return tuple(sorted(made, key=lambda tick: tick.naming)) if len(made) > 1 and what == "contacts" else ()


def naming(asked: Asked) -> bool:
    """Whether such a file tells who somebody is."""
    here = layout(asked.what)
    return any(here.columns[at].naming for at in here.chosen(asked.columns))


def allow(profile: Profile, password: str, now: datetime) -> None:
    """One's own password, before a file by name. Raises WrongPassword."""
    team.own(profile, password, now)


def chosen(profile: Profile, today: date) -> Asked:
    """The file, form and columns of the last time; columns by name are never remembered."""
    with profile.store.read() as session:
        kept = json.loads(settings.get(session, _CHOSEN) or "{}")
    what = kept.get("what") if kept.get("what") in FILES else "contacts"
    form = kept.get("form") if kept.get("form") in FORMATS else "xlsx"
    known = [column.key for column in layout(what).columns if not column.naming]
    left = kept.get("left", [])
    columns = tuple(key for key in known if key not in left) if ticks(what) else None
    return Asked(what, today, today, form, columns)


def choose(profile: Profile, asked: Asked) -> None:
    """Remembers it for the next time."""
    left = [one.key for one in layout(asked.what).columns if asked.columns is not None and one.key not in asked.columns]
    kept = {"what": asked.what, "form": asked.form, "left": left}
    with profile.store.write() as session:
        settings.put(session, {_CHOSEN: json.dumps(kept)})


@contextmanager
def _source(profile: Profile, asked: Asked) -> Iterator[tuple[_Source, Lists]]:
    lists = of_files(reference.lists(), reference.commune_names(), reference.origin_groups())
    with profile.store.read() as session:
        yield _SOURCES[asked.what](session, asked.first, asked.last), lists
