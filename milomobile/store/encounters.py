"""Encounters, appointments and drafts in the file."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from milomobile.store.day_tables import Place
from milomobile.store.people import roots
from milomobile.store.tables import Adviser, Appointment, Draft, Encounter, Outbox, Person

_ADD = insert(Encounter.__table__)  # type: ignore[arg-type]
_EXISTS = select(Encounter.id).where(Encounter.id == bindparam("id"))


def exists(session: Connection, id: str) -> bool:
    """Whether an encounter of that id was kept."""
    return session.execute(_EXISTS, {"id": id}).scalar() is not None


def add(session: Connection, values: dict[str, Any]) -> None:
    """A new encounter; `values` are the columns of the table."""
    session.execute(_ADD, values)


def get(session: Connection, id: str) -> Any:
    """The whole row of an encounter, or None."""
    return session.execute(select(*Encounter.__table__.columns).where(Encounter.id == id)).first()


def last_of(session: Connection, people: Collection[str]) -> Any:
    """(id, at, place) of the last encounter with someone, or None; `people` as in `of_person`."""
    query = select(Encounter.id, Encounter.at, Place.name.label("place")).join(Place, Place.id == Encounter.place_id)
    met = query.where(Encounter.person_id.in_(people)).order_by(Encounter.at.desc(), Encounter.seq.desc())
    return session.execute(met.limit(1)).first()


def first_of(session: Connection, person: str) -> str | None:
    """The id of someone's first encounter."""
    return session.execute(
        select(Encounter.id).where(Encounter.person_id == person).order_by(Encounter.at).limit(1)
    ).scalar()


def correct(session: Connection, id: str, values: dict[str, Any]) -> None:
    """An encounter's answers in place of those before."""
    session.execute(update(Encounter).where(Encounter.id == id).values(reduced_at=None, **values))


def forget(session: Connection, id: str) -> None:
    """Takes an encounter without a person out of the file."""
    session.execute(delete(Encounter).where(Encounter.id == id, Encounter.person_id.is_(None)))


def add_appointment(session: Connection, id: str, person: str, encounter: str, at: datetime, place: str) -> None:
    """A meeting to come."""
    session.execute(insert(Appointment).values(id=id, person_id=person, encounter_id=encounter, at=at, place=place))


def appointment_of(session: Connection, encounter: str) -> Any:
    """(id, at, place) of the meeting taken at an encounter, or None."""
    query = select(Appointment.id, Appointment.at, Appointment.place).where(Appointment.encounter_id == encounter)
    return session.execute(query).first()


def move_appointment(session: Connection, id: str, at: datetime, place: str) -> None:
    """A meeting at another time or place."""
    session.execute(update(Appointment).where(Appointment.id == id).values(at=at, place=place))


def tell(session: Connection, id: str, status: str) -> None:
    """Whether somebody came to a meeting, as the office says: a code of `rdv_statut`."""
    session.execute(update(Appointment).where(Appointment.id == id).values(status=status))


def drop_appointment(session: Connection, id: str) -> None:
    """A meeting that will not be."""
    session.execute(delete(Appointment).where(Appointment.id == id))


SETTING = func.coalesce(Encounter.setting, Place.setting)
"""In what setting somebody was met: their own where it was not the place's."""
_SENT = (Outbox.state != "waiting").label("sent")


def of_day(session: Connection, day: date) -> list[Any]:
    """The day's encounters, newest first, with what a list shows."""
    query = (
        select(
            Encounter.id,
            Encounter.kind,
            Encounter.at,
            Encounter.person_id,
            Encounter.age_band,
            Encounter.sex,
            Encounter.women,
            Encounter.men,
            Encounter.unspecified,
            Encounter.needs,
            Encounter.outcome,
            Person.given_name,
            Person.birth_name,
            Person.birth_date,
            Person.stated_age,
            Appointment.at.label("meeting_at"),
            Appointment.place.label("meeting_place"),
            _SENT,
        )
        .outerjoin(Person, Person.id == Encounter.person_id)
        .outerjoin(Appointment, Appointment.encounter_id == Encounter.id)
        .outerjoin(Outbox, Outbox.seq == Encounter.seq)
        .where(Encounter.day == day)
        .order_by(Encounter.at.desc(), Encounter.seq.desc())
    )
    return list(session.execute(query).all())


