"""Knowing people again: their keys in the file, and the likeness of whoever shares one with somebody."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, union_all

from milomobile.domain import likeness
from milomobile.domain.likeness import Identity, Likeness
from milomobile.domain.people import Person
from milomobile.store import settings, sought
from milomobile.store.tables import Person as Kept
from milomobile.store.tables import PersonKey

_ADD = insert(PersonKey.__table__)  # type: ignore[arg-type]
Reach = tuple[str, int, int]
_SHOWN: Reach = ("BGLMNP", 100, 40)
JUDGED: Reach = ("BNP", 40, 3)
"""For a list, and at Save, which nobody waits for: kinds of keys, how many people under each, how many are compared."""
_WEIGHTS = {"P": 6, "N": 3}
"""Who shares the telephone is compared before those who share a day, of whom there may be many."""
_NAMED = (Kept.id, Kept.given_name, Kept.birth_name, Kept.birth_date, Kept.phone)


@lru_cache
def _sharing(kinds: str) -> Any:
    """The rows of whoever shares keys of these kinds (`k0`, `k1`…); a key that thousands share costs no more."""
    under = [
        select(
            select(PersonKey.person_id, literal_column(str(_WEIGHTS.get(kind, 1))).label("weight"))
            .where(PersonKey.key == bindparam(f"k{n}"))
            .limit(bindparam("under"))
            .subquery()
        )
        for n, kind in enumerate(kinds)
    ]
    every = union_all(*under).subquery()
    best = select(every.c.person_id).group_by(every.c.person_id)
    best = best.order_by(func.sum(every.c.weight).desc(), every.c.person_id.desc()).limit(bindparam("most"))
    found = best.subquery()
    return select(*_NAMED, Kept.merged_into).join(found, found.c.person_id == Kept.id)


def likely(session: Connection, one: Identity, reach: Reach = _SHOWN) -> list[tuple[str, Likeness]]:
    """(id, likeness) of whoever may be the same, the likeliest first; whoever was merged counts as whom they became."""
    kinds, under, most = reach
    keys = sorted(key for key in likeness.keys(one) if key[0] in kinds)
    if not keys:
        return []
    found: dict[str, Likeness] = {}
    given = {f"k{n}": key for n, key in enumerate(keys)}
    asked = {"under": under, "most": most, **given}
    for row in session.execute(_sharing("".join(key[0] for key in keys)), asked):
        alike = likeness.compare(one, identity(row))
        id = winner(session, row.merged_into) if row.merged_into else row.id
        if alike.level and (id not in found or alike.points > found[id].points):
            found[id] = alike
    return sorted(found.items(), key=lambda each: -each[1].points)


def winner(session: Connection, id: str) -> str:
    """Whom someone was found to be at last, or the same id."""
    into = session.execute(select(Kept.merged_into).where(Kept.id == id)).scalar()
    return winner(session, into) if into else id


def same(session: Connection, person: Person, apart: Collection[str] = ()) -> tuple[str | None, str | None]:
    """(surely the same, probably the same): an id or None for each; where one is sure, nobody is only probable.

    Those in `apart` were said to be somebody else.
    """
    levels: dict[str | None, str] = {}
    for id, alike in likely(session, identity(person), JUDGED):
        if id not in apart:
            levels.setdefault(alike.level, id)
    sure = levels.get("sure")
    return (sure, None) if sure else (None, levels.get("probable"))


def put_keys(session: Connection, id: str, person: Person) -> None:
    """Keeps someone's keys in place of those before."""
    session.execute(delete(PersonKey).where(PersonKey.person_id == id))
    add_keys(session, [(id, person)])


def add_keys(session: Connection, people: Iterable[tuple[str, Any]]) -> None:
    """Keeps the keys of people who have none: pairs of an id and somebody's answers, or their row."""
    rows = [{"key": key, "person_id": id} for id, person in people for key in likeness.keys(identity(person))]
    if rows:
        session.execute(_ADD, rows)


def follow(session: Connection) -> None:
    """Makes all keys anew where they are those of another version of the program."""
    if settings.get(session, _VERSION) == likeness.VERSION:
        return
    session.execute(delete(PersonKey))
    rows = session.execute(select(*_NAMED))
    while chunk := rows.fetchmany(2000):
        add_keys(session, [(row.id, row) for row in chunk])
    sought.make_keys(session)
    settings.put(session, {_VERSION: likeness.VERSION})


_VERSION = "likeness"


def identity(person: Any) -> Identity:
    """What is compared of someone's answers, or of their row."""
    return likeness.identity_of(person.given_name, person.birth_name, person.birth_date, person.phone)
