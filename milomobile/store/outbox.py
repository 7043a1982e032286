"""Records not yet acknowledged: written with the act itself, never again, and settled by what the server signed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from milomobile.store import settings
from milomobile.store.engine import Store
from milomobile.store.tables import Outbox as Row
from sync import chain, records
from sync.push import Position
from sync.records import Ack, Batch

_ADD = insert(Row.__table__)  # type: ignore[arg-type]
_LAST = "SELECT seq, chain, hlc FROM outbox ORDER BY seq DESC LIMIT 1"
"""In the driver's own words, as each act reads it: half the price of a statement that is compiled."""


@dataclass(frozen=True)
class Letter:
    """One record to send: `set` has the keys of a `register` line, or is the sealed text of a `reserved`."""

    entity: str
    entity_id: str
    set: dict[str, Any] | str
    op: str = "create"


def put(session: Connection, letters: Sequence[Letter], now: datetime) -> list[int]:
    """Numbers, chains and keeps the letters of one act inside its transaction; returns their seqs in order."""
    last = session.exec_driver_sql(_LAST).first()
    if last is None:
        kept = settings.get_all(session)
        seq, link, stamp = 0, chain.start(kept["device"], kept["epoch"]), ""
    else:
        seq, link, stamp = last
    moment, rows, seqs = round(now.timestamp() * 1000), [], []
    for letter in letters:
        seq, stamp, name = seq + 1, records.tick(stamp, moment), records.uuid7(moment)
        line = records.line(
            id=name,
            hlc=stamp,
            entity=letter.entity,
            entity_id=letter.entity_id,
            op=letter.op,
            v=records.SCHEMA,
            set=letter.set,
        )
        digest = chain.digest(line)
        link = chain.step(link, digest)
        seqs.append(seq)
        rows.append(
            {
                "seq": seq,
                "id": name,
                "hlc": stamp,
                "entity": letter.entity,
                "entity_id": letter.entity_id,
                "line": line,
                "size": len(line),
                "digest": digest,
                "chain": link,
                "state": "waiting",
            }
        )
    session.execute(_ADD, rows)
    return seqs


def refused(session: Connection, seq: int) -> Any:
    """(entity, entity_id) of a refused line that nobody looked at yet, or None."""
    here = (Row.seq == seq, Row.state == "refused", Row.aside.is_(None))
    return session.execute(select(Row.entity, Row.entity_id).where(*here)).first()


def set_aside(session: Connection, ids: Sequence[str], why: str) -> None:
    """The refused lines of these entities need nothing more."""
    here = (Row.entity_id.in_(ids), Row.state == "refused", Row.aside.is_(None))
    session.execute(update(Row).where(*here).values(aside=why))


def begin_anew(session: Connection) -> None:
    """A store that went back in time: a new epoch, in which every line waits again under its number (sync.md 1.7).

    The server knows lines by their id, whatever the epoch: none is taken twice, and what it lost is taken.
    """
    kept = settings.get_all(session)
    epoch = secrets.token_hex(4)
    link = chain.start(kept["device"], epoch)
    settings.put(session, {"epoch": epoch, "hwm": "0", "chain": link.hex()})
    links = []
    for seq, digest in session.execute(select(Row.seq, Row.digest).order_by(Row.seq)).all():
        link = chain.step(link, digest)
        links.append({"s": seq, "c": link})
    if links:
        table: Any = Row.__table__
        session.execute(update(table).where(table.c.seq == bindparam("s")).values(chain=bindparam("c")), links)
    again = {"state": "waiting", "taken_at": None, "durable_at": None, "reason": None, "pointer": None}
    session.execute(update(Row).values(**again))


class Outbox:
    """The outbox that a push sees (`sync.push.Outbox`): short transactions, none open while the network is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def position(self) -> Position:
        """Where this laptop stands: what the server last signed, and the last number it gave out."""
        with self._store.read() as session:
            kept = settings.get_all(session)
            last = session.execute(select(func.coalesce(func.max(Row.seq), 0))).scalar_one()
        start = chain.start(kept["device"], kept["epoch"]).hex()
        return Position(
            device=kept["device"],
            epoch=kept["epoch"],
            hwm=int(kept.get("hwm", "0")),
            chain=kept.get("chain", start),
            last_seq=last,
        )

    def waiting(self) -> int:
        """How many records still wait."""
        with self._store.read() as session:
            return session.execute(select(func.count()).where(Row.state == "waiting")).scalar_one()

    def batch(self, after: int, max_bytes: int, until: int) -> Batch | None:
        """The next gapless run of waiting lines beyond `after` up to `until`, about `max_bytes` long, or one line."""
        with self._store.read() as session:
            rows = session.execute(
                select(Row.seq, Row.line, Row.digest)
                .where(Row.state == "waiting", Row.seq > after, Row.seq <= until)
                .order_by(Row.seq)
                .limit(4000)
            ).all()
        lines: list[bytes] = []
        size = 0
        for seq, kept, digest in rows:
            line = records.hollow(digest) if kept is None else kept
            if lines and (seq != rows[0].seq + len(lines) or size + len(line) > max_bytes):
                break
            lines.append(line)
            size += len(line)
        return Batch(rows[0].seq, tuple(lines)) if lines else None

    def settle(self, batch: Batch, ack: Ack) -> None:
        """One short write: what the server signed for this batch, and what it says it holds in all."""
        first, last = batch.first, batch.first + len(batch.lines) - 1
        with self._store.write() as session:
            for start, end in ack.stored:
                held = Row.seq.between(max(start, first), min(end, last))
                session.execute(update(Row).where(held, Row.state == "waiting").values(state="sent", reason=None))
            for result in ack.results:
                if result.verdict in ("refused", "gone"):
                    self._settle_one(session, result.seq, result.verdict, result.detail, result.pointer)
            if ack.hwm >= int(settings.get(session, "hwm") or 0):
                settings.put(session, {"hwm": str(ack.hwm), "chain": ack.chain, "history": ack.history})

    def reconcile(self, hwm: int, chain: str) -> int:
        """Lines beyond what the server has without a gap wait again; returns how many it had lost."""
        lost = (Row.seq > hwm) & (Row.state != "waiting")
        with self._store.write() as session:
            settings.put(session, {"hwm": str(hwm), "chain": chain})
            again = {"state": "waiting", "taken_at": None, "durable_at": None}
            return session.execute(update(Row).where(lost).values(**again)).rowcount

    @staticmethod
    def _settle_one(session: Connection, seq: int, verdict: str, reason: str, pointer: str | None) -> None:
        values = {"state": verdict, "reason": reason, "pointer": pointer} | (
            {"line": None} if verdict == "gone" else {}
        )
        session.execute(update(Row).where(Row.seq == seq).values(**values))
