"""Taking a batch: every line that can be framed is stored once, judged once, and acknowledged after the commit."""

import hmac
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from sync import chain, records
from sync.records import Ack, Batch, Result
from sync.server import erasing, feeds, office, projection
from sync.server.bulk import add_rows, among
from sync.server.judging import EMPTIED, ERASED, Judged, about, judge, said
from sync.server.tables import Change, Device, Entity, Erasure, Merge, Receipt, Server
from sync.server.upcasting import today


class Fork(Exception):
    """The laptop's history is not the one known here."""


def take(
    session: Connection, server_id: str, device: str, epoch: str, batch: Batch, expect: tuple[int, str], now: int
) -> Ack:
    """Stores a batch inside the caller's transaction; raises Fork. The answer may leave only after the commit.

    The laptop's row is locked first: one batch of a laptop at a time, whatever process took it.
    """
    columns = (Device.epoch, Device.hwm, Device.chain)
    known = session.execute(select(*columns).where(Device.id == device).with_for_update()).one()
    hwm, link = (known.hwm, known.chain) if known.epoch == epoch else (0, None)
    link = bytes(link or chain.start(device, epoch))
    _compare(session, device, epoch, expect, hwm)
    first, last = batch.first, batch.last
    held = _receipts(session, device, epoch, first, last)
    digests = {seq: records.digest(line)[0] for seq, line in enumerate(batch.lines, first)}
    results, fresh = [], []
    for seq, line in enumerate(batch.lines, first):
        digest = digests[seq]
        if seq in held:
            if not hmac.compare_digest(bytes(held[seq].digest), digest):
                raise Fork(f"line {seq} is another one")
            results.append(_already(held[seq]))
        else:
            fresh.append(judge(seq, line, digest))
    links: dict[int, bytes] = {}
    while first <= hwm + 1 <= last:
        hwm, link = hwm + 1, chain.step(link, digests[hwm + 1])
        links[hwm] = link
    results += _keep(session, device, epoch, fresh, links, now)
    _link(session, device, epoch, {seq: links[seq] for seq in held.keys() & links.keys()})
    hwm, link = _advance(session, device, epoch, hwm, link)
    saved = {column: case((Device.epoch == epoch, column), else_=0) for column in (Device.durable, Device.verified)}
    values: dict[Any, Any] = {Device.epoch: epoch, Device.hwm: hwm, Device.chain: link, Device.last_seen: now, **saved}
    session.execute(update(Device).where(Device.id == device).values(values))
    results.sort(key=lambda result: result.seq)
    return _ack(session, server_id, device, ((first, last),), hwm, link, now, results)


def state(session: Connection, server_id: str, device: str, now: int) -> Ack:
    """What this server holds of a laptop, the chain computed again from the rows."""
    epoch = session.execute(select(Device.epoch).where(Device.id == device)).scalar_one() or ""
    link, hwm, refused = chain.start(device, epoch), 0, []
    columns = (Receipt.seq, Receipt.change_id, Receipt.digest, Receipt.state, Receipt.type, Receipt.detail)
    where = (Receipt.device == device, Receipt.epoch == epoch)
    for row in session.execute(select(*columns, Receipt.pointer).where(*where).order_by(Receipt.seq)):
        if row.seq == hwm + 1:
            link, hwm = chain.step(link, row.digest), row.seq
        if row.state != "taken":
            refused.append(Result(row.seq, row.change_id, row.state, row.type, row.detail, row.pointer))
    return _ack(session, server_id, device, ((1, hwm),) if hwm else (), hwm, link, now, refused)


def _ack(
    session: Connection,
    server_id: str,
    device: str,
    stored: tuple[tuple[int, int], ...],
    hwm: int,
    link: bytes,
    now: int,
    results: Sequence[Result],
) -> Ack:
    here = session.execute(select(Server.history, Server.made, Server.verified)).one()
    durable = session.execute(select(Device.durable).where(Device.id == device)).scalar_one()
    ends = feeds.heads(session, here.history)
    saved = here.verified or here.made
    return Ack(server_id, here.history, stored, hwm, link.hex(), durable, now, tuple(results), ends, saved)


