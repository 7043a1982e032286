"""Since when there is this server, and of when its newest verified backup is."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Forward. A server of before is as old as its first laptop."""
    with op.batch_alter_table("server") as server:
        server.add_column(sa.Column("made", sa.BigInteger(), server_default="0", nullable=False))
        server.add_column(sa.Column("verified", sa.BigInteger(), nullable=True))
    now = round(time.time() * 1000)
    op.execute(f"UPDATE server SET made = coalesce((SELECT min(enrolled) FROM device), {now})")
    with op.batch_alter_table("server") as server:
        server.alter_column("made", server_default=None)
