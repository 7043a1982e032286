"""Merging by field, erasures, merges of people, feeds; states are made again from the lines."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from sync.server import merge
from sync.server.judging import said

revision = "0002"
down_revision = "0001"

_STATE = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Forward."""
    _columns()
    _tables()
    _states()


def _columns() -> None:
    with op.batch_alter_table("device") as device:
        device.add_column(sa.Column("durable", sa.BigInteger(), server_default="0", nullable=False))
    with op.batch_alter_table("change") as change:
        change.add_column(sa.Column("node", sa.String(), server_default="", nullable=False))
        change.drop_column("hlc")
    op.execute(
        "UPDATE change SET node = coalesce((SELECT min(device) FROM receipt WHERE receipt.change_id = change.id), '')"
    )
    with op.batch_alter_table("change") as change:
        change.alter_column("node", server_default=None)
    op.drop_table("entity")
    op.create_table(
        "entity",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("state", _STATE, nullable=False),
        sa.PrimaryKeyConstraint("entity", "entity_id", name=op.f("pk_entity")),
    )


def _tables() -> None:
    op.create_table(
        "erasure",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "entity_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "merge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("loser", sa.String(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index("ix_merge_loser", "merge", ["loser"])
    op.create_table(
        "feed_head",
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name=op.f("pk_feed_head")),
    )
    op.create_table(
        "feed_item",
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed_head.feed"], name=op.f("fk_feed_item_feed")),
        sa.PrimaryKeyConstraint("feed", "pos", name=op.f("pk_feed_item")),
    )


def _states() -> None:
    """Folds every taken line again, in the shape of this version."""
    connection = op.get_bind()
    taken = sa.text(
        "SELECT change.id, change.line, change.node, change.received FROM change WHERE change.line IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM receipt WHERE receipt.change_id = change.id AND receipt.state = 'taken')"
    )
    states: dict[tuple[str, str], merge.State] = {}
    for _, line, node, received in connection.execute(taken):
        record = json.loads(bytes(line))
        state = states.setdefault((record["entity"], record["entity_id"]), {})
        merge.fold(state, said(record, node, received))
    table = sa.table("entity", sa.column("entity"), sa.column("entity_id"), sa.column("state", _STATE))
    rows = [{"entity": key[0], "entity_id": key[1], "state": state} for key, state in states.items()]
    if rows:
        connection.execute(table.insert(), rows)
