"""The last known state of each entity, kept beside the changes it is made of."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from sync.server import merge
from sync.server.merge import Said, State
from sync.server.tables import Entity

Key = tuple[str, str]
_AT_ONCE = 400
_TABLE = Entity.__table__
_CHANGE = (
    update(_TABLE)  # type: ignore[arg-type]
    .where(_TABLE.c.entity == bindparam("e"), _TABLE.c.entity_id == bindparam("i"))
    .values(state=bindparam("s"))
)


def apply(session: Connection, taken: Sequence[tuple[Key, Said]]) -> None:
    """Folds records into their entities. Keys are locked in order, so that two batches never wait for each other."""
    records: dict[Key, list[Said]] = {}
    for key, said in taken:
        records.setdefault(key, []).append(said)
    for _ in range(3):
        known = _states(session, sorted(records))
        fresh: dict[Key, State] = {key: {} for key in records if key not in known}
        for key, state in (*known.items(), *fresh.items()):
            for said in records[key]:
                merge.fold(state, said)
        if known:
            session.execute(_CHANGE, [{"e": k[0], "i": k[1], "s": state} for k, state in known.items()])
        added = _add(session, fresh)
        records = {key: said for key, said in records.items() if key in fresh and key not in added}
        if not records:
            return
    raise RuntimeError("an entity appears and disappears")


def _states(session: Connection, keys: Sequence[Key]) -> dict[Key, State]:
    found: dict[Key, State] = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = tuple_(Entity.entity, Entity.entity_id).in_(keys[start : start + _AT_ONCE])
        query = select(Entity.entity, Entity.entity_id, Entity.state).where(part)
        rows = session.execute(query.order_by(Entity.entity, Entity.entity_id).with_for_update())
        found |= {(row.entity, row.entity_id): dict(row.state) for row in rows}
    return found


def _add(session: Connection, fresh: dict[Key, State]) -> set[Key]:
    """Inserts new entities; returns those that nobody else had inserted meanwhile."""
    if not fresh:
        return set()
    rows = [{"entity": key[0], "entity_id": key[1], "state": fresh[key]} for key in sorted(fresh)]
    if session.dialect.name != "postgresql":
        session.execute(insert_sqlite(Entity), rows)
        return set(fresh)
    statement = insert_postgresql(Entity).on_conflict_do_nothing().returning(Entity.entity, Entity.entity_id)
    return {(row.entity, row.entity_id) for row in session.execute(statement, rows)}
