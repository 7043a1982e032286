"""When somebody was last met, told again by their encounters: met twice, it was kept without its time zone."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Forward."""
    op.execute(
        "UPDATE person SET last_at = coalesce((SELECT max(at) FROM encounter WHERE person_id = person.id), last_at)"
    )
