"""People to look for, in the file: kept with their keys, compared, marked as found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from milomobile.domain import likeness
from milomobile.domain.likeness import Identity
from milomobile.domain.people import Person
from milomobile.domain.sought import surely
from milomobile.store.sought_tables import Sought, SoughtKey

_ADD, _ADD_KEY = insert(Sought.__table__), insert(SoughtKey.__table__)  # type: ignore[arg-type]
_NAMED = (Sought.id, Sought.given_name, Sought.birth_name, Sought.birth_date, Sought.phone, Sought.commune)
_MOST = 60
"""So many who share a key are compared."""
_ANYBODY = "SELECT 1 FROM sought_key WHERE key = ?"
"""Asked at each Save, which has no time for more."""
_WAITING = (
    select(*_NAMED, Sought.found_person)
    .join(SoughtKey, SoughtKey.sought_id == Sought.id)
    .where(SoughtKey.key == bindparam("key"), Sought.found_person.is_(None))
    .limit(_MOST)
)


def add(session: Connection, rows: Sequence[dict[str, Any]], keys: Sequence[dict[str, str]]) -> None:
    """Keeps people of a list, and their keys."""
    if rows:
        session.execute(_ADD, rows)
        session.execute(_ADD_KEY, keys)


def keys_of(rows: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """The rows of `sought_key` of people of a list."""
    return [{"key": key, "sought_id": row["id"]} for row in rows for key in likeness.keys(_of(row))]


def everybody(session: Connection) -> list[Any]:
    """(id, given_name, birth_name, birth_date, phone, commune) of everybody on a list."""
    return list(session.execute(select(*_NAMED)).all())


def sharing(session: Connection, one: Identity, today: date) -> list[Any]:
    """Whoever is still looked for and shares a key with somebody: rows of `sought`."""
    columns = select(*_NAMED, Sought.purpose, Sought.imported_at).join(SoughtKey, SoughtKey.sought_id == Sought.id)
    waiting = Sought.found_person.is_(None), Sought.keep_until >= today
    query = columns.where(SoughtKey.key.in_(likeness.keys(one)), *waiting)
    return list(session.execute(query.distinct().limit(_MOST)).all())


def get(session: Connection, id: str) -> Any | None:
    """The row of an entry, or None."""
    return session.execute(select(*_NAMED).where(Sought.id == id)).one_or_none()


def learn(session: Connection, id: str, said: Mapping[str, Any]) -> None:
    """What another list says of somebody and theirs did not."""
    row = session.execute(select(*_NAMED).where(Sought.id == id)).one()._asdict()
    news = {name: value for name, value in said.items() if value and not row[name]}
    if news:
        session.execute(update(Sought).where(Sought.id == id).values(**news))
        session.execute(delete(SoughtKey).where(SoughtKey.sought_id == id))
        session.execute(_ADD_KEY, keys_of([row | news]))


def found(session: Connection, person_id: str, person: Person) -> None:
    """Marks whoever of the lists surely is somebody just registered."""
    if person.birth_date is None:
        return
    met = likeness.identity_of(person.given_name, person.birth_name, person.birth_date, person.phone)
    key = f"B{met.born}"
    if session.exec_driver_sql(_ANYBODY, (key,)).first() is None:
        return
    for row in session.execute(_WAITING, {"key": key}).all():
        if surely(_of(row._asdict()), met):
            session.execute(update(Sought).where(Sought.id == row.id).values(found_person=person_id))


def forget(session: Connection, person_id: str) -> None:
    """Takes out whoever of the lists was found to be somebody who is erased."""
    gone = select(Sought.id).where(Sought.found_person == person_id)
    session.execute(delete(SoughtKey).where(SoughtKey.sought_id.in_(gone)))
    session.execute(delete(Sought).where(Sought.found_person == person_id))


def lists(session: Connection) -> list[Any]:
    """(purpose, source, imported_at, keep_until, people, found) of each list, newest first."""
    counted = (func.count().label("people"), func.count(Sought.found_person).label("found"))
    one = (Sought.purpose, Sought.source, Sought.imported_at, Sought.keep_until)
    return list(session.execute(select(*one, *counted).group_by(*one).order_by(Sought.imported_at.desc())).all())


def make_keys(session: Connection) -> None:
    """Makes all keys anew, where those of another version were kept."""
    session.execute(delete(SoughtKey))
    rows = keys_of(row._asdict() for row in everybody(session))
    if rows:
        session.execute(_ADD_KEY, rows)


def _of(row: dict[str, Any]) -> Identity:
    return likeness.identity_of(row["given_name"], row["birth_name"], row["birth_date"], row["phone"])
