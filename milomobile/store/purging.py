"""What the law says must go, found and taken out: never before it is safe at the server."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, func, or_, select, text, union, union_all, update

from milomobile.domain import retention
from milomobile.domain.dates import LOCAL, age_on
from milomobile.domain.retention import LASTING, STRIPPED
from milomobile.store import tallies
from milomobile.store.day_tables import Stop
from milomobile.store.directory_tables import Referral
from milomobile.store.sought_tables import Sought, SoughtKey
from milomobile.store.tables import Appointment, Correction, Encounter, Outbox, Person, PersonKey

_UNSAFE = (
    Outbox.line.is_not(None) & Outbox.taken_at.is_(None),
    Outbox.line.is_not(None) & Outbox.taken_at.is_not(None),
    Outbox.state == "waiting",
    (Outbox.state == "refused") & Outbox.aside.is_(None),
)
"""A line that is not safe at the server: not taken, not looked at, or its bytes not yet old (`store.ageing`); of each case
there is an index.
"""
_LOST = Outbox.state == "gone"
"""One that the server does not have: of whom nothing goes before the name does."""
_CLEARED: dict[str, Any] = {
    column.name: [] if column.name in ("resources", "audiences", "needs", "barriers") else None
    for column in Encounter.__table__.columns
    if column.name not in LASTING
}
_PERSON = (Person.id, Person.last_at, Person.numbered_at, Person.restricted_at)


@dataclass(frozen=True)
class Circle:
    """Files found to be of one person, and whether their names go or only what is not on the short list."""

    root: str
    ids: tuple[str, ...]
    erased: bool


def find(session: Connection, now: datetime, months: int) -> tuple[list[Circle], int]:
    """(whose files are to go or to be reduced, how many names would go but are not safe at the server).

    Whoever asked that the use of their file be limited asked that it be kept (RGPD art. 18).
    """
    day, unsafe, lost = now.astimezone(LOCAL).date(), _owners(session, *_UNSAFE), _owners(session, _LOST)
    meeting = set(session.execute(select(Appointment.person_id).where(Appointment.at >= now)).scalars())
    whole = set(session.execute(select(Person.id).where(_is_whole(now))).scalars())
    circles = _circles(session, _met_before(session, day, months) | (whole - unsafe - lost))
    found, left = [], 0
    for root, rows in circles.items():
        ids = tuple(row.id for row in rows)
        erased = _is_old(rows, day, months) and meeting.isdisjoint(ids)
        if not erased and whole.isdisjoint(ids):
            continue
        limited = any(row.restricted_at for row in rows)
        if not limited and unsafe.isdisjoint(ids) and (erased or lost.isdisjoint(ids)):
            found.append(Circle(root, ids, erased))
        else:
            left += erased
    return found, left


def _met_before(session: Connection, day: date, months: int) -> set[str]:
    """The files of which at least one day is older than names are kept."""
    before = retention.months_before(day, months)
    start = datetime(before.year, before.month, before.day, tzinfo=LOCAL)
    old = or_(Person.last_at < start, Person.numbered_at < start)
    return set(session.execute(select(Person.id).where(old)).scalars())


def _circles(session: Connection, some: set[str]) -> dict[str, list[Any]]:
    """The files found to be of one person, by whose they are at last, of everybody of whom one is among some."""
    query = select(Person.id, Person.merged_into).where(Person.merged_into.is_not(None))
    into = {row.id: row.merged_into for row in session.execute(query)}

    def root(id: str) -> str:
        while id in into:
            id = into[id]
        return id

    roots = {root(id) for id in some}
    every = roots | {id for id in into if root(id) in roots}
    found: dict[str, list[Any]] = defaultdict(list)
    these = text("SELECT value FROM json_each(:ids)").bindparams(ids=json.dumps(sorted(every)))
    for row in session.execute(select(*_PERSON).where(Person.id.in_(these))):
        found[root(row.id)].append(row)
    return found


def _is_old(rows: Iterable[Any], day: date, months: int) -> bool:
    numbered = [row.numbered_at.astimezone(LOCAL).date() for row in rows if row.numbered_at]
    last = max(row.last_at for row in rows).astimezone(LOCAL).date()
    return retention.is_old(last, min(numbered, default=None), day, months)


def _is_whole(now: datetime) -> ColumnElement[bool]:
    """Of whom more than the short list is here."""

    def has(column: Any, *where: Any) -> ColumnElement[bool]:
        return Person.id.in_(select(column).where(column.is_not(None), *where))

    return or_(
        Person.reduced_at.is_(None),
        has(Encounter.person_id, Encounter.reduced_at.is_(None)),
        has(Referral.person_id),
        has(Correction.person_id),
        has(Appointment.person_id, Appointment.at < now),
    )


def _owners(session: Connection, *such: ColumnElement[bool]) -> set[str]:
    """Of whom there are such lines: each condition is looked up by itself."""
    lines = union_all(*(select(Outbox.entity, Outbox.entity_id).where(one) for one in such))
    about = lines.cte("about").prefix_with("MATERIALIZED")
    own = select(about.c.entity_id).where(about.c.entity.in_(("person", "reserved")))
    tables: tuple[tuple[str, Any], ...] = (
        ("encounter", Encounter),
        ("appointment", Appointment),
        ("referral", Referral),
    )
    theirs = (
        select(table.person_id).join_from(about, table, table.id == about.c.entity_id).where(about.c.entity == entity)
        for entity, table in tables
    )
    return set(session.execute(union(own, *theirs)).scalars())


def stamp(session: Connection) -> int:
    """Changes with every act on people: what was found at one stamp still holds at the same."""
    return session.execute(select(func.coalesce(func.max(Outbox.seq), 0))).scalar_one()


def count_unlinked(session: Connection, circles: Sequence[Circle]) -> int:
    """How many encounters would be nobody's any more."""
    query = select(Encounter.person_id, func.count()).where(Encounter.person_id.is_not(None))
    of = {id: many for id, many in session.execute(query.group_by(Encounter.person_id))}  # noqa: C416
    return sum(max(0, of.get(id, 0) - (not circle.erased)) for circle in circles for id in circle.ids)


