"""Many laptops at one server within a minute, and two server processes beside one; over TLS, on this machine."""

import random
import statistics
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import insert

from sync import chain, client, records, signing
from sync.errors import SyncError
from sync.push import Position
from sync.records import Batch
from sync.server import identity
from sync.server.store import Store, database
from sync.server.tables import Device
from tests import postgresql
from tests.bench.ingest import EPOCH, MET, PERSON
from tests.flows.processes import Office, call

LAPTOPS, EACH, MINUTE = 500, 60, 60.0
HEAVY, BATCHES, BATCH = 8, 5, 500
KEY = bytes(31) + b"\1"


def loading(folder: Path) -> dict[str, object]:
    """A minute's pushes on each database: none refused, and how long the slowest hundredth took, in seconds."""
    figures: dict[str, object] = {"sqlite": _minute(folder / "load", None)}
    if postgresql.programs() is not None:
        with postgresql.cluster() as cluster:
            figures["postgresql"] = _minute(folder / "load-postgresql", cluster.database())
            one, two = (_together(folder / f"servers-{many}", cluster.database(), many) for many in (1, 2))
        figures["two_servers"] = {
            "ratio_to_one": two / one,
            "target": 1.0,
            "records_a_second": two,
            "one_a_second": one,
        }
    return figures


def _office(data: Path, url: str | None, devices: Sequence[str]) -> Office:
    """A server that knows the laptops; they share one key, which costs the server as much as many."""
    more = ["--database", url] if url else []
    assert call("sync.server", "init", "--data", str(data), *more).returncode == 0
    store = Store(database(data))
    row = {"label": "", "public_key": signing.public_of(KEY), "enrolled": 1, "hwm": 0}
    with store.write() as session:
        session.execute(insert(Device), [{"id": device, **row} for device in devices])
    store.close()
    return Office(data)


def _client(office: Office, device: str) -> client.Client:
    known = identity.load(office.data).public_key
    ca = office.certificate.read_text(encoding="ascii")
    return client.Client(office.url, device, KEY, [known], ca=ca, clock=_now, app="bench")


def _now() -> int:
    return round(time.time() * 1000)


def _lines(count: int) -> tuple[bytes, ...]:
    hlc, made = "", []
    for number in range(count):
        hlc = records.tick(hlc, _now())
        if number % 2 == 0:
            person, kind, answers = records.uuid7(), "person", dict(PERSON)
        else:
            kind, answers = "encounter", {**MET, "person": person}
        entity_id = person if kind == "person" else records.uuid7()
        id = records.uuid7()
        made.append(records.line(id=id, hlc=hlc, entity=kind, entity_id=entity_id, op="create", v=1, set=answers))
    return tuple(made)


def _minute(data: Path, url: str | None) -> dict[str, object]:
    """Each laptop presses at a moment of its own; what it waits for is counted from there."""
    devices = [records.uuid7() for _ in range(LAPTOPS)]
    office = _office(data, url, devices)
    office.start()
    dice, lines = random.Random(1), {device: _lines(EACH) for device in devices}
    moments = sorted(dice.uniform(0, MINUTE) for _ in devices)
    took: list[float] = []
    refused: list[str] = []
    sizes: list[int] = []
    began = time.monotonic()

    def press(device: str, moment: float) -> None:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        lane = _client(office, device)
        try:
            start = chain.start(device, EPOCH).hex()
            ack = lane.send(Batch(1, lines[device]), Position(device, EPOCH, 0, start, EACH))
            assert (ack.hwm, ack.results) == (EACH, ())
            took.append(time.monotonic() - began - moment)
        except SyncError as wrong:
            refused.append(type(wrong).__name__)
        finally:
            lane.close()
        if len(took) in (LAPTOPS // 5, LAPTOPS):
            sizes.append(_resident(office))

    with ThreadPoolExecutor(100) as pool:
        list(pool.map(press, devices, moments))
    seconds = time.monotonic() - began
    held = office("stats")["records"]
    office.stop()
    cuts = statistics.quantiles(took, n=100)
    return {
        "records": held,
        "lost": LAPTOPS * EACH - held,
        "refused": len(refused),
        "seconds": seconds,
        "p50": cuts[49],
        "p99": cuts[98],
        "p99_target": 3.0,
        "server_mb_after_a_fifth": sizes[0],
        "server_mb_at_the_end": sizes[-1],
    }


def _resident(office: Office) -> int:
    """Memory of the server process in megabytes."""
    assert office.process
    status = Path(f"/proc/{office.process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _together(data: Path, url: str, many: int) -> float:
    """Records a second that laptops with much to send push through one or more server processes on one database."""
    devices = [records.uuid7() for _ in range(HEAVY)]
    first = _office(data, url, devices)
    offices = [first, *(Office(data) for _ in range(many - 1))]
    for office in offices:
        office.port = "0"
        office.start()
    lines = {device: _lines(BATCH * BATCHES) for device in devices}
    ready = threading.Barrier(HEAVY + 1)

    def push(number: int) -> None:
        device = devices[number]
        lane = _client(offices[number % many], device)
        seen, link = 0, chain.start(device, EPOCH).hex()
        ready.wait()
        for start in range(0, BATCH * BATCHES, BATCH):
            batch = Batch(start + 1, lines[device][start : start + BATCH])
            ack = lane.send(batch, Position(device, EPOCH, seen, link, BATCH * BATCHES))
            seen, link = ack.hwm, ack.chain
        lane.close()

    with ThreadPoolExecutor(HEAVY) as pool:
        pushes = [pool.submit(push, number) for number in range(HEAVY)]
        ready.wait()
        began = time.monotonic()
        for one in pushes:
            one.result()
        seconds = time.monotonic() - began
    held = first("stats")["records"]
    for office in offices:
        office.stop()
    assert held == HEAVY * BATCH * BATCHES, "records were lost"
    return held / seconds
