"""À rappeler: whose last encounter asked for a call back, on which day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select
from sqlalchemy.orm import aliased

from milomobile.store.rights import USABLE
from milomobile.store.tables import Encounter, Person

_LATER = aliased(Encounter)
_NOT_MET_SINCE = ~exists().where(_LATER.person_id == Encounter.person_id, _LATER.at > Encounter.at)
_DUE = (Encounter.recall_on.is_not(None), _NOT_MET_SINCE)


def due(session: Connection, day: date) -> list[Any]:
    """(person, given_name, birth_name, phone, recall_on, outcome) of whom to call on that day or since, the longest due first."""
    query = (
        select(
            Person.id.label("person"),
            Person.given_name,
            Person.birth_name,
            Person.phone,
            Encounter.recall_on,
            Encounter.outcome,
        )
        .join(Person, Person.id == Encounter.person_id)
        .where(*_DUE, Encounter.recall_on <= day, Person.merged_into.is_(None), USABLE)
        .order_by(Encounter.recall_on, Encounter.at)
    )
    return list(session.execute(query).all())


def is_due(day: date) -> ColumnElement[bool]:
    """For the rows of `person`: whether somebody is to be called on that day or since."""
    return USABLE & Person.id.in_(select(Encounter.person_id).where(*_DUE, Encounter.recall_on <= day))


def count(session: Connection, day: date) -> int:
    """How many are to be called on that day or since."""
    query = select(func.count()).select_from(Person).where(is_due(day), Person.merged_into.is_(None))
    return session.execute(query).scalar_one()
