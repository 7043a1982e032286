"""Counts over the outbox: what Fin de journée shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from milomobile.store.tables import Draft, Encounter, Outbox, Person


@dataclass(frozen=True)
class RefusedRow:
    """A refused line, whom it is about, and where in it the server found something wrong (a JSON pointer)."""

    seq: int
    entity: str
    reason: str | None
    pointer: str | None
    person: str | None
    given_name: str | None
    birth_name: str | None
    at: datetime | None


@dataclass(frozen=True)
class Queued:
    """Lines of one entity that wait or were refused, and the bytes of those that wait; anonymous encounters apart."""

    entity: str
    anonymous: bool
    waiting: int
    refused: int
    size: int


def by_entity(session: Connection) -> list[Queued]:
    """What waits and what was refused, by entity."""
    states = [func.count().filter(Outbox.state == state) for state in ("waiting", "refused")]
    size = func.coalesce(func.sum(Outbox.size).filter(Outbox.state == "waiting"), 0)
    here = (Outbox.state.in_(("waiting", "refused")), Outbox.aside.is_(None))
    every = {
        entity: numbers
        for entity, *numbers in session.execute(
            select(Outbox.entity, *states, size).where(*here).group_by(Outbox.entity)
        )
    }
    anonymous = _anonymous(session)
    if not any(anonymous):
        return [Queued(entity, False, *numbers) for entity, numbers in every.items()]
    every["encounter"] = [whole - part for whole, part in zip(every["encounter"], anonymous, strict=True)]
    named = [Queued(entity, False, *numbers) for entity, numbers in every.items() if any(numbers)]
    return [*named, Queued("encounter", True, *anonymous)]


def _anonymous(session: Connection) -> list[int]:
    """Of the lines about encounters of nobody: how many wait, how many were refused, the bytes of those that wait."""
    nobody = (Encounter.person_id.is_(None), Encounter.reduced_at.is_(None))
    about = (Outbox.entity == "encounter", Outbox.aside.is_(None))
    first = select(func.min(Outbox.seq)).where(Outbox.state == "waiting", Outbox.entity == "encounter")
    # From the encounters of nobody since then to their lines, by number: the other way round every line that waits would
    # be looked up.
    since = select(Encounter.seq).where(*nobody, Encounter.seq >= first.scalar_subquery()).subquery()
    waits = select(func.count(), func.coalesce(func.sum(Outbox.size), 0)).join_from(
        since, Outbox, Outbox.seq == since.c.seq
    )
    waiting, size = session.execute(waits.where(*about, Outbox.state == "waiting")).one()
    wrong = select(Outbox.seq).where(*about, Outbox.state == "refused")
    refused = session.execute(select(func.count()).where(*nobody, Encounter.seq.in_(wrong))).scalar_one()
    return [waiting, refused, size]


def refused(session: Connection) -> list[RefusedRow]:
    """Refused lines, oldest first, with the person they are about."""
    query = (
        select(
            Outbox.seq,
            Outbox.entity,
            Outbox.reason,
            Outbox.pointer,
            Person.id.label("person"),
            Person.given_name,
            Person.birth_name,
            func.coalesce(Encounter.at, Person.last_at).label("at"),
        )
        .outerjoin(Encounter, Encounter.id == Outbox.entity_id)
        .outerjoin(Person, or_(Person.id == Outbox.entity_id, Person.id == Encounter.person_id))
        .where(Outbox.state == "refused", Outbox.aside.is_(None))
        .order_by(Outbox.seq)
    )
    return [RefusedRow(*row) for row in session.execute(query)]


def counts(session: Connection) -> dict[str, int]:
    """Lines by state; those refused and set aside are no longer counted."""
    query = select(Outbox.state, func.count()).where(Outbox.aside.is_(None)).group_by(Outbox.state)
    rows = session.execute(query).all()
    return {state: number for state, number in rows}  # noqa: C416


def count_drafts(session: Connection, adviser: str | None = None) -> int:
    """How many half-filled forms are kept, in all or of one adviser."""
    query = select(func.count()).select_from(Draft)
    return session.execute(query if adviser is None else query.where(Draft.adviser_id == adviser)).scalar_one()
