"""What is kept no longer than the law lets it be: people, what was written of them, and the office's journal."""

import calendar
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from sync.server import faults, journal, office
from sync.server.judging import NEWER
from sync.server.store import Store
from sync.server.tables import Change, Entity, Journal, Receipt

REASON = "FIN_DE_CONSERVATION"
LEAST, MOST = 12, 24
"""Months after the last contact: what is usual, and what the law allows (domain.md 4.4)."""
_DAY = 24 * 3600
_AT_ONCE = 100
log = structlog.get_logger()


@dataclass(frozen=True)
class Due:
    """What has had its time: people (each with whoever was found to be the same), encounters whose comment goes, counts."""

    people: list[tuple[str, ...]]
    comments: list[str]
    lines: int
    journal: int

    def counts(self) -> dict[str, int]:
        """Numbers alone."""
        people = sum(len(circle) for circle in self.people)
        return {"people": people, "comments": len(self.comments), "lines": self.lines, "journal": self.journal}


def purge(store: Store, months: int, now: int, dry_run: bool = False) -> dict[str, int]:
    """Erases what has had its time, in short transactions; returns how much of what. A dry run only counts."""
    with store.read() as session:
        due = find(session, months, now)
    counts = due.counts()
    if dry_run or not any(counts.values()):
        return counts
    store.attempt(lambda session: _forget_words(session, due, months, now))
    for first in range(0, len(due.people), _AT_ONCE):
        store.attempt(partial(_forget_people, circles=due.people[first : first + _AT_ONCE], now=now))
    store.let_go()
    return counts


def find(session: Connection, months: int, now: int) -> Due:
    """What has had its time at `now` (ms)."""
    limit = months_before(now, months)
    met: dict[str, int] = {}
    comments = []
    for one in session.execute(select(Entity.entity_id, Entity.state).where(Entity.entity == "encounter")):
        state: dict[str, Any] = one.state
        at = _moment(state)
        if "comment" in state and at < limit:
            comments.append(one.entity_id)
        person = _value(state, "person")
        if person and not _value(state, "withdrawn"):
            met[str(person)] = max(at, met.get(str(person), 0))
    circles: dict[str, list[tuple[str, int]]] = {}
    into = office.merged(session)
    for person, at in _said_last(session).items():
        circles.setdefault(office.last(person, into), []).append((person, met.get(person, at)))
    attached = {
        id: _clock(state["imilo_number"][0]) for id, state in office.states(session) if _value(state, "imilo_number")
    }
    over = [
        tuple(sorted(person for person, _ in circle))
        for circle in circles.values()
        if max(max(at, attached.get(person, 0)) for person, at in circle) < limit
    ]
    lines = session.execute(select(func.count()).select_from(Change).where(*_old_lines(months, now))).scalar_one()
    looks = session.execute(select(func.count()).select_from(Journal).where(Journal.at < limit)).scalar_one()
    return Due(sorted(over), sorted(comments), lines, looks)


@contextmanager
def daily(purged: Callable[[], object], seconds: float = _DAY) -> Iterator[None]:
    """Calls `purged` each day while the server serves; what stops it is logged, and the next day tries again."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(seconds):
            try:
                purged()
            except Exception as wrong:
                log.error("purge", said=faults.passing(wrong), error=faults.told(wrong))

    threading.Thread(target=run, daemon=True, name="purge").start()
    try:
        yield
    finally:
        over.set()


def months_before(now: int, months: int) -> int:
    """The same day so many months before, in milliseconds."""
    at = datetime.fromtimestamp(now / 1000, UTC)
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return round(at.replace(year=year, month=month + 1, day=day).timestamp() * 1000)


def _forget_words(session: Connection, due: Due, months: int, now: int) -> None:
    """Comments, lines as they came (the last known state stays), the journal."""
    for id in due.comments:
        here = (Entity.entity == "encounter", Entity.entity_id == id)
        state = session.execute(select(Entity.state).where(*here).with_for_update()).scalar()
        kept = {field: said for field, said in (state or {}).items() if field != "comment"}
        session.execute(update(Entity).where(*here).values(state=kept))
    session.execute(update(Change).where(*_old_lines(months, now)).values(line=None))
    session.execute(delete(Journal).where(Journal.at < months_before(now, months)))
    journal.note(session, now, "purge", str(len(due.people)))


def _forget_people(session: Connection, circles: Sequence[tuple[str, ...]], now: int) -> None:
    for circle in circles:
        office.erase(session, circle[0], REASON, now)


def _old_lines(months: int, now: int) -> tuple[ColumnElement[bool], ...]:
    """Lines past their time; those that wait for the server's upgrade have all the time that the law allows."""
    waiting = select(Receipt.change_id).where(Receipt.type == NEWER)
    spared = or_(Change.id.not_in(waiting), Change.received < months_before(now, MOST))
    return Change.line.is_not(None), Change.received < months_before(now, months), spared


def _said_last(session: Connection) -> dict[str, int]:
    """When something of each person was last received: the last contact of whom no encounter is known."""
    known = select(Entity.entity_id).where(Entity.entity.in_(("person", "reserved")))
    of = (Change.entity.in_(("person", "reserved")), Change.entity_id.in_(known))
    rows = session.execute(select(Change.entity_id, func.max(Change.received)).where(*of).group_by(Change.entity_id))
    return {row[0]: row[1] for row in rows}


def _moment(state: dict[str, Any]) -> int:
    """When an encounter was, by what was said and never after it was said."""
    stamp, said = state.get("at", ("", ""))
    heard = _clock(stamp)
    try:
        at = datetime.fromisoformat(str(said))
        return min(heard, round(at.replace(tzinfo=at.tzinfo or UTC).timestamp() * 1000))
    except (ValueError, OverflowError):
        return heard


def _value(state: dict[str, Any], field: str) -> Any:
    return state[field][1] if field in state else None


def _clock(stamp: str) -> int:
    """The milliseconds of a stamp (`merge.stamp`)."""
    parts = str(stamp).split(" ")
    return int(parts[1], 16) >> 16 if len(parts) > 1 else 0