def of_person(session: Connection, people: Collection[str]) -> list[Any]:
    """Someone's encounters, newest first; `people` are all who were found to be them."""
    query = (
        select(
            Encounter.id,
            Encounter.at,
            Encounter.needs,
            Encounter.outcome,
            Encounter.category,
            Place.name.label("place"),
            SETTING.label("setting"),
            Adviser.name.label("adviser"),
            _SENT,
        )
        .join(Place, Place.id == Encounter.place_id)
        .join(Adviser, Adviser.id == Encounter.adviser_id)
        .outerjoin(Outbox, Outbox.seq == Encounter.seq)
        .where(Encounter.person_id.in_(people))
        .order_by(Encounter.at.desc(), Encounter.seq.desc())
    )
    return list(session.execute(query).all())


def appointments_of(session: Connection, people: Collection[str], after: datetime) -> list[tuple[datetime, str]]:
    """Someone's meetings still to come, next first; `people` as in `of_person`."""
    query = select(Appointment.at, Appointment.place).where(Appointment.person_id.in_(people), Appointment.at >= after)
    return [(at, place) for at, place in session.execute(query.order_by(Appointment.at))]


def figures(session: Connection, first: date, last: date) -> dict[str, int]:
    """Counts of a period: encounters, registrations, anonymous, groups, people_met, people (each once)."""
    part = roots()
    row = session.execute(
        select(
            func.count(),
            func.count().filter(Encounter.kind == "named"),
            func.count().filter(Encounter.kind == "anonymous"),
            func.count().filter(Encounter.kind == "group"),
            func.coalesce(func.sum(Encounter.women + Encounter.men + Encounter.unspecified), 0),
            func.count(func.coalesce(part.c.root, Encounter.person_id).distinct()),
        )
        .select_from(Encounter)
        .outerjoin(part, part.c.id == Encounter.person_id)
        .where(Encounter.day.between(first, last))
    ).one()
    names = ("encounters", "registrations", "anonymous", "groups", "people_met", "people")
    return dict(zip(names, row, strict=True))


def homes(session: Connection, first: date, last: date) -> list[tuple[str | None, str | None, str | None, int]]:
    """Commune, country, Mission Locale → how many people met in a period, each counted once."""
    where, part = (Person.commune, Person.country, Person.structure), roots()
    query = select(*where, func.count(Person.id.distinct())).select_from(Encounter)
    query = query.outerjoin(part, part.c.id == Encounter.person_id)
    query = query.join(Person, Person.id == func.coalesce(part.c.root, Encounter.person_id))
    found = session.execute(query.where(Encounter.day.between(first, last)).group_by(*where))
    return [(commune, country, structure, many) for commune, country, structure, many in found]


def count(session: Connection) -> int:
    """How many encounters the file knows."""
    return session.execute(select(func.count()).select_from(Encounter)).scalar_one()


def keep_draft(session: Connection, id: str, adviser: str, kept_at: datetime, answers: dict[str, object]) -> None:
    """Keeps a half-filled form of an adviser, in place of what was kept under that id."""
    values = {"kept_at": kept_at, "answers": answers}
    session.execute(
        upsert(Draft)
        .values(id=id, adviser_id=adviser, **values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )


def drop_draft(session: Connection, id: str) -> None:
    """Forgets a draft."""
    session.execute(Draft.__table__.delete().where(Draft.id == id))  # type: ignore[attr-defined]


def drafts(session: Connection, adviser: str) -> list[Any]:
    """The drafts of an adviser, last kept first."""
    query = select(Draft.id, Draft.kept_at, Draft.answers).where(Draft.adviser_id == adviser)
    return list(session.execute(query.order_by(Draft.kept_at.desc())).all())
