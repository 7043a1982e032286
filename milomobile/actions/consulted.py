"""The journal of consultations: noting that a file was looked at, and reading what was noted."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from milomobile.actions.open import Profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.journal import Entry
from milomobile.errors import NoRoom, Trouble
from milomobile.store import journal, team

SHOWN = 200


def seen(profile: Profile, person: str, now: datetime) -> None:
    """Notes that somebody's file was opened."""
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "read", person)


def names(profile: Profile, now: datetime) -> None:
    """Notes that a list of people was read by name; a full disk hides none."""
    with suppress(NoRoom), profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "read list")


def leave(profile: Profile, now: datetime) -> None:
    """Notes that the laptop is locked, and closes the profile; a full disk keeps nobody from locking."""
    try:
        with suppress(Trouble), profile.store.write() as session:
            journal.write(session, now, profile.adviser_id, "lock")
    finally:
        profile.close()


def latest(profile: Profile) -> tuple[list[Entry], bool]:
    """(the last lines, newest first; whether the whole journal is as it was written), for the screen."""
    with profile.store.read() as session:
        return [Entry(*row) for row in journal.latest(session, SHOWN)], journal.whole(session)


def lines(profile: Profile, now: datetime) -> tuple[Iterator[dict[str, Any]], bool]:
    """(every line as `milomobile journal` prints it, oldest first; whether they are as they were written).

    That the journal was read is its next line.
    """
    with profile.store.read() as session:
        rows, whole, named = journal.lines(session), journal.whole(session), team.names(session)
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "read journal")
    return (_line(row, named.get(row.who, row.who)) for row in rows), whole


def _line(row: Any, who: str) -> dict[str, Any]:
    at = row.at.astimezone(LOCAL).isoformat(timespec="seconds")
    return {**row._asdict(), "at": at, "who": who, "chain": row.chain.hex()}
