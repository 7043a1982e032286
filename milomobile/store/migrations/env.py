"""Runs the migrations on the connection handed in by `store.upgrade`."""

from alembic import context
from sqlalchemy.schema import SchemaItem

from milomobile.store.tables import SEARCH, Table


def _ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: SchemaItem | None) -> bool:
    return not (kind == "table" and (name or "").startswith(SEARCH))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    include_object=_ours,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
