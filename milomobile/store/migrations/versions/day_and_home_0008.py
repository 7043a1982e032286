"""The day planned ahead, where somebody lives, who is the same as whom, who is to be called back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_PERSON: tuple[sa.Column[object], ...] = (
    sa.Column("qpv_generation", sa.String(), nullable=True),
    sa.Column("no_address", sa.Boolean(), nullable=False, server_default="0"),
    sa.Column("country", sa.String(), nullable=True),
    sa.Column("structure", sa.String(), nullable=True),
    sa.Column("merged_by", sa.String(), nullable=True),
    sa.Column("apart", sa.JSON(), nullable=False, server_default="[]"),
)


def upgrade() -> None:
    """Forward."""
    for column in _PERSON:
        op.add_column("person", column)
    op.execute("UPDATE person SET merged_by = 'office' WHERE merged_into IS NOT NULL")
    op.execute("UPDATE person SET qpv_generation = '2024' WHERE qpv IS NOT NULL")
    op.add_column("outing", sa.Column("team", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("stop", sa.Column("remark", sa.String(), nullable=True))
    op.create_table(
        "planned_stop",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=True),
        sa.Column("ends", sa.String(), nullable=True),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_planned_stop_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_stop")),
    )
    op.create_index(op.f("ix_planned_stop_day"), "planned_stop", ["day"])
    here = sa.text("recall_on IS NOT NULL")
    op.create_index("ix_encounter_recall_on", "encounter", ["recall_on"], sqlite_where=here)
