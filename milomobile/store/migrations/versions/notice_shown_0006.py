"""In which language the notice was shown, the signature under it, or why there is none."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forward."""
    for name in ("notice_language", "notice_signature", "notice_unsigned"):
        op.add_column("encounter", sa.Column(name, sa.String(), nullable=True))
