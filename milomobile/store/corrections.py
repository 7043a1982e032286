"""That files were corrected: when, by whom, in which answers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from milomobile.domain.people import Correction
from milomobile.store.tables import Adviser
from milomobile.store.tables import Correction as Kept
from sync import records


def add(session: Connection, person: str, encounter: str, adviser: str, fields: Sequence[str], at: datetime) -> None:
    """Keeps that these answers were corrected."""
    id = records.uuid7(round(at.timestamp() * 1000))
    values = {"person_id": person, "encounter_id": encounter, "adviser_id": adviser, "fields": list(fields), "at": at}
    session.execute(insert(Kept).values(id=id, **values))


def of_person(session: Connection, people: Collection[str]) -> list[Correction]:
    """Somebody's, newest first; `people` are all who were found to be them."""
    query = select(Kept.at, Adviser.name, Kept.fields).join(Adviser, Adviser.id == Kept.adviser_id)
    rows = session.execute(query.where(Kept.person_id.in_(people)).order_by(Kept.at.desc()))
    return [Correction(at, name, tuple(fields)) for at, name, fields in rows]
