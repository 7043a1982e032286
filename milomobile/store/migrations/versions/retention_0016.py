"""Retention: when an I-MILO number came; a meeting to come outlives the link of its encounter."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Forward. Of numbers that were there before it is not known when they came: the last encounter counts."""
    op.add_column("person", sa.Column("numbered_at", sa.String(32), nullable=True))
    with op.batch_alter_table("appointment") as table:
        table.alter_column("encounter_id", existing_type=sa.String(), nullable=True)