def _compare(session: Connection, device: str, epoch: str, expect: tuple[int, str], hwm: int) -> None:
    """Raises Fork where the chain here differs from what the laptop saw signed; below it, this server lost records."""
    seq, link = expect
    if seq == 0 or seq > hwm:
        return
    here = session.execute(
        select(Receipt.chain).where(Receipt.device == device, Receipt.epoch == epoch, Receipt.seq == seq)
    ).scalar()
    if here is None or not hmac.compare_digest(bytes(here).hex(), link):
        raise Fork(f"the chain differs at {seq}")


def _receipts(session: Connection, device: str, epoch: str, first: int, last: int) -> dict[int, Any]:
    where = (Receipt.device == device, Receipt.epoch == epoch, Receipt.seq.between(first, last))
    return {row.seq: row for row in session.execute(select(*Receipt.__table__.columns).where(*where))}


def _already(row: Any) -> Result:
    verdict = "already" if row.state == "taken" else row.state
    return Result(row.seq, row.change_id, verdict, row.type, row.detail, row.pointer)


def _keep(
    session: Connection, device: str, epoch: str, fresh: Sequence[Judged], links: dict[int, bytes], now: int
) -> list[Result]:
    fresh = _sent_before(session, device, epoch, fresh)
    known = _digests(session, [one.id for one in fresh])
    of = {one.seq: _about(one) for one in fresh}
    gone = erasing.erased(session, {key for keys in of.values() for key in keys})
    changes, receipts, results = [], [], []
    for one in fresh:
        verdict, kind, detail, pointer = one.state, one.type, one.detail, one.pointer
        if one.id in known:
            if known[one.id] != one.digest:
                verdict, kind, detail = "refused", "/problems/id-taken", "Une autre fiche porte déjà cet identifiant."
            elif not gone.isdisjoint(of[one.seq]) and one.record["op"] != "erase":
                verdict, kind, detail = "gone", "/problems/person-erased", ERASED
            elif verdict == "taken":
                verdict = "already"
        else:
            known[one.id] = one.digest
            if not gone.isdisjoint(of[one.seq]) and one.record["op"] != "erase":
                verdict, kind, detail = "gone", "/problems/person-erased", ERASED
            changes.append((one, verdict))
        kept = "taken" if verdict == "already" else verdict
        receipts.append((one, kept, kind, detail, pointer))
        if verdict != "taken":
            results.append(Result(one.seq, one.id, verdict, kind, detail, pointer))
    add_rows(session, Change, [_change(one, device, verdict, now) for one, verdict in changes])
    add_rows(session, Receipt, [_receipt(device, epoch, links, *receipt) for receipt in receipts])
    taken = [today(one.record) for one, verdict in changes if verdict == "taken"]
    projection.apply(
        session, [(_key(record), said(record, device, now)) for record in taken if record["op"] != "erase"]
    )
    office.hear(session, device, (record for record in taken if record["op"] != "erase"), now)
    for record in taken:
        if record["op"] == "erase":
            answers = record.get("set")
            reason = str(answers.get("reason") or "") if isinstance(answers, dict) else ""
            for person in office.circle(session, record["entity_id"]):
                erasing.erase(session, person, reason, record["id"], now)
    return results


def _key(record: dict[str, Any]) -> tuple[str, str]:
    return record["entity"], record["entity_id"]


def _about(one: Judged) -> set[tuple[str, str]]:
    return about(one.record) if one.state == "taken" and one.record else set()


