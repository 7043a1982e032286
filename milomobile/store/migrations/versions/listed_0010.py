"""Indexes of the list of people: each chip is counted, and its ranks read, without looking at the others' rows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ALONE = "merged_into IS NULL"
_INDEXES = (
    ("ix_person_listed", ("rank",), _ALONE),
    ("ix_person_merged", ("rank",), "merged_into IS NOT NULL"),
    ("ix_person_last_at", ("last_at", "rank"), _ALONE),
    ("ix_person_born", ("birth_date", "stated_age", "rank"), _ALONE),
    ("ix_person_handover", ("rank",), f"{_ALONE} AND handover = 'A_RATTACHER'"),
    ("ix_person_district", ("rank",), f"{_ALONE} AND (qpv IS NOT NULL OR qpv_status = 'OUI')"),
    ("ix_person_imilo_number", ("imilo_number", "rank"), "imilo_number IS NOT NULL"),
)


def upgrade() -> None:
    """Forward."""
    for name, columns, where in _INDEXES:
        op.create_index(name, "person", list(columns), sqlite_where=sa.text(where))
