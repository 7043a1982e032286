"""Two verified backups hold what laptops may forget: how far the newest one reaches is kept beside the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forward. What one backup was known to hold, a second one has to hold again."""
    with op.batch_alter_table("device") as device:
        device.add_column(sa.Column("verified", sa.BigInteger(), server_default="0", nullable=False))
    op.execute("UPDATE device SET verified = durable, durable = 0")
