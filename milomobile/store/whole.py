"""Whether every page, row and outbox line of the file is as it was written."""

from sqlalchemy import Connection, select

from milomobile.errors import TAMPERED, NotOurs
from milomobile.store import journal, settings
from milomobile.store.engine import NOT_OURS
from milomobile.store.tables import Outbox
from sync import chain

_PRAGMAS = {"cipher_integrity_check": [], "integrity_check": [("ok",)], "foreign_key_check": []}


def verify(session: Connection) -> None:
    """Reads the whole file; raises NotOurs where a page, an index, a link between rows or one of the chains is broken."""
    for pragma, expected in _PRAGMAS.items():
        if [tuple(row) for row in session.exec_driver_sql(f"PRAGMA {pragma}")] != expected:
            raise NotOurs(NOT_OURS)
    kept = settings.get_all(session)
    link = chain.start(kept["device"], kept["epoch"])
    rows = session.execute(select(Outbox.seq, Outbox.line, Outbox.digest, Outbox.chain).order_by(Outbox.seq))
    for number, row in enumerate(rows, 1):
        link = chain.step(link, row.digest)
        if row.seq != number or row.chain != link or (row.line and chain.digest(row.line) != row.digest):
            raise NotOurs(NOT_OURS)
    if not journal.whole(session):
        raise NotOurs(TAMPERED)
