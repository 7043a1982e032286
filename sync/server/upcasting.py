"""Records of older and newer schemas: an older one is read as today's, a newer one waits here for the server's upgrade.

An upcaster takes a record of its version and returns the same record in the next one; it is a pure function and is kept
for ever, with a golden line in tests/golden. Lines themselves are never rewritten: only what merging sees.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select, update

from sync import records
from sync.server import erasing, feeds, projection
from sync.server.judging import ERASED, NEWER, about, judge, said
from sync.server.tables import Change, Receipt

Record = dict[str, Any]
UPCASTERS: dict[int, Callable[[Record], Record]] = {}
"""By the version a record has. Schema 1 is the first: nothing is older."""


def today(record: Record, upcasters: dict[int, Callable[[Record], Record]] | None = None) -> Record:
    """The record as of this server's schema; its `v` says so."""
    steps = UPCASTERS if upcasters is None else upcasters
    while (version := record["v"]) in steps:
        record = {**steps[version](record), "v": version + 1}
    return record


def judge_again(session: Connection, now: int, schema: int = records.SCHEMA) -> int:
    """After an upgrade: judges the lines that were too new, tells their laptops, returns how many are taken now."""
    waiting = session.execute(
        select(*Receipt.__table__.columns, Change.line, Change.node, Change.received)
        .join(Change, Change.id == Receipt.change_id)
        .where(Receipt.type == NEWER)
        .order_by(Receipt.device, Receipt.epoch, Receipt.seq)
    ).all()
    taken = 0
    verdicts: dict[str, list[dict[str, Any]]] = {}
    for row in waiting:
        line = records.hollow(bytes(row.digest)) if row.line is None else bytes(row.line)
        one = judge(row.seq, line, bytes(row.digest), schema)
        if one.type == NEWER:
            continue
        state, kind, detail = one.state, one.type, one.detail
        if state == "taken":
            record = today(one.record)
            if record["op"] == "erase":
                erasing.erase(session, record["entity_id"], str(record.get("reason", "")), record["id"], now)
            elif erasing.erased(session, about(record)):
                state, kind, detail = "gone", "/problems/person-erased", ERASED
                session.execute(update(Change).where(Change.id == row.change_id).values(line=None))
            else:
                key = (record["entity"], record["entity_id"])
                projection.apply(session, [(key, said(record, row.node, row.received))])
            taken += state == "taken"
        here = (Receipt.device == row.device, Receipt.epoch == row.epoch, Receipt.seq == row.seq)
        values = {"state": state, "type": kind, "detail": detail, "pointer": one.pointer}
        session.execute(update(Receipt).where(*here).values(**values))
        told = {"seq": row.seq, "id": row.change_id, "verdict": state, "detail": detail, "pointer": one.pointer}
        verdicts.setdefault(row.device, []).append(told)
    for device, items in verdicts.items():
        feeds.say(session, "verdicts", items, device)
    return taken
