"""Whom somebody was found to be is found without reading everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Forward."""
    there = sa.text("merged_into IS NOT NULL")
    op.create_index("ix_person_merged_into", "person", ["merged_into"], sqlite_where=there)
