"""Small named values: device, epoch, keys, the server."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from milomobile.store.tables import Setting


def get(session: Connection, name: str) -> str | None:
    """The value kept under a name, or None."""
    return session.execute(select(Setting.value).where(Setting.name == name)).scalar()


def get_all(session: Connection) -> dict[str, str]:
    """Every value by name."""
    return {name: value for name, value in session.execute(select(Setting.name, Setting.value))}  # noqa: C416


def put(session: Connection, values: Mapping[str, str]) -> None:
    """Keeps values under their names."""
    rows = [{"name": name, "value": value} for name, value in values.items()]
    statement = insert(Setting)
    session.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value}), rows
    )