def carry_out(session: Connection, circles: Sequence[Circle], now: datetime, outside: Callable[[Any], bool]) -> int:
    """Takes out what goes of some people, after adding it to the figures; returns how many encounters lost their person.

    `outside` tells whether a row of `person` belongs to another Mission Locale.
    """
    contacts, counted = Counter[tallies.Key](), Counter[tallies.Key]()
    ids = [id for circle in circles for id in circle.ids]
    rows = {row.id: row for row in session.execute(select(*Person.__table__.columns).where(Person.id.in_(ids)))}
    met = defaultdict(list)
    for row in session.execute(select(*Encounter.__table__.columns).where(Encounter.person_id.in_(ids))):
        met[row.person_id].append(row)
    unlinked: list[str] = []
    begun: dict[str, bool | None] = {}
    for circle in circles:
        gone = _count(circle, rows, met, outside(rows[circle.root]), contacts, counted)
        every = [row for id in circle.ids for row in met[id]]
        begun |= retention.begun(every, {row.id for row in every}.difference(gone))
        unlinked += gone
        if circle.erased:
            root = rows[circle.root]
            counted[retention.month(root.last_at.astimezone(LOCAL).date()), retention.GONE, "", root.sex] += 1
    tallies.add(session, contacts, counted)
    _empty_words(session, ids, [row.id for every in met.values() for row in every])
    _strip(session, ids, unlinked, now)
    _tell_first(session, begun)
    _forget(session, [id for circle in circles if circle.erased for id in circle.ids])
    return len(unlinked)


def _count(
    circle: Circle,
    people: Mapping[str, Any],
    met: Mapping[str, Sequence[Any]],
    outside: bool,
    contacts: Counter[tallies.Key],
    counted: Counter[tallies.Key],
) -> list[str]:
    """Adds the answers and days of one circle to the counters; returns the ids of encounters that are theirs no more."""
    every = [row for id in circle.ids for row in met[id]]
    kept = [] if circle.erased else [retention.last_of(met[id]) for id in circle.ids if met[id]]
    staying = {row.id for row in kept}
    gone = [row for row in every if row.id not in staying]
    _count_answers(people, every, contacts, counted)
    for one in retention.leaving(*((row.day for row in rows) for rows in (every, gone, kept))):
        for fact in (retention.NEXT, *([retention.OUTSIDE] if outside else [])):
            counted[one.day.isoformat(), fact, one.again, people[circle.root].sex] += 1
    return [row.id for row in gone]


