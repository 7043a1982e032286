"""What a person asked for over their file, and who looked at it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from milomobile.store.tables import Encounter, Journal, Outbox, Person

_ASKED = or_(Person.restricted_at.is_not(None), Person.objected_at.is_not(None))


def _from_their_parts() -> Any:
    """Whom the files are part of, at any depth, whose use was limited or objected to."""
    up = select(Person.merged_into.label("id")).where(Person.merged_into.is_not(None), _ASKED).cte(recursive=True)
    up = up.union(select(Person.merged_into).join(up, Person.id == up.c.id).where(Person.merged_into.is_not(None)))
    return select(up.c.id)


USABLE: ColumnElement[bool] = and_(
    Person.restricted_at.is_(None), Person.objected_at.is_(None), Person.id.not_in(_from_their_parts())
)
"""For the rows of `person` that are shown: nobody limited the use of this file nor objected to it, nor of a file found
to be part of it (RGPD art. 18 and 21): what is asked of one holds for all, as long as they are one.
"""


def mark(session: Connection, people: Collection[str], columns: Mapping[str, Any]) -> None:
    """Notes it on the rows of someone."""
    session.execute(update(Person).where(Person.id.in_(people)).values(**columns))


def marks(session: Connection, people: Collection[str]) -> Any:
    """(restricted_at, objected_at): since when, or None."""
    query = select(
        func.max(Person.restricted_at, type_=Person.restricted_at.type).label("restricted_at"),
        func.max(Person.objected_at, type_=Person.objected_at.type).label("objected_at"),
    )
    return session.execute(query.where(Person.id.in_(people))).one()


def has_sealed(session: Connection, people: Collection[str]) -> bool:
    """Whether protected criteria of someone were noted; nobody can read them here."""
    here = (Outbox.entity == "reserved", Outbox.entity_id.in_(people))
    return session.execute(select(Outbox.seq).where(*here).limit(1)).first() is not None


def consultations(session: Connection, people: Collection[str]) -> list[tuple[datetime, str]]:
    """When something was done with someone's file or encounters, oldest first; not by whom."""
    met = select(Encounter.id).where(Encounter.person_id.in_(people))
    about = Journal.id.in_(people) | Journal.id.in_(met)
    return [(row.at, row.what) for row in session.execute(select(Journal.at, Journal.what).where(about))]
