"""The figures of what has gone: written as it goes, added to those of what is still known."""

from collections import Counter
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from milomobile.domain import retention
from milomobile.store.law_tables import Tally
from milomobile.store.tables import Encounter

Key = tuple[str, str, str, str]
"""(month or day, fact, value, sex)."""


def add(session: Connection, contacts: Counter[Key], people: Counter[Key]) -> None:
    """Adds to what was counted before."""
    rows = [
        {"month": month, "fact": fact, "value": value, "sex": sex, "contacts": contacts[key], "people": people[key]}
        for key in contacts.keys() | people.keys()
        for month, fact, value, sex in [key]
    ]
    if not rows:
        return
    statement = insert(Tally)
    more = {name: getattr(Tally, name) + statement.excluded[name] for name in ("contacts", "people")}
    session.execute(statement.on_conflict_do_update(index_elements=["month", "fact", "value", "sex"], set_=more), rows)


def people(session: Connection, first: date, last: date, fact: str = retention.NEXT) -> int:
    """How many people of a period are known by these counts alone; `fact` may be that of those from outside."""
    return sum(people_by_sex(session, first, last, fact).values())


def people_by_sex(session: Connection, first: date, last: date, fact: str = retention.NEXT) -> Counter[str]:
    """The same by sex."""
    query = select(Tally.month, Tally.value, Tally.sex, Tally.people).where(Tally.fact == fact)
    rows = session.execute(query.where(Tally.month.between(first.isoformat(), last.isoformat()))).all()
    whole = bool(rows) and _nobody_after(session, last)
    found = Counter[str]()
    for day, again, sex, many in rows:
        if retention.counts(again, date.fromisoformat(day), first, last, whole):
            found[sex] += many
    return found


def _nobody_after(session: Connection, last: date) -> bool:
    """Whether no named encounter followed in the month of a day."""
    within = (Encounter.day > last, Encounter.day <= retention.month_s_end(last))
    later = select(Encounter.id).where(Encounter.kind == "named", *within)
    return session.execute(later.limit(1)).first() is None


def gone(session: Connection) -> int:
    """How many files went for their age, which the programme's goal still counts."""
    query = select(func.coalesce(func.sum(Tally.people), 0)).where(Tally.fact == retention.GONE)
    return session.execute(query).scalar_one()
