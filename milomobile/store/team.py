"""The advisers whose history the store holds: with a slot on this laptop, or gone."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from milomobile.store.tables import Adviser


def keep(session: Connection, id: str, name: str) -> None:
    """The name of a slot, as the keys have it: what was interrupted between the two files is made good here."""
    statement = insert(Adviser).values(id=id, name=name)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"name": name}))


def names(session: Connection) -> dict[str, str]:
    """The name of every adviser by their id."""
    return {row.id: row.name for row in session.execute(select(Adviser.id, Adviser.name))}
