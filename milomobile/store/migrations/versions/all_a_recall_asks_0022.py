"""À rappeler reads all that it asks of a contact from its index."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Forward."""
    op.drop_index("ix_encounter_recall_on", "encounter")
    asked = ["recall_on", "person_id", "at", "outcome"]
    op.create_index("ix_encounter_recall_on", "encounter", asked, sqlite_where=sa.text("recall_on IS NOT NULL"))
