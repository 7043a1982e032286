"""The whole form: what a file needs, who answers for a minor, mobility, resources and schooling."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_PERSON = "preference birth_place birth_country guardian_link guardian_name guardian_phone referent scheme".split()
_ENCOUNTER = "licence transport french_help last_class left_school ft_id ft_id_absence".split()


def upgrade() -> None:
    """Forward."""
    for name in _PERSON:
        op.add_column("person", sa.Column(name, sa.String(), nullable=True))
    op.add_column("person", sa.Column("imilo_number", sa.Integer(), nullable=True))
    for name in _ENCOUNTER:
        op.add_column("encounter", sa.Column(name, sa.String(), nullable=True))
    op.add_column("encounter", sa.Column("children", sa.Integer(), nullable=True))
    op.add_column("encounter", sa.Column("resources", sa.JSON(), nullable=False, server_default="[]"))
