"""The law kept: drafts of each adviser; what is restricted, objected to or reduced to the short list; figures without identity."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Forward. Drafts kept before belong to the first adviser of the laptop: there was no way to add another."""
    op.add_column("draft", sa.Column("adviser_id", sa.String(), nullable=True))
    op.execute("UPDATE draft SET adviser_id = (SELECT id FROM adviser LIMIT 1)")
    for name in ("restricted_at", "objected_at", "reduced_at"):
        op.add_column("person", sa.Column(name, sa.String(32), nullable=True))
    op.add_column("encounter", sa.Column("reduced_at", sa.String(32), nullable=True))
    op.create_table(
        "tally",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "fact", "value", "sex", name="pk_tally"),
        sqlite_with_rowid=False,
    )
