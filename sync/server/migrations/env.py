"""Runs the server's migrations on the connection handed in by `sync.server.store`."""

from alembic import context

from sync.server.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
