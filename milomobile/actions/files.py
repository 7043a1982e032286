"""What leaves for the office: its six files, their first lines, and what is left out of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from milomobile import reference
from milomobile.actions import consulted, team
from milomobile.actions.file_rows import SOURCES, Source
from milomobile.actions.open import Profile
from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL
from milomobile.domain.files import FILES, FORMATS, Asked, FirstLines, Tick, Told, file_name
from milomobile.errors import OURS, NotReady
from milomobile.reports import calls, contacts, deeds, directory, handovers, office_file, statistics
from milomobile.reports.columns import Layout
from milomobile.reports.lists import of_files
from milomobile.reports.wording import said
from milomobile.store import journal, settings

SEALED = "Il est dans un ZIP chiffré\u00a0: donnez le mot de passe par une autre voie."
_CHOSEN = "export"
BACKWARDS = "La période finit avant de commencer. Rien n’est écrit. Corrigez les dates."


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
    straight into an encrypted ZIP. `stopped` is asked now and then; a lock stops it too. No file is there whose line is
    not in the journal.
    """
    if asked.first > asked.last:
        raise NotReady(BACKWARDS)
    if profile.folder.resolve() in place.resolve().parents:
        raise NotReady(OURS)

    def noted() -> None:
        with profile.store.write() as session:
            journal.write(session, now, profile.adviser_id, f"export {asked.what} {asked.reason}".rstrip())

    with _source(profile, asked) as (source, lists):
        return office_file.write(
            source.layout,
            source.rows,
            asked,
            lists,
            place,
            now.astimezone(LOCAL).date(),
            source.notes,
            password,
            lambda count: tell(count, source.total),
            lambda: stopped() or not profile.held.is_locked,
            source.book,
            noted,
        )


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
    """One's own password, before a file by name is seen or written; that it is, is journalled. Raises WrongPassword."""
    team.own(profile, password, now)
    consulted.names(profile, now)


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
def _source(profile: Profile, asked: Asked) -> Iterator[tuple[Source, Lists]]:
    lists = of_files(reference.lists(), reference.commune_names(), reference.origin_groups())
    with profile.store.read() as session:
        yield SOURCES[asked.what](session, asked.first, asked.last), lists
