"""People in the file: kept, known again by their keys, found as one types."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Subquery, func, insert, literal, select, text, update

from milomobile.domain import searching
from milomobile.domain.people import Person
from milomobile.store import matching
from milomobile.store.tables import Person as Kept
from milomobile.store.tables import Utc

TOLD = ("handover", "imilo_number", "scheme")
"""What the office answers on a handover."""
_FIELDS = tuple(field.name for field in fields(Person))
_ADD = insert(Kept.__table__)  # type: ignore[arg-type]
_TOP = "SELECT coalesce(max(rank), 0) FROM person"
_INDEX = text("INSERT INTO person_search(rowid, words) VALUES (:rank, :words)")


def merged(session: Connection, id: str) -> str:
    """Whom someone was found to be at last, or the same id."""
    return matching.winner(session, id)


def roots() -> Subquery:
    """Whom each file that was found to be part of another's is at last: id, root."""
    chain = select(Kept.id, Kept.merged_into.label("root")).where(Kept.merged_into.is_not(None)).cte(recursive=True)
    on = select(chain.c.id, Kept.merged_into).join(Kept, Kept.id == chain.c.root)
    chain = chain.union(on.where(Kept.merged_into.is_not(None)))
    ends = select(chain.c.id, chain.c.root).join(Kept, Kept.id == chain.c.root)
    return ends.where(Kept.merged_into.is_(None)).subquery()


def circle(session: Connection, id: str) -> list[str]:
    """Everyone who was found to be somebody, themselves included."""
    into = select(Kept.id).where(Kept.id == id).cte(recursive=True)
    into = into.union(select(Kept.id).join(into, Kept.merged_into == into.c.id))
    return list(session.execute(select(into.c.id)).scalars())


def parts(session: Connection, id: str) -> list[Any]:
    """The rows of those found to be somebody, by whomever."""
    return list(session.execute(select(*Kept.__table__.columns).where(Kept.merged_into == id)).all())


def merge(session: Connection, loser: str, winner: str | None) -> None:
    """Shows one person as part of another, as an adviser found; None takes it back."""
    by = "adviser" if winner else None
    session.execute(update(Kept).where(Kept.id == loser).values(merged_into=winner, merged_by=by))


def part(session: Connection, id: str, other: str) -> list[str]:
    """Keeps that somebody is not another, though alike; returns all of whom that was said."""
    known = session.execute(select(Kept.apart).where(Kept.id == id)).scalar_one()
    said = [*(one for one in known if one != other), other]
    session.execute(update(Kept).where(Kept.id == id).values(apart=said))
    return said


def add(session: Connection, id: str, person: Person, at: datetime, seq: int, commune: str | None, **more: Any) -> None:
    """A new person with keys and search words. `commune` is the name, `more` handover and agreements."""
    rank = next_rank(session)
    values = {name: getattr(person, name) for name in _FIELDS}
    numbered = at if more.get("imilo_number") else None
    session.execute(
        _ADD, {"id": id, "rank": rank, "last_at": at, "numbered_at": numbered, "seq": seq, **values, **more}
    )
    matching.add_keys(session, [(id, person)])
    _index(session, rank, person, commune)


def met_again(
    session: Connection, id: str, person: Person, at: datetime, commune: str | None, changes: Mapping[str, Any]
) -> None:
    """Someone known was met: moves to the top of the list, takes new ways to reach them."""
    old, rank = session.execute(select(Kept.rank).where(Kept.id == id)).scalar_one(), next_rank(session)
    last = func.max(Kept.last_at, literal(at, Utc()))
    changes = _ours(session, id, changes)
    more = {**changes, "numbered_at": at} if changes.get("imilo_number") else changes
    session.execute(update(Kept).where(Kept.id == id).values(rank=rank, last_at=last, reduced_at=None, **more))
    session.execute(text("DELETE FROM person_search WHERE rowid = :rank"), {"rank": old})
    matching.put_keys(session, id, person)
    _index(session, rank, person, commune)


def correct(session: Connection, id: str, person: Person, at: datetime, commune: str | None, **more: Any) -> None:
    """Someone's answers in place of those before, at a time; keys and search words follow."""
    rank, number = session.execute(select(Kept.rank, Kept.imilo_number).where(Kept.id == id)).one()
    values = {name: getattr(person, name) for name in _FIELDS} | {"reduced_at": None}
    more = _ours(session, id, more)
    if more.get("imilo_number", number) != number:
        values["numbered_at"] = at
    session.execute(update(Kept).where(Kept.id == id).values(**values, **more))
    matching.put_keys(session, id, person)
    session.execute(text("DELETE FROM person_search WHERE rowid = :rank"), {"rank": rank})
    _index(session, rank, person, commune)


def tell(session: Connection, id: str, said: Mapping[str, Any], now: datetime) -> bool:
    """What the office says of somebody's handover (`TOLD`), which goes before what is said here; False where it is known.

    Of a file that was reduced only what is on the short list is kept.
    """
    row = get(session, id)
    if row is None:
        return False
    news = {name: value for name, value in said.items() if name != "scheme" or row.reduced_at is None}
    if row.told_at and all(row._mapping[name] == value for name, value in news.items()):
        return False
    numbered = {"numbered_at": now} if news.get("imilo_number", row.imilo_number) != row.imilo_number else {}
    session.execute(update(Kept).where(Kept.id == id).values(**news, **numbered, told_at=now))
    return True


def _ours(session: Connection, id: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Without what the office has the last word on."""
    row = session.execute(select(Kept.told_at, *(getattr(Kept, name) for name in TOLD)).where(Kept.id == id)).one()
    known = row._mapping
    return {n: v for n, v in said.items() if not (row.told_at and n in TOLD and known[n] not in (None, "A_RATTACHER"))}


def next_rank(session: Connection) -> int:
    """One above the highest rank."""
    return int(session.exec_driver_sql(_TOP).scalar_one()) + 1


def _index(session: Connection, rank: int, person: Person, commune: str | None) -> None:
    words = searching.search_text(person, commune)
    session.execute(_INDEX, {"rank": rank, "words": words})


def count(session: Connection) -> int:
    """How many people the file knows; those found to be one count once."""
    return session.execute(select(func.count()).where(Kept.merged_into.is_(None)).select_from(Kept)).scalar_one()


def get(session: Connection, id: str) -> Any:
    """The whole row of one person."""
    return session.execute(select(*Kept.__table__.columns).where(Kept.id == id)).first()


def person_of(row: Any) -> Person:
    """The frozen value of a row."""
    kept = row._mapping
    return Person(**{name: kept[name] for name in _FIELDS})
