"""Merges that an adviser found, beside those of the office."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("merge") as merge:
        merge.add_column(sa.Column("device", sa.String(), nullable=True))