def _strip(session: Connection, ids: Sequence[str], unlinked: Sequence[str], now: datetime) -> None:
    """What is not on the short list, and the link of encounters that are not the last."""
    cleared = {name: said for name, said in _CLEARED.items() if name != "recall_on"}
    session.execute(update(Encounter).where(Encounter.person_id.in_(ids)).values(**cleared | {"reduced_at": now}))
    session.execute(update(Encounter).where(Encounter.id.in_(unlinked)).values(person_id=None, recall_on=None))
    session.execute(delete(Appointment).where(Appointment.person_id.in_(ids), Appointment.at < now))
    session.execute(update(Appointment).where(Appointment.encounter_id.in_(unlinked)).values(encounter_id=None))
    session.execute(delete(Correction).where(Correction.person_id.in_(ids)))
    session.execute(delete(Referral).where(Referral.person_id.in_(ids)))
    session.execute(update(Person).where(Person.id.in_(ids)).values(**STRIPPED, reduced_at=now))


def _tell_first(session: Connection, begun: Mapping[str, bool | None]) -> None:
    """Keeps whether an encounter was the first with its person, where nothing else tells it from now on."""
    for first in (False, True):
        ids = [id for id, told in begun.items() if told is first]
        session.execute(update(Encounter).where(Encounter.id.in_(ids)).values(first_met=first))


def _count_answers(
    people: Mapping[str, Any], met: Sequence[Any], contacts: Counter[tallies.Key], counted: Counter[tallies.Key]
) -> None:
    """The answers of encounters still whole; someone is counted once a month, not again after what was already reduced."""
    before = {retention.month(row.day) for row in met if row.reduced_at}
    seen = set[tallies.Key]()
    for row in met:
        if row.reduced_at:
            continue
        person = people[row.person_id]
        age = age_on(person.birth_date, row.day) if person.birth_date else person.stated_age
        month = retention.month(row.day)
        for fact, value in retention.facts(row._mapping, person._mapping, age):
            key = (month, fact, value, row.sex or "NSP")
            contacts[key] += 1
            counted[key] += key not in seen and month not in before
            seen.add(key)


def _forget(session: Connection, ids: Sequence[str]) -> None:
    """The names themselves, and all that finds them."""
    ranks = session.execute(select(Person.rank).where(Person.id.in_(ids))).scalars().all()
    if not ranks:
        return
    session.execute(text("DELETE FROM person_search WHERE rowid = :rank"), [{"rank": rank} for rank in ranks])
    listed = select(Sought.id).where(Sought.found_person.in_(ids))
    session.execute(delete(SoughtKey).where(SoughtKey.sought_id.in_(listed)))
    session.execute(delete(Sought).where(Sought.found_person.in_(ids)))
    session.execute(delete(PersonKey).where(PersonKey.person_id.in_(ids)))
    session.execute(delete(Appointment).where(Appointment.person_id.in_(ids)))
    session.execute(delete(Person).where(Person.id.in_(ids)))


def _empty_words(session: Connection, people: Sequence[str], met: Sequence[str]) -> None:
    """Why lines about these people were refused, and why they were set aside: words that may be about them."""
    said = or_(Outbox.reason.is_not(None), Outbox.aside.is_not(None))
    aside = case((Outbox.aside.is_not(None), ""))
    about = Outbox.entity_id.in_([*people, *met])
    session.execute(update(Outbox).where(said, about).values(reason=None, aside=aside))


def drop_lists(session: Connection, day: date) -> int:
    """Forgets people to look for whose list is no longer kept; returns how many."""
    old = Sought.keep_until < day
    session.execute(delete(SoughtKey).where(SoughtKey.sought_id.in_(select(Sought.id).where(old))))
    return session.execute(delete(Sought).where(old)).rowcount


def count_lists(session: Connection, day: date) -> int:
    """How many people to look for are on a list that is no longer kept."""
    return session.execute(select(func.count()).select_from(Sought).where(Sought.keep_until < day)).scalar_one()


def drop_remarks(session: Connection, before: date) -> int:
    """Empties the free text about stops older than a day, once it is safe at the server; returns how many."""
    waiting = select(Outbox.entity_id).where(Outbox.entity == "stop", or_(*_UNSAFE))
    old = (Stop.remark.is_not(None), Stop.opened_at < datetime(before.year, before.month, before.day, tzinfo=LOCAL))
    return session.execute(update(Stop).where(*old, Stop.id.not_in(waiting)).values(remark=None)).rowcount
