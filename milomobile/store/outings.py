"""Outings, stops and places in the file."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from milomobile.domain.outings import Place
from milomobile.domain.texts import plain
from milomobile.store.tables import Encounter, Outing, Reference, Stop
from milomobile.store.tables import Place as Kept

_PLACES = select(Kept.id, Kept.name, Kept.setting, Kept.commune, Kept.qpv)
_PLACE_NAMED = _PLACES.where(Kept.key == bindparam("key"))
_STILL_OPEN = or_(Stop.closed_at.is_(None), Stop.closed_at >= bindparam("at"))
_STOP_AT = (
    select(Stop.id).where(Stop.place_id == bindparam("place"), Stop.opened_at <= bindparam("at"), _STILL_OPEN).limit(1)
)


def place_named(session: Connection, name: str) -> Place | None:
    """The known place of that name, whatever its accents and case."""
    row = session.execute(_PLACE_NAMED, {"key": plain(name)}).first()
    return Place(*row) if row else None


def place_name(session: Connection, id: str) -> str | None:
    """The name of a known place."""
    return session.execute(select(Kept.name).where(Kept.id == id)).scalar()


def places(session: Connection) -> list[Place]:
    """Every known place by name."""
    return [Place(*row) for row in session.execute(_PLACES.order_by(Kept.key))]


def partners(session: Connection) -> list[str]:
    """The partners' names in the office's list."""
    query = select(Reference.body).where(Reference.kind == "partner").order_by(Reference.id)
    return [str(body["name"]) for body in session.execute(query).scalars() if body.get("name")]


def add_place(session: Connection, place: Place) -> None:
    """A new place."""
    key = plain(place.name) or place.name
    session.execute(
        insert(Kept).values(
            id=place.id, name=place.name, key=key, setting=place.setting, commune=place.commune, qpv=place.qpv
        )
    )


def learn_place(session: Connection, id: str, commune: str | None, qpv: str | None) -> None:
    """Where a known place lies."""
    session.execute(update(Kept).where(Kept.id == id).values(commune=commune, qpv=qpv))


def outing_of(session: Connection, day: date) -> str | None:
    """The id of the day's outing."""
    return session.execute(select(Outing.id).where(Outing.day == day)).scalar()


def add_outing(session: Connection, id: str, day: date) -> None:
    """A new outing."""
    session.execute(insert(Outing).values(id=id, day=day))


def add_stop(
    session: Connection, id: str, outing: str, place: str, opened_at: datetime, partners: tuple[str, ...]
) -> None:
    """A stop that opens now."""
    session.execute(
        insert(Stop).values(id=id, outing_id=outing, place_id=place, opened_at=opened_at, partners=list(partners))
    )


def close_stop(session: Connection, id: str, closed_at: datetime) -> None:
    """Closes a stop."""
    session.execute(update(Stop).where(Stop.id == id).values(closed_at=closed_at))


def open_stop(session: Connection) -> str | None:
    """The id of the stop still open."""
    query = select(Stop.id).where(Stop.closed_at.is_(None)).order_by(Stop.opened_at.desc()).limit(1)
    return session.execute(query).scalar()


def stop_at(session: Connection, place: str, at: datetime) -> str | None:
    """The stop that was open at a place at a time."""
    return session.execute(_STOP_AT, {"place": place, "at": at}).scalar()


def stops_of(session: Connection, day: date) -> list[Any]:
    """The day's stops (and one left open on another day) with place and counts, in order of opening."""
    named = func.count(Encounter.id).filter(Encounter.kind == "named")
    query = (
        select(
            Stop.id,
            Stop.opened_at,
            Stop.closed_at,
            Stop.partners,
            Kept.id.label("place_id"),
            Kept.name,
            Kept.setting,
            Kept.commune,
            Kept.qpv,
            func.count(Encounter.id).label("encounters"),
            named.label("registrations"),
        )
        .join(Outing, Outing.id == Stop.outing_id)
        .join(Kept, Kept.id == Stop.place_id)
        .outerjoin(Encounter, Encounter.stop_id == Stop.id)
        .where(or_(Outing.day == day, Stop.closed_at.is_(None)))
        .group_by(Stop.id)
        .order_by(Stop.opened_at)
    )
    return list(session.execute(query).all())
