"""Who did what, when; each line covers the one before, and none holds a field's value.

The number and chain of the last line stand beside the journal, so that taking away its end is noticed too. What no chain
can show: whoever has the store's key and this program's text may write all of it anew, from the first line to the head.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from milomobile.domain.journal import known
from milomobile.store import settings
from milomobile.store.tables import Adviser, Journal

HEAD, START = "journal_head", "journal_start"
"""Settings, « seq chain » in hexadecimal: the last line written, and the last one that was dropped for its age."""
_NONE = f"0 {bytes(32).hex()}"
_ADD = insert(Journal.__table__)  # type: ignore[arg-type]
_HEAD = f"SELECT value FROM setting WHERE name = '{HEAD}'"
_PUT = f"INSERT INTO setting VALUES ('{HEAD}', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def write(session: Connection, at: datetime, who: str, what: str, id: str | None = None) -> None:
    """Adds a line inside the act's own transaction. `who` is the adviser's id, `what` one of `domain.journal.WORDS`
    and perhaps more, `id` the record's.
    """
    if not known(what):
        raise ValueError(what)
    seq, last = _position(session.exec_driver_sql(_HEAD).scalar())
    link = chain(last, seq + 1, at, who, what, id)
    session.execute(_ADD, {"seq": seq + 1, "at": at, "who": who, "what": what, "id": id, "chain": link})
    session.exec_driver_sql(_PUT, (f"{seq + 1} {link.hex()}",))


def chain(last: bytes, seq: int, at: datetime, who: str, what: str, id: str | None) -> bytes:
    """The chain at a line, from that of the line before: over what the file keeps of it, times to the millisecond."""
    text = json.dumps([seq, at.astimezone(UTC).isoformat(timespec="milliseconds"), who, what, id])
    return hashlib.sha256(last + hashlib.sha256(text.encode()).digest()).digest()


def lines(session: Connection) -> Sequence[Any]:
    """(seq, at, who, what, id, chain) of every line, oldest first."""
    query = select(Journal.seq, Journal.at, Journal.who, Journal.what, Journal.id, Journal.chain)
    return session.execute(query.order_by(Journal.seq)).all()


def latest(session: Connection, most: int) -> Sequence[Any]:
    """(seq, at, who, what, id) of the last lines, newest first; `who` is the name of an adviser of this laptop."""
    who = func.coalesce(Adviser.name, Journal.who).label("who")
    query = select(Journal.seq, Journal.at, who, Journal.what, Journal.id)
    query = query.outerjoin(Adviser, Adviser.id == Journal.who).order_by(Journal.seq.desc())
    return session.execute(query.limit(most)).all()


def whole(session: Connection) -> bool:
    """Whether every line since the last dropped one is there, in its place and as it was written, to the last."""
    seq, link = _position(settings.get(session, START))
    for row in lines(session):
        seq, link = seq + 1, chain(link, seq + 1, row.at, row.who, row.what, row.id)
        if row.seq != seq or row.chain != link:
            return False
    return _position(settings.get(session, HEAD)) == (seq, link)


def count_before(session: Connection, before: datetime) -> int:
    """How many lines `drop` would forget."""
    kept = select(func.min(Journal.seq)).where(Journal.at >= before).scalar_subquery()
    old = select(func.count()).select_from(Journal).where(Journal.seq < func.coalesce(kept, 1 << 62))
    return session.execute(old).scalar_one()


def drop(session: Connection, before: datetime) -> int:
    """Forgets the lines up to the first that is not older than a time; what follows still verifies. Returns how many."""
    kept = select(func.min(Journal.seq)).where(Journal.at >= before).scalar_subquery()
    last = session.execute(
        select(Journal.seq, Journal.chain)
        .where(Journal.seq < func.coalesce(kept, 1 << 62))
        .order_by(Journal.seq.desc())
        .limit(1)
    ).first()
    if last is None:
        return 0
    settings.put(session, {START: f"{last.seq} {last.chain.hex()}"})
    return session.execute(delete(Journal).where(Journal.seq <= last.seq)).rowcount


def _position(kept: str | None) -> tuple[int, bytes]:
    seq, link = (kept or _NONE).split()
    return int(seq), bytes.fromhex(link)
