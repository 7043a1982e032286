"""The offline directory, and who was sent to which of its services."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
_ADDRESS = "commune insee postal_code address phone email".split()


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "structure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("updated", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in (*_ADDRESS, "site", "hours")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("source", "structure_id", "name", "description")),
        sa.Column("updated", sa.Date(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("themes", "publics", "modes", "zones")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("fee", "access", *_ADDRESS, "link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name=op.f("fk_service_structure_id")),
    )
    op.create_index(op.f("ix_service_structure_id"), "service", ["structure_id"])
    op.create_table(
        "referral",
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person_id", "service_id", "name", "structure")),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
    )
    op.create_index(op.f("ix_referral_person_id"), "referral", ["person_id"])
