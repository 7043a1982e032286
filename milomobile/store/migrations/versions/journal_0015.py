"""The journal's chain covers what the file keeps of a line, so that it can be verified; its head stands in the settings."""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

from milomobile.store.tables import Utc

revision = "0015"
down_revision = "0014"
_JOURNAL = sa.table(
    "journal",
    sa.column("seq", sa.Integer),
    sa.column("at", Utc),
    sa.column("who", sa.String),
    sa.column("what", sa.String),
    sa.column("id", sa.String),
    sa.column("chain", sa.LargeBinary),
)
_SETTING = sa.table("setting", sa.column("name", sa.String), sa.column("value", sa.String))


def upgrade() -> None:
    """Forward. The lines stay as they are: only their chain is made anew, for before it covered times as no file kept them."""
    rechain(op.get_bind())


def rechain(session: sa.Connection) -> None:
    """Each line's chain from what the file keeps, and the head."""
    seq, link = 0, bytes(32)
    for row in session.execute(sa.select(_JOURNAL).order_by(_JOURNAL.c.seq)).all():
        at = row.at.astimezone(UTC).isoformat(timespec="milliseconds")
        text = json.dumps([row.seq, at, row.who, row.what, row.id]).encode()
        seq, link = row.seq, hashlib.sha256(link + hashlib.sha256(text).digest()).digest()
        session.execute(sa.update(_JOURNAL).where(_JOURNAL.c.seq == seq).values(chain=link))
    if seq:
        session.execute(sa.insert(_SETTING).values(name="journal_head", value=f"{seq} {link.hex()}"))
