"""Figures: whether somebody came to their appointment, and whether a reduced encounter was their first."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Forward."""
    op.add_column("appointment", sa.Column("status", sa.String(), nullable=True))
    op.add_column("encounter", sa.Column("first_met", sa.Boolean(), nullable=True))
