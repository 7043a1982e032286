"""The office's lists as it last told them to this laptop."""

from typing import Any

from sqlalchemy import Connection, select

from milomobile.store.tables import Reference


def told(session: Connection, kind: str, **where: str) -> list[tuple[str, dict[str, Any]]]:
    """(id, other columns) of each line of a list, by id; only those whose columns are as in `where`."""
    query = select(Reference.id, Reference.body).where(Reference.kind == kind).order_by(Reference.id)
    for name, text in where.items():
        query = query.where(Reference.body[name].as_string() == text)
    return [(id, body) for id, body in session.execute(query)]
