"""The last known state of each entity, kept beside the changes it is made of."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.server import merge
from sync.server.bulk import add_states, among, put_states
from sync.server.merge import Said, State
from sync.server.tables import Entity

Key = tuple[str, str]
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
        _put(session, known)
        added = _add(session, fresh)
        records = {key: said for key, said in records.items() if key in fresh and key not in added}
        if not records:
            return
    raise RuntimeError("an entity appears and disappears")


def _states(session: Connection, keys: Sequence[Key]) -> dict[Key, State]:
    columns = (Entity.entity, Entity.entity_id)
    here = select(*columns, Entity.state).where(among(session, columns, keys))
    rows = session.execute(here.order_by(*columns).with_for_update())
    return {(row.entity, row.entity_id): dict(row.state) for row in rows}


def _add(session: Connection, fresh: dict[Key, State]) -> set[Key]:
    """Inserts new entities; returns those that nobody else had inserted meanwhile."""
    if not fresh:
        return set()
    rows = [{"entity": key[0], "entity_id": key[1], "state": fresh[key]} for key in sorted(fresh)]
    if session.dialect.name == "postgresql":
        return {(key[0], key[1]) for key in add_states(session, rows)}
    session.execute(insert(Entity), rows)
    return set(fresh)


def _put(session: Connection, known: dict[Key, State]) -> None:
    if known and session.dialect.name == "postgresql":
        put_states(session, [{"entity": k[0], "entity_id": k[1], "state": state} for k, state in known.items()])
    elif known:
        session.execute(_CHANGE, [{"e": k[0], "i": k[1], "s": state} for k, state in known.items()])
