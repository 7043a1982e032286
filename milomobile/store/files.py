"""What the office's files are made of: rows streamed out of the encrypted file."""

from collections import namedtuple
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, String, and_, func, select, type_coerce, union
from sqlalchemy.orm import aliased

from milomobile.domain.dates import LOCAL
from milomobile.store.day_tables import Place
from milomobile.store.encounters import SETTING
from milomobile.store.rights import USABLE
from milomobile.store.tables import Adviser, Appointment, Encounter, Journal, Person

_AT_ONCE = 500


def _roots() -> Any:
    """(id, root) of everybody who was found to be somebody else at last."""
    into = select(Person.id, Person.merged_into.label("root")).where(Person.merged_into.is_not(None))
    chain = into.cte("chain", recursive=True)
    between = aliased(Person)
    chain = chain.union_all(
        select(chain.c.id, between.merged_into)
        .join(between, between.id == chain.c.root)
        .where(between.merged_into.is_not(None))
    )
    ends = select(chain.c.id, chain.c.root).where(chain.c.root.not_in(select(chain.c.id)))
    return ends.cte("root")


_ROOT = _roots()
_WHO = func.coalesce(_ROOT.c.root, Encounter.person_id)
_CONTACT: Mapping[str, Any] = {
    **{
        name: Encounter.__table__.columns[name]
        for name in (
            "kind day age_band sex women men unspecified origin known category inactive_since level diploma "
            "registered_ft outcome recall_on notice_how"
        ).split()
    },
    "needs": type_coerce(Encounter.needs, String),
    "place": Place.name,
    "setting": SETTING,
    "place_commune": Place.commune,
    "place_qpv": Place.qpv,
    "adviser": Adviser.name,
    **{
        f"person_{name}": Person.__table__.columns[name]
        for name in (
            "given_name birth_name birth_date stated_age sex phone email postal_code commune qpv qpv_status handover "
            "imilo_number"
        ).split()
    },
    "meeting_at": Appointment.at,
    "meeting_place": Appointment.place,
    "hidden": and_(Encounter.person_id.is_not(None), Person.id.is_(None)),
    "reduced_at": type_coerce(Encounter.reduced_at, String),
}
_CONTACTS = (
    select(*(column.label(name) for name, column in _CONTACT.items()))
    .select_from(Encounter)
    .join(Place, Place.id == Encounter.place_id)
    .join(Adviser, Adviser.id == Encounter.adviser_id)
    .outerjoin(_ROOT, _ROOT.c.id == Encounter.person_id)
    .outerjoin(Person, and_(Person.id == _WHO, USABLE))
    .outerjoin(Appointment, and_(Appointment.encounter_id == Encounter.id, Person.id.is_not(None)))
    .order_by(Encounter.day, Encounter.at)
)


def contacts(session: Connection, first: date, last: date) -> Iterator[Any]:
    """One row an encounter of the period, oldest first; `needs` is JSON, `reduced_at` is known where its answers are gone.

    Whoever was found to be somebody else is shown as them; who limited the use of their file or objected has no name,
    and is `hidden`.
    """
    return _streamed(session, _CONTACTS.where(Encounter.day.between(first, last)), tuple(_CONTACT))


def count(session: Connection, first: date, last: date) -> int:
    """How many encounters a period has."""
    query = select(func.count()).select_from(Encounter).where(Encounter.day.between(first, last))
    return session.execute(query).scalar_one()


_TO_TYPE = (
    "id sex birth_name usual_name given_name birth_date birth_place birth_country address postal_code commune phone email "
    "guardian_name guardian_phone"
).split()


def handovers(session: Connection, first: date, last: date) -> Iterator[Any]:
    """One row a person met in the period who is still to be handed over, in the order they were last met."""
    met = (
        select(_WHO.label("who"), func.max(Encounter.at).label("at"), Encounter.category, Encounter.level)
        .outerjoin(_ROOT, _ROOT.c.id == Encounter.person_id)
        .where(Encounter.day.between(first, last), Encounter.person_id.is_not(None))
        .group_by(_WHO)
        .subquery()
    )
    query = select(*(Person.__table__.columns[name] for name in _TO_TYPE), met.c.category, met.c.level)
    query = query.join(met, met.c.who == Person.id).where(USABLE, Person.handover == "A_RATTACHER")
    return _streamed(session, query.order_by(met.c.at), (*_TO_TYPE, "category", "level"))


def limited(session: Connection, first: date, last: date) -> int:
    """How many people met in a period limited the use of their file or objected."""
    met = select(_WHO).outerjoin(_ROOT, _ROOT.c.id == Encounter.person_id)
    here = Person.id.in_(met.where(Encounter.day.between(first, last)))
    return session.execute(select(func.count()).select_from(Person).where(here, ~USABLE)).scalar_one()


_TO_CALL = "id birth_name given_name birth_date stated_age phone email preference agrees_call agrees_sms".split()


def recalls(session: Connection, first: date, last: date) -> Iterator[Any]:
    """One row a person to call back within the period and not met since they asked for it, the longest due first."""
    asked = select(_WHO).outerjoin(_ROOT, _ROOT.c.id == Encounter.person_id)
    asked = asked.where(Encounter.recall_on.between(first, last), Encounter.person_id.is_not(None))
    theirs = union(asked, select(_ROOT.c.id).where(_ROOT.c.root.in_(asked)))
    met = (
        select(
            _WHO.label("who"),
            func.max(Encounter.at).label("at"),
            *(Encounter.__table__.columns[name] for name in ("recall_on", "day", "outcome", "place_id", "adviser_id")),
            type_coerce(Encounter.needs, String).label("needs"),
        )
        .outerjoin(_ROOT, _ROOT.c.id == Encounter.person_id)
        .where(Encounter.person_id.in_(theirs))
        .group_by(_WHO)
        .subquery()
    )
    told = (met.c.recall_on, met.c.day, met.c.outcome, met.c.needs, Place.name, Adviser.name)
    query = (
        select(*(Person.__table__.columns[name] for name in _TO_CALL), *told)
        .join(met, met.c.who == Person.id)
        .join(Place, Place.id == met.c.place_id)
        .join(Adviser, Adviser.id == met.c.adviser_id)
        .where(met.c.recall_on.between(first, last), USABLE)
        .order_by(met.c.recall_on, met.c.at)
    )
    names = (*_TO_CALL, "recall_on", "day", "outcome", "needs", "place", "adviser")
    return _streamed(session, query, names)


def deeds(session: Connection, first: date, last: date) -> Iterator[Any]:
    """(at, who, what, id) of the journal's lines of a period, oldest first; `who` is a name where it is known."""
    who = func.coalesce(Adviser.name, Journal.who).label("who")
    query = select(Journal.at, who, Journal.what, Journal.id).outerjoin(Adviser, Adviser.id == Journal.who)
    begins, ends = (datetime.combine(day, time(), LOCAL) for day in (first, last + timedelta(days=1)))
    query = query.where(Journal.at >= begins, Journal.at < ends).order_by(Journal.seq)
    return _streamed(session, query, ("at", "who", "what", "id"))


def _streamed(session: Connection, query: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Rows read by name many times a line: four times faster than those of the library."""
    kind: Any = namedtuple("Row", names)  # type: ignore[misc]
    for rows in session.execute(query.execution_options(yield_per=_AT_ONCE)).partitions():
        yield from map(kind._make, rows)
