"""Lines are found by what they are about and by their age, anonymous encounters by their line: none reads them all."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Forward."""
    op.create_index("ix_outbox_entity_id", "outbox", ["entity_id"])
    for column in ("taken_at", "durable_at"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column], sqlite_where=sa.text("line IS NOT NULL"))
    op.create_index("ix_journal_id", "journal", ["id"], sqlite_where=sa.text("id IS NOT NULL"))
    op.drop_index("ix_encounter_person_id", "encounter")
    op.create_index("ix_encounter_person_id", "encounter", ["person_id", "seq", "at"])
    op.create_index("ix_encounter_place_id", "encounter", ["place_id", "at"])
