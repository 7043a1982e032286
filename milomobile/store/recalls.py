"""À rappeler: whose last encounter asked for a call back, on which day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select
from sqlalchemy.orm import aliased

from milomobile.store.people import roots
from milomobile.store.rights import USABLE
from milomobile.store.tables import Encounter, Person

_ROOT, _PART, _LATER = roots(), roots(), aliased(Encounter)
_WHO = func.coalesce(_ROOT.c.root, Encounter.person_id)
"""Who was met, under whom their file was found to be where there were several."""
_PARTS = select(_PART.c.id).where(_PART.c.root == _WHO).correlate(Encounter, _ROOT)
"""Two selects deep nothing is correlated unless it is said: these would be the parts of anybody."""
_THEIRS = or_(_LATER.person_id == _WHO, _LATER.person_id.in_(_PARTS))
_DUE = (Encounter.recall_on.is_not(None), ~exists().where(_LATER.at > Encounter.at, _THEIRS))
_ASKED = (_WHO.label("who"), Encounter.recall_on, Encounter.outcome, Encounter.at)


def _due(day: date) -> Any:
    query = select(*_ASKED).outerjoin(_ROOT, _ROOT.c.id == Encounter.person_id)
    return query.where(*_DUE, Encounter.recall_on <= day)


def due(session: Connection, day: date) -> list[Any]:
    """(person, given_name, birth_name, phone, recall_on, outcome) of whom to call on that day or since, the longest due first."""
    asked = _due(day).cte("asked").prefix_with("MATERIALIZED")
    who = (Person.id.label("person"), Person.given_name, Person.birth_name, Person.phone)
    query = select(*who, asked.c.recall_on, asked.c.outcome).join(asked, asked.c.who == Person.id)
    return list(session.execute(query.where(USABLE).order_by(asked.c.recall_on, asked.c.at)).all())


def is_due(day: date) -> ColumnElement[bool]:
    """For the rows of `person`: whether somebody is to be called on that day or since."""
    return USABLE & Person.id.in_(select(_due(day).subquery().c.who))


def count(session: Connection, day: date) -> int:
    """How many are to be called on that day or since."""
    query = select(func.count()).select_from(Person).where(is_due(day), Person.merged_into.is_(None))
    return session.execute(query).scalar_one()
