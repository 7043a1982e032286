"""Outings, stops and places in the file."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, delete, false, func, insert, not_, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from milomobile.domain.outings import Place
from milomobile.domain.texts import plain
from milomobile.store.day_tables import Outing, PlannedStop, Stop
from milomobile.store.day_tables import Place as Kept
from milomobile.store.tables import Adviser, Encounter, Reference

_PLACES = select(Kept.id, Kept.name, Kept.setting, Kept.commune, Kept.qpv)
_PLACE_NAMED = _PLACES.where(Kept.key == bindparam("key"))
_STILL_OPEN = or_(Stop.closed_at.is_(None), Stop.closed_at >= bindparam("at"))
_STOP_AT = (
    select(Stop.id)
    .where(Stop.place_id == bindparam("place"), Stop.opened_at <= bindparam("at"), _STILL_OPEN)
    .order_by(Stop.opened_at.desc())
    .limit(1)
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


def outing_of(session: Connection, day: date) -> Any:
    """(id, team) of the day's outing, or None."""
    return session.execute(select(Outing.id, Outing.team).where(Outing.day == day)).first()


def add_outing(session: Connection, id: str, day: date, team: Sequence[str]) -> None:
    """A new outing."""
    session.execute(insert(Outing).values(id=id, day=day, team=list(team)))


def put_team(session: Connection, outing: str, team: Sequence[str]) -> None:
    """Who is aboard that day."""
    session.execute(update(Outing).where(Outing.id == outing).values(team=list(team)))


def add_stop(session: Connection, id: str, outing: str, place: str, values: Mapping[str, Any]) -> None:
    """A new stop; `values` are `opened_at`, `closed_at`, `partners` and `remark`."""
    session.execute(insert(Stop).values(id=id, outing_id=outing, place_id=place, **values))


def change_stop(session: Connection, id: str, values: Mapping[str, Any]) -> None:
    """A stop's hours, partners or remark in place of those before."""
    session.execute(update(Stop).where(Stop.id == id).values(**values))


def move_stop(session: Connection, id: str, place: str) -> list[str]:
    """A stop was at another place, and whoever was registered there was met at it: the ids of these encounters."""
    session.execute(update(Stop).where(Stop.id == id).values(place_id=place))
    moved = update(Encounter).where(Encounter.stop_id == id).values(place_id=place)
    return list(session.execute(moved.returning(Encounter.id)).scalars())


def forget_stop(session: Connection, id: str) -> None:
    """Takes a stop out of the file."""
    session.execute(delete(Stop).where(Stop.id == id))


def stop_at(session: Connection, place: str, at: datetime) -> str | None:
    """The stop that was open at a place at a time, the last opened of several."""
    return session.execute(_STOP_AT, {"place": place, "at": at}).scalar()


def follow(
    session: Connection, stop: str, place: str, opened_at: datetime, closed_at: datetime | None
) -> dict[str, str | None]:
    """Attaches to a stop whom was met at its place within its hours, and parts from it whom was not: encounter → stop."""
    within = (Encounter.at >= opened_at, *([Encounter.at <= closed_at] if closed_at else []))
    here = and_(Encounter.place_id == place, *within)
    come = select(Encounter.id).where(here, Encounter.stop_id.is_distinct_from(stop))
    gone = select(Encounter.id).where(Encounter.stop_id == stop, not_(here))
    moved: dict[str, str | None] = dict.fromkeys(session.execute(gone).scalars())
    moved |= dict.fromkeys(session.execute(come).scalars(), stop)
    for encounter, to in moved.items():
        session.execute(update(Encounter).where(Encounter.id == encounter).values(stop_id=to))
    return moved


def stops_of(session: Connection, day: date) -> list[Any]:
    """The day's stops with place, team and counts, in order of opening."""
    return list(session.execute(_STOPS.where(Outing.day == day)).all())


