"""Many rows at once, at the driver's best speed: COPY and arrays on PostgreSQL, prepared statements on SQLite."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, String, func, insert, literal, select, text, tuple_

Key = tuple[str, ...]


def add_rows(session: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts many rows of the same keys; raises IntegrityError where a key is taken."""
    if not rows:
        return
    if session.dialect.name != "postgresql":
        session.execute(insert(table), rows)
        return
    names = tuple(rows[0])
    raw = session.connection.driver_connection
    assert raw is not None
    with raw.cursor().copy(f"COPY {table.__tablename__} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def add_plain(session: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts many rows into a table that no model has, such as a temporary one; names are ours, never said by anybody."""
    names = ", ".join(columns)
    if session.dialect.name == "postgresql":
        raw = session.connection.driver_connection
        assert raw is not None
        with raw.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    holders = ", ".join("?" * len(columns))
    if many := [tuple(row) for row in rows]:
        session.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({holders})", many)  # noqa: S608 - names of ours


def among(session: Connection, columns: Sequence[Any], keys: Iterable[Key]) -> ColumnElement[bool]:
    """The condition « the columns are one of these keys », however many: one parameter, one statement text."""
    given = list(keys)
    if session.dialect.name == "postgresql":
        arrays = [literal([key[place] for key in given], ARRAY(String)) for place in range(len(columns))]
        return tuple_(*columns).in_(select(*(func.unnest(array) for array in arrays)))
    each = func.json_each(json.dumps(given)).table_valued("value")
    parts = [func.json_extract(each.c.value, f"$[{place}]") for place in range(len(columns))]
    return tuple_(*columns).in_(select(*parts))


def add_states(session: Connection, rows: Sequence[dict[str, Any]]) -> set[Key]:
    """Inserts entities on PostgreSQL where nobody did meanwhile; returns the keys of those inserted."""
    found = session.execute(_ADD, {"rows": json.dumps(rows)})
    return {(row.entity, row.entity_id) for row in found}


def put_states(session: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """New states of known entities on PostgreSQL."""
    session.execute(_PUT, {"rows": json.dumps(rows)})


_ROWS = "jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(entity text, entity_id text, state jsonb)"
_ADD = text(
    f"INSERT INTO entity (entity, entity_id, state) SELECT entity, entity_id, state FROM {_ROWS} "  # noqa: S608 - a constant of ours
    "ON CONFLICT (entity, entity_id) DO NOTHING RETURNING entity, entity_id"
)
_PUT = text(
    f"UPDATE entity SET state = given.state FROM {_ROWS} "  # noqa: S608 - a constant of ours
    "WHERE entity.entity = given.entity AND entity.entity_id = given.entity_id"
)
