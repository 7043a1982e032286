"""Erasure: it beats everything that was said of a person or will be said later, and every laptop hears of it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sync.server import feeds
from sync.server.bulk import among
from sync.server.tables import Change, Entity, Erasure, Outward

Key = tuple[str, str]
COUNTED = frozenset(("kind", "at", "place", "adviser", "outcome", "needs"))
"""What stays of an erased person's encounter: that it took place, for the figures, and nothing about whom."""


def erased(session: Connection, keys: Collection[Key]) -> set[Key]:
    """Which of these were erased."""
    if not keys:
        return set()
    rows = session.execute(select(*_KEY).where(among(session, _KEY, keys)))
    return {(row.entity, row.entity_id) for row in rows}


_KEY = (Erasure.entity, Erasure.entity_id)


def erase(session: Connection, person: str, reason: str, id: str, now: int) -> bool:
    """Empties what is kept of someone; digests stay, so that chains still verify. False where it was done before.

    To be called last in a transaction (`feeds.say`).
    """
    if erased(session, [("person", person)]):
        return False
    for entity, entity_id, state in [("person", person, {}), ("reserved", person, {}), *_about(session, person)]:
        kept = {field: state[field] for field in COUNTED & state.keys()} if entity == "encounter" else {}
        values = {"entity": entity, "entity_id": entity_id, "id": id, "reason": reason[:200], "at": now}
        session.execute(insert(Erasure).values(**values))
        here = (Entity.entity == entity, Entity.entity_id == entity_id)
        if kept:
            session.execute(update(Entity).where(*here).values(state=kept))
        else:
            session.execute(delete(Entity).where(*here))
        session.execute(update(Change).where(Change.entity == entity, Change.entity_id == entity_id).values(line=None))
    session.execute(delete(Outward).where(Outward.person == person))
    feeds.say(session, "tombstones", [{"erasure": id, "person": person, "at": now}])
    return True


def _about(session: Connection, person: str) -> list[tuple[str, str, dict[str, Any]]]:
    of = Entity.state["person"][1].as_string() == person
    query = select(Entity.entity, Entity.entity_id, Entity.state)
    rows = session.execute(query.where(Entity.entity.in_(("encounter", "appointment", "referral")), of))
    return [(row.entity, row.entity_id, dict(row.state)) for row in rows]
