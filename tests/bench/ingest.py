"""The server taking batches of 500 records into PostgreSQL, against plain COPY of the same rows in one commit a batch."""

import statistics
import time

import psycopg
from sqlalchemy import insert

from sync import chain, records, signing
from sync.records import Batch
from sync.server import ledger
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
_PLAIN = """CREATE TABLE plain (device text, epoch text, seq bigint, change_id text, digest bytea, chain bytea, state text,
 type text, detail text, entity text, entity_id text, line bytea, received bigint,
 PRIMARY KEY (device, epoch, seq), UNIQUE (change_id))"""


def ingesting() -> dict[str, object]:
    """Ratios of records a second, with merging into people and encounters; None where PostgreSQL is not installed."""
    if postgresql.programs() is None:
        return {"ratio": None, "why": "PostgreSQL is not installed here"}
    with postgresql.cluster() as cluster:
        bound = _copying(cluster)
        ours = _taking(cluster)
    return {"ratio": ours / bound, "target": 0.2, "floor": 0.08, "records_a_second": ours, "copy_a_second": bound}


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
    seconds = []
    with psycopg.connect(cluster.database().replace("+psycopg", "")) as session:
        session.execute(_PLAIN)
        session.commit()
        lines = _lines(0)
        for start in range(0, len(lines), BATCH):
            part = lines[start : start + BATCH]
            rows = [
                (
                    "d",
                    EPOCH,
                    start + n,
                    f"{start + n}",
                    chain.digest(line),
                    chain.digest(line),
                    "taken",
                    "",
                    "",
                    "person",
                    "x",
                    line,
                    NOW,
                )
                for n, line in enumerate(part)
            ]
            began = time.perf_counter()
            with session.cursor().copy("COPY plain FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            session.commit()
            seconds.append(time.perf_counter() - began)
    return BATCH / statistics.median(seconds)


def _taking(cluster: postgresql.Cluster) -> float:
    store = Store(cluster.database(), create=True)
    key = signing.public_of(bytes(32))
    with store.write() as session:
        session.execute(insert(Server).values(history="h"))
        session.execute(insert(Device).values(id="d", label="", public_key=key, enrolled=NOW, hwm=0))
    lines, seconds, seen, link = _lines(1), [], 0, "0" * 64
    for start in range(0, len(lines), BATCH):
        batch = Batch(start + 1, tuple(lines[start : start + BATCH]))
        began = time.perf_counter()
        with store.write() as session:
            ack = ledger.take(session, "s", "d", EPOCH, batch, (seen, link), NOW)
        seconds.append(time.perf_counter() - began)
        seen, link = ack.hwm, ack.chain
    store.close()
    return BATCH / statistics.median(seconds)
