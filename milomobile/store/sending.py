"""Counts over the outbox: what Fin de journée shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from milomobile.store.tables import Draft, Encounter, Outbox, Person


@dataclass(frozen=True)
class RefusedRow:
    """A refused line and whom it is about."""

    seq: int
    entity: str
    reason: str | None
    person: str | None
    given_name: str | None
    birth_name: str | None
    at: datetime | None


def by_entity(session: Connection) -> Sequence[Any]:
    """Counts by entity of what waits, was refused, or was taken on the last day; anonymous encounters apart."""
    states = {
        state: func.count().filter(Outbox.state == state).label(state) for state in ("waiting", "sent", "refused")
    }
    size = func.coalesce(func.sum(Outbox.size).filter(Outbox.state == "waiting"), 0).label("size")
    nameless = (Encounter.person_id.is_(None) & Encounter.id.is_not(None)).label("anonymous")
    query = (
        select(Outbox.entity, nameless, *states.values(), size)
        .outerjoin(Encounter, Encounter.id == Outbox.entity_id)
        .where(Outbox.state.in_(("waiting", "refused")), Outbox.aside.is_(None))
        .group_by(Outbox.entity, nameless)
    )
    return session.execute(query).all()


def refused(session: Connection) -> list[RefusedRow]:
    """Refused lines, oldest first, with the person they are about."""
    query = (
        select(
            Outbox.seq,
            Outbox.entity,
            Outbox.reason,
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
