"""Someone met at a known place in another setting than the place's."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Forward."""
    op.add_column("encounter", sa.Column("setting", sa.String(), nullable=True))
