"""The server taking batches of 500 records into PostgreSQL, against plain COPY of the same rows in one commit a batch."""

import json
import statistics
import time
from collections.abc import Sequence

import psycopg
from sqlalchemy import Connection, insert

from sync import chain, records, signing
from sync.records import Batch
from sync.server import ledger, projection
from sync.server.merge import Said
from sync.server.store import Store
from sync.server.tables import Device, Server
from tests import postgresql

BATCH, BATCHES, NOW, EPOCH = 500, 20, 1_795_000_000_000, "7f3a91c2"
PERSON = {
    "given_name": "Inès",
    "birth_name": "Boussole",
    "phone": "+33612345678",
    "sex": "F",
    "birth_date": "2007-03-12",
}
MET = {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "p", "needs": ["EMPLOI"], "outcome": "RDV_PRIS"}


def ingesting() -> dict[str, object]:
    """Ratios of records a second, with merging into people and encounters; None where PostgreSQL is not installed."""
    if postgresql.programs() is None:
        return {"ratio": None, "why": "PostgreSQL is not installed here"}
    with postgresql.cluster() as cluster:
        bound = _copying(cluster)
        taking, storing = _taking(cluster)
    return {
        "ratio": taking / bound,
        "target": 0.2,
        "floor": 0.08,
        "storing_ratio": storing / bound,
        "storing_target": 0.5,
        "records_a_second": taking,
        "copy_a_second": bound,
    }


def _lines(device: int) -> list[bytes]:
    hlc, lines = "", []
    for number in range(BATCH * BATCHES):
        hlc = records.tick(hlc, NOW)
        id = records.uuid7(NOW)
        entity, answers = (
            ("encounter", {**MET, "person": f"{device}-{number // 2}"}) if number % 2 else ("person", PERSON)
        )
        name = f"{device}-{number // 2}"
        lines.append(records.line(id=id, hlc=hlc, entity=entity, entity_id=name, op="create", v=1, set=answers))
    return lines


def _copying(cluster: postgresql.Cluster) -> float:
    """The rows that taking the same batches leaves in `change` and `receipt`, copied into tables made alike."""
    url = cluster.database()
    Store(url, create=True).close()
    lines, seconds = _lines(0), []
    link = chain.start("d", EPOCH)
    columns = {
        "change": "id, digest, line, entity, entity_id, node, received",
        "receipt": "device, epoch, seq, change_id, digest, chain, state, type, detail, pointer",
    }
    with psycopg.connect(url.replace("+psycopg", "")) as session:
        session.execute("INSERT INTO device (id, label, public_key, enrolled, hwm) VALUES ('d', '', '', 1, 0)")
        session.commit()
        for start in range(0, len(lines), BATCH):
            rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in columns}
            for seq, line in enumerate(lines[start : start + BATCH], start + 1):
                digest, record = chain.digest(line), json.loads(line)
                link = chain.step(link, digest)
                id, entity, name = record["id"], record["entity"], record["entity_id"]
                rows["change"].append((id, digest, line, entity, name, "d", NOW))
                rows["receipt"].append(("d", EPOCH, seq, id, digest, link, "taken", "", "", None))
            began = time.perf_counter()
            for table, copied in rows.items():
                with session.cursor().copy(f"COPY {table} ({columns[table]}) FROM STDIN") as copy:
                    for row in copied:
                        copy.write_row(row)
            session.commit()
            seconds.append(time.perf_counter() - began)
    return BATCH / statistics.median(seconds)


def _taking(cluster: postgresql.Cluster) -> tuple[float, float]:
    """Records a second with merging, and without the time that merging took of the same batches."""
    store = Store(cluster.database(), create=True)
    key = signing.public_of(bytes(32))
    with store.write() as session:
        session.execute(insert(Server).values(history="h"))
        session.execute(insert(Device).values(id="d", label="", public_key=key, enrolled=NOW, hwm=0))
    lines, seconds, seen, link = _lines(1), [], 0, "0" * 64
    stored: list[float] = []
    merging, apply = 0.0, projection.apply

    def timed(session: Connection, taken: Sequence[tuple[projection.Key, Said]]) -> None:
        nonlocal merging
        began = time.perf_counter()
        apply(session, taken)
        merging = time.perf_counter() - began

    projection.apply = timed
    for start in range(0, len(lines), BATCH):
        batch = Batch(start + 1, tuple(lines[start : start + BATCH]))
        began = time.perf_counter()
        with store.write() as session:
            ack = ledger.take(session, "s", "d", EPOCH, batch, (seen, link), NOW)
        seconds.append(time.perf_counter() - began)
        stored.append(seconds[-1] - merging)
        seen, link = ack.hwm, ack.chain
    projection.apply = apply
    store.close()
    return BATCH / statistics.median(seconds), BATCH / statistics.median(stored)