def _sent_before(session: Connection, device: str, epoch: str, fresh: Sequence[Judged]) -> list[Judged]:
    """Lines that come emptied from a laptop put back from a backup, but were sent in an epoch before: as judged then."""
    empty = {one.digest for one in fresh if one.type == EMPTIED}
    if not empty:
        return list(fresh)
    columns = (Receipt.digest, Receipt.change_id, Receipt.state, Receipt.type, Receipt.detail, Receipt.pointer)
    rows = session.execute(select(*columns).where(Receipt.device == device, Receipt.epoch != epoch))
    before = {bytes(row.digest): row for row in rows if bytes(row.digest) in empty}

    def judged(one: Judged) -> Judged:
        row = before.get(one.digest) if one.type == EMPTIED else None
        if row is None:
            return one
        said = {"type": row.type, "detail": row.detail, "pointer": row.pointer}
        return replace(one, id=row.change_id, state=row.state, **said)

    return [judged(one) for one in fresh]


def _digests(session: Connection, ids: Sequence[str]) -> dict[str, bytes]:
    here = among(session, (Change.id,), [(id,) for id in ids])
    rows = session.execute(select(Change.id, Change.digest).where(here))
    return {row.id: bytes(row.digest) for row in rows}


def _change(one: Judged, node: str, verdict: str, now: int) -> dict[str, Any]:
    named = {name: _short(one.record.get(name)) for name in ("entity", "entity_id")}
    line = None if verdict == "gone" else one.line
    return {"id": one.id, "digest": one.digest, "line": line, **named, "node": node, "received": now}


def _short(value: object) -> str:
    return str(value or "").replace("\0", "").encode(errors="replace").decode()[:64]


def _receipt(
    device: str,
    epoch: str,
    links: dict[int, bytes],
    one: Judged,
    state: str,
    kind: str,
    detail: str,
    pointer: str | None,
) -> dict[str, Any]:
    row = {"device": device, "epoch": epoch, "seq": one.seq, "change_id": one.id, "digest": one.digest}
    return row | {"chain": links.get(one.seq), "state": state, "type": kind, "detail": detail, "pointer": pointer}


def _advance(session: Connection, device: str, epoch: str, hwm: int, link: bytes) -> tuple[int, bytes]:
    """Follows lines that came early: the run goes on over them where the gap before them is filled."""
    links: dict[int, bytes] = {}
    where = (Receipt.device == device, Receipt.epoch == epoch, Receipt.seq > hwm)
    for seq, digest in session.execute(select(Receipt.seq, Receipt.digest).where(*where).order_by(Receipt.seq)):
        if seq != hwm + 1:
            break
        hwm, link = seq, chain.step(link, digest)
        links[seq] = link
    _link(session, device, epoch, links)
    return hwm, link


def _link(session: Connection, device: str, epoch: str, links: dict[int, bytes]) -> None:
    if links:
        where = (_RECEIPT.c.device == device, _RECEIPT.c.epoch == epoch, _RECEIPT.c.seq == bindparam("s"))
        statement = update(_RECEIPT).where(*where).values(chain=bindparam("c"))
        session.execute(statement, [{"s": seq, "c": link} for seq, link in links.items()])


_RECEIPT: Any = Receipt.__table__


def stats(session: Connection) -> dict[str, int]:
    """Counts over all laptops; a group is one encounter, two people found to be the same are one, withdrawn is none."""

    def count(table: Any, *where: Any) -> int:
        return session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()

    merged = (Merge.undone.is_(None), _is_kept(Merge.loser), _is_kept(Merge.winner))
    return {
        "devices": count(Device),
        "records": count(Change),
        "people": count(Entity, Entity.entity == "person") - count(Merge, *merged),
        "encounters": count(Entity, Entity.entity == "encounter", _COUNTS),
        "refused": session.execute(_REFUSED).scalar_one(),
        "erased": count(Erasure, Erasure.entity == "person"),
    }


_REFUSED = select(func.count(Receipt.change_id.distinct())).where(Receipt.state == "refused")
"""A line that a laptop sent again after it was put back from a backup is one."""
_COUNTS = Entity.state["withdrawn"][1].as_boolean().is_not(True)
"""Whether an encounter took place: what a laptop took back (`{"withdrawn": true}`) is in no figure and no file."""


def _is_kept(person: Any) -> Any:
    return exists().where(Entity.entity == "person", Entity.entity_id == person)
