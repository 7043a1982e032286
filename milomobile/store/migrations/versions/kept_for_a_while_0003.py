"""How long a sent line is kept: since when it is durable, and when it was emptied; lines already sent begin now."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward."""
    op.add_column("outbox", sa.Column("durable_at", sa.String(32), nullable=True))
    op.add_column("outbox", sa.Column("emptied_at", sa.String(32), nullable=True))
    op.execute("UPDATE outbox SET taken_at = NULL")
