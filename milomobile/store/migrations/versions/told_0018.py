"""Handover: when the office last answered, which then has the last word."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Forward."""
    op.add_column("person", sa.Column("told_at", sa.String(32), nullable=True))