def met_elsewhere(session: Connection, day: date, stops: Collection[str]) -> list[Any]:
    """(place, first, last, encounters, registrations) of who was met that day at none of these stops, by the hour."""
    first = func.min(Encounter.at).label("first")
    named = func.sum(case((Encounter.kind == "named", 1), else_=0))
    query = (
        select(Kept.name, first, func.max(Encounter.at), func.count(), named)
        .join(Kept, Kept.id == Encounter.place_id)
        .where(Encounter.day == day, or_(Encounter.stop_id.is_(None), Encounter.stop_id.not_in(stops)))
        .group_by(Kept.name)
        .order_by(first)
    )
    return list(session.execute(query).all())


def still_open(session: Connection) -> list[Any]:
    """The stops that nobody closed, in order of opening."""
    return list(session.execute(_STOPS.where(Stop.closed_at.is_(None))).all())


def around(session: Connection, day: date) -> list[Any]:
    """The stops of a day and of those beside it: no other can have an hour in common with one of that day."""
    near = Outing.day.between(day - timedelta(days=1), day + timedelta(days=1))
    return list(session.execute(_STOPS.where(near)).all())


def stop(session: Connection, id: str) -> Any:
    """One stop as in `stops_of`, or None."""
    return session.execute(_STOPS.where(Stop.id == id)).first()


def last_day(session: Connection, before: date) -> date | None:
    """The last day before another that had stops."""
    query = select(func.max(Outing.day)).join(Stop, Stop.outing_id == Outing.id).where(Outing.day < before)
    return session.execute(query).scalar()


def planned(session: Connection, day: date) -> list[Any]:
    """The stops to come of a day with their place, by hour; those without one last."""
    return list(session.execute(_PLANNED.where(PlannedStop.day == day)).all())


def plan(session: Connection, id: str, values: Mapping[str, Any]) -> None:
    """Keeps a stop to come, in place of the one of that id."""
    statement = upsert(PlannedStop).values(id=id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=dict(values)))


def unplan(session: Connection, id: str, before: date | None = None) -> None:
    """Forgets a stop to come, and those of the days before."""
    old = PlannedStop.day < before if before else false()
    session.execute(delete(PlannedStop).where(or_(PlannedStop.id == id, old)))


def advisers(session: Connection) -> list[str]:
    """The names of who uses this laptop, then those of the office's list."""
    here = session.execute(select(Adviser.name).order_by(Adviser.name)).scalars()
    query = select(Reference.body).where(Reference.kind == "adviser").order_by(Reference.id)
    told = (str(body["name"]) for body in session.execute(query).scalars() if body.get("name"))
    return list(dict.fromkeys((*here, *told)))


_STOPS = (
    select(
        Stop.id,
        Stop.outing_id,
        Stop.opened_at,
        Stop.closed_at,
        Stop.partners,
        Stop.remark,
        Outing.team,
        Kept.id.label("place_id"),
        Kept.name,
        Kept.setting,
        Kept.commune,
        Kept.qpv,
        func.count(Encounter.id).label("encounters"),
        func.count(Encounter.id).filter(Encounter.kind == "named").label("registrations"),
    )
    .join(Outing, Outing.id == Stop.outing_id)
    .join(Kept, Kept.id == Stop.place_id)
    .outerjoin(Encounter, Encounter.stop_id == Stop.id)
    .group_by(Stop.id)
    .order_by(Stop.opened_at)
)
_PLANNED = (
    select(
        PlannedStop.id,
        PlannedStop.day,
        PlannedStop.starts,
        PlannedStop.ends,
        PlannedStop.partners,
        Kept.id.label("place_id"),
        Kept.name,
        Kept.setting,
        Kept.commune,
        Kept.qpv,
    )
    .join(Kept, Kept.id == PlannedStop.place_id)
    .order_by(PlannedStop.starts.is_(None), PlannedStop.starts, PlannedStop.id)
)


def communes_of_places(session: Connection) -> dict[str, str | None]:
    """Name of each place → INSEE code of its commune."""
    return {name: commune for name, commune in session.execute(select(Kept.name, Kept.commune))}  # noqa: C416
