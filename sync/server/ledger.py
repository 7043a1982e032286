"""Taking a batch: every line that can be framed is stored once, judged once, and acknowledged after the commit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from sync import chain, records
from sync.records import Ack, Batch, Result
from sync.server import projection
from sync.server.tables import Change, Device, Receipt, Server


class Fork(Exception):
    """The laptop's history is not the one known here."""


@dataclass(frozen=True)
class Judged:
    """What one line is, and the verdict."""

    seq: int
    id: str
    line: bytes
    digest: bytes
    record: dict[str, Any]
    state: str = "taken"
    type: str = ""
    detail: str = ""
    pointer: str | None = None


def take(
    session: Connection, server_id: str, device: str, epoch: str, batch: Batch, expect: tuple[int, str], now: int
) -> Ack:
    """Stores a batch inside the caller's transaction; raises Fork. The answer may leave only after the commit."""
    known = session.execute(select(Device.epoch, Device.hwm, Device.chain).where(Device.id == device)).one()
    hwm, link = (known.hwm, known.chain) if known.epoch == epoch else (0, None)
    link = link or chain.start(device, epoch)
    _compare(session, device, epoch, expect, hwm)
    first, last = batch.first, batch.first + len(batch.lines) - 1
    held = _receipts(session, device, epoch, first, last)
    results, fresh = [], []
    for seq, line in enumerate(batch.lines, first):
        digest = chain.digest(line)
        if seq in held:
            if held[seq].digest != digest:
                raise Fork(f"line {seq} is another one")
            results.append(_already(held[seq]))
        else:
            fresh.append(judge(seq, line, digest))
    results += _keep(session, device, epoch, fresh, now)
    hwm, link = _advance(session, device, epoch, hwm, link)
    session.execute(update(Device).where(Device.id == device).values(epoch=epoch, hwm=hwm, chain=link, last_seen=now))
    results.sort(key=lambda result: result.seq)
    history = session.execute(select(Server.history)).scalar_one()
    return Ack(server_id, history, ((first, last),), hwm, link.hex(), 0, now, tuple(results))


def state(session: Connection, server_id: str, device: str, now: int) -> Ack:
    """What this server holds of a laptop, the chain computed again from the rows."""
    epoch = session.execute(select(Device.epoch).where(Device.id == device)).scalar_one() or ""
    link, hwm, refused = chain.start(device, epoch), 0, []
    columns = (
        Receipt.seq,
        Receipt.change_id,
        Receipt.digest,
        Receipt.state,
        Receipt.type,
        Receipt.detail,
        Receipt.pointer,
    )
    for row in session.execute(
        select(*columns).where(Receipt.device == device, Receipt.epoch == epoch).order_by(Receipt.seq)
    ):
        if row.seq == hwm + 1:
            link, hwm = chain.step(link, row.digest), row.seq
        if row.state != "taken":
            refused.append(Result(row.seq, row.change_id, row.state, row.type, row.detail, row.pointer))
    history = session.execute(select(Server.history)).scalar_one()
    return Ack(server_id, history, ((1, hwm),) if hwm else (), hwm, link.hex(), 0, now, tuple(refused))


def judge(seq: int, line: bytes, digest: bytes) -> Judged:
    """The verdict on one line, from its own bytes alone."""
    try:
        record = json.loads(line)
        id = str(record["id"])
        if not isinstance(record, dict) or not 0 < len(id) <= 64:
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        said = "Cette ligne n’est pas lisible."
        return Judged(seq, digest.hex(), line, digest, {}, "refused", "/problems/unreadable-line", said)
    wrong = _wrong(record)
    if wrong:
        kind, said, pointer = wrong
        return Judged(seq, id, line, digest, record, "refused", f"/problems/{kind}", said, pointer)
    return Judged(seq, id, line, digest, record)


def _wrong(record: dict[str, Any]) -> tuple[str, str, str | None] | None:
    entity, answers = record.get("entity"), record.get("set")
    if entity not in records.ENTITIES:
        return "unknown-entity", "Le serveur ne connaît pas cette sorte de fiche.", "/entity"
    if record.get("op") not in ("create", "update") or not isinstance(record.get("entity_id"), str):
        return "unknown-act", "Le serveur ne connaît pas cet acte.", "/op"
    if not isinstance(record.get("hlc"), str) or len(record["hlc"]) != 16:
        return "no-clock", "Cette fiche n’a pas d’horloge.", "/hlc"
    if entity == "reserved":
        return None if isinstance(answers, str) else ("not-sealed", "Ces critères ne sont pas scellés.", "/set")
    if not isinstance(answers, dict):
        return "no-answers", "Cette fiche est vide.", "/set"
    if record["op"] == "create":
        for names in _REQUIRED.get(entity, ()):
            if not any(answers.get(name) for name in names):
                return f"{entity}-without-{names[0]}", f"Il manque une réponse : {names[0]}.", f"/set/{names[0]}"
    return None


_REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "person": (("given_name", "birth_name"), ("phone", "email", "social")),
    "encounter": (("kind",), ("at",), ("place",)),
    "outing": (("date",),),
    "stop": (("outing",), ("place",), ("opened_at",)),
    "place": (("name",),),
    "appointment": (("at",), ("place",)),
}


def _compare(session: Connection, device: str, epoch: str, expect: tuple[int, str], hwm: int) -> None:
    seq, link = expect
    if seq == 0 or seq > hwm:
        return
    here = session.execute(
        select(Receipt.chain).where(Receipt.device == device, Receipt.epoch == epoch, Receipt.seq == seq)
    ).scalar()
    if here is None or here.hex() != link:
        raise Fork(f"the chain differs at {seq}")


def _receipts(session: Connection, device: str, epoch: str, first: int, last: int) -> dict[int, Any]:
    where = (Receipt.device == device, Receipt.epoch == epoch, Receipt.seq.between(first, last))
    return {row.seq: row for row in session.execute(select(*Receipt.__table__.columns).where(*where))}


def _already(row: Any) -> Result:
    verdict = "already" if row.state == "taken" else row.state
    return Result(row.seq, row.change_id, verdict, row.type, row.detail, row.pointer)


def _keep(session: Connection, device: str, epoch: str, fresh: Sequence[Judged], now: int) -> list[Result]:
    ids = [one.id for one in fresh]
    known: dict[str, bytes] = {}
    for start in range(0, len(ids), 500):
        part = Change.id.in_(ids[start : start + 500])
        known |= {id: digest for id, digest in session.execute(select(Change.id, Change.digest).where(part))}  # noqa: C416
    changes, receipts, results = [], [], []
    for one in fresh:
        kind, detail, pointer, verdict = one.type, one.detail, one.pointer, one.state
        if one.id in known:
            same = known[one.id] == one.digest
            verdict = "already" if same else "refused"
            if not same:
                kind, detail = "/problems/id-taken", "Une autre fiche porte déjà cet identifiant."
        else:
            known[one.id] = one.digest
            changes.append(one)
        kept = "taken" if verdict == "already" else verdict
        receipts.append(
            {
                "device": device,
                "epoch": epoch,
                "seq": one.seq,
                "change_id": one.id,
                "digest": one.digest,
                "state": kept,
                "type": kind,
                "detail": detail,
                "pointer": pointer,
            }
        )
        if verdict != "taken":
            results.append(Result(one.seq, one.id, verdict, kind, detail, pointer))
    if changes:
        session.execute(insert(Change), [_change(one, now) for one in changes])
        projection.apply(session, [one.record for one in changes if one.state == "taken"])
    if receipts:
        session.execute(insert(Receipt), receipts)
    return results


def _change(one: Judged, now: int) -> dict[str, Any]:
    named = {name: str(one.record.get(name, ""))[:64] for name in ("entity", "entity_id", "hlc")}
    return {"id": one.id, "digest": one.digest, "line": one.line, "received": now, **named}


def _advance(session: Connection, device: str, epoch: str, hwm: int, link: bytes) -> tuple[int, bytes]:
    where = (Receipt.device == device, Receipt.epoch == epoch)
    linked = []
    query = select(Receipt.seq, Receipt.digest).where(*where, Receipt.seq > hwm).order_by(Receipt.seq)
    for seq, digest in session.execute(query):
        if seq != hwm + 1:
            break
        hwm, link = seq, chain.step(link, digest)
        linked.append({"s": seq, "c": link})
    if linked:
        from sqlalchemy import bindparam

        table = Receipt.__table__
        statement = update(table).where(*where, table.c.seq == bindparam("s")).values(chain=bindparam("c"))  # type: ignore[arg-type]
        session.execute(statement, linked)
    return hwm, link


def stats(session: Connection) -> dict[str, int]:
    """Counts over all laptops; a group is one encounter."""
    from sync.server.tables import Entity

    def entities(kind: str) -> int:
        return session.execute(select(func.count()).where(Entity.entity == kind)).scalar_one()

    refused = session.execute(select(func.count()).select_from(Receipt).where(Receipt.state == "refused")).scalar_one()
    return {
        "devices": session.execute(select(func.count()).select_from(Device)).scalar_one(),
        "records": session.execute(select(func.count()).select_from(Change)).scalar_one(),
        "people": entities("person"),
        "encounters": entities("encounter"),
        "refused": refused,
        "erased": 0,
    }
