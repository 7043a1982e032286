"""The partners somebody agrees to be called by."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Forward."""
    op.add_column("person", sa.Column("agrees_partners", sa.JSON(), nullable=False, server_default="{}"))
