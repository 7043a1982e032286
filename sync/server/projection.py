"""The last known state of each entity, field by field: the newest clock wins, whatever the order of arrival."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from sync.server.tables import Entity


def apply(session: Connection, taken: Sequence[dict[str, Any]]) -> None:
    """Folds taken records into their entities. The state is field → [clock, value]; sealed text is one field."""
    if not taken:
        return
    keys = list(dict.fromkeys((record["entity"], record["entity_id"]) for record in taken))
    states: dict[tuple[str, str], dict[str, Any]] = {key: {} for key in keys}
    for start in range(0, len(keys), 400):
        part = tuple_(Entity.entity, Entity.entity_id).in_(keys[start : start + 400])
        for entity, entity_id, state in session.execute(
            select(Entity.entity, Entity.entity_id, Entity.state).where(part)
        ):
            states[(entity, entity_id)] = dict(state)
    for record in taken:
        fold(states[(record["entity"], record["entity_id"])], record)
    rows = [
        {"entity": entity, "entity_id": entity_id, "hlc": _newest(state.values()), "state": state}
        for (entity, entity_id), state in states.items()
    ]
    statement = insert(Entity)
    changed = {"hlc": statement.excluded.hlc, "state": statement.excluded.state}
    session.execute(statement.on_conflict_do_update(index_elements=["entity", "entity_id"], set_=changed), rows)


def fold(state: dict[str, Any], record: dict[str, Any]) -> None:
    """One record into a state: a field's newest clock wins, equal clocks by the record's id."""
    answers = record["set"] if isinstance(record["set"], dict) else {"sealed": record["set"]}
    stamp = f"{record['hlc']} {record['id']}"
    for name, value in answers.items():
        if name not in state or state[name][0] < stamp:
            state[name] = [stamp, value]


def _newest(fields: Iterable[list[Any]]) -> str:
    return max((stamp for stamp, _ in fields), default="")
