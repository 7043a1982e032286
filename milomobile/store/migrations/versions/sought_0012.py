"""People to look for, of lists that offices bring: they are not persons, for nobody met them yet."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sought",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("birth_name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("commune", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("imported_at", sa.String(32), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("adviser_id", sa.String(), nullable=False),
        sa.Column("found_person", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["adviser_id"], ["adviser.id"], name=op.f("fk_sought_adviser_id_adviser")),
        sa.ForeignKeyConstraint(["found_person"], ["person.id"], name=op.f("fk_sought_found_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sought")),
    )
    op.create_index(op.f("ix_sought_found_person"), "sought", ["found_person"])
    op.create_table(
        "sought_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sought_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sought_id"], ["sought.id"], name=op.f("fk_sought_key_sought_id_sought")),
        sa.PrimaryKeyConstraint("key", "sought_id", name=op.f("pk_sought_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sought_key_sought_id"), "sought_key", ["sought_id"])
