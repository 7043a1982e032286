"""Several server processes behind one database, many laptops at once: nothing lost, nothing twice, nobody refused."""

import json
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from sync import chain, client, records
from sync.push import Position
from sync.records import Batch
from sync.server import devices, identity
from sync.server.store import Store, database
from sync.server.tables import Receipt
from tests.flows.processes import ROOT, call, command, environment
from tests.server.conftest import EPOCH, PERSON

LAPTOPS, BATCHES, EACH = 50, 2, 10


@pytest.fixture
def folder(url: str, tmp_path: Path) -> Path:
    """A server's folder, made by `init` over an empty database."""
    done = call("sync.server", "init", "--data", str(tmp_path / "office"), "--database", url)
    assert done.returncode == 0, done.stderr
    return tmp_path / "office"


@pytest.fixture
def servers(folder: Path) -> Iterator[list[str]]:
    """Two processes that serve it; their addresses."""
    started = [
        subprocess.Popen(
            command("sync.server", "serve", "--data", str(folder), "--port", "0"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env=environment(),
        )
        for _ in range(2)
    ]
    urls = [process.stdout.readline().strip() for process in started if process.stdout]
    yield urls
    for process in started:
        process.terminate()
        process.wait(20)
        assert process.stdout
        process.stdout.close()


def answer(folder: Path, verb: str, *args: str) -> str:
    done = call("sync.server", verb, "--data", str(folder), "--json", *args)
    assert done.returncode == 0, done.stderr
    return done.stdout


def now() -> int:
    return round(time.time() * 1000)


def send_a_day(number: int, code: str, urls: list[str]) -> tuple[str, list[bytes]]:
    """One laptop: enrols, then sends its batches twice each, in turn to one server and the other."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).private_bytes_raw()
    device = records.uuid7()
    bound = client.enrol(urls[0], code, device=device, private_key=key, ca=None, clock=now, label=f"Camion {number}")
    lanes = [client.Client(url, device, key, bound.server_keys, ca=None, clock=now, app="test") for url in urls]
    hlc, lines = "", []
    for one in range(BATCHES * EACH):
        hlc = records.tick(hlc, now())
        person = f"00000000-0000-7000-8000-{one % 5:012d}" if one % 2 else records.uuid7()
        lines.append(
            records.line(id=records.uuid7(), hlc=hlc, entity="person", entity_id=person, op="create", v=1, set=PERSON)
        )
    seen, at = 0, chain.start(device, EPOCH).hex()
    for turn in range(BATCHES * 2):
        first = turn // 2 * EACH + 1
        batch = Batch(first, tuple(lines[first - 1 : first - 1 + EACH]))
        ack = lanes[(turn + number) % 2].send(batch, Position(device, EPOCH, seen, at, len(lines)))
        seen, at = ack.hwm, ack.chain
        assert {result.verdict for result in ack.results} <= {"already"}
    for lane in lanes:
        lane.close()
    assert seen == len(lines)
    return device, lines


def test_fifty_laptops_at_once_and_two_servers(folder: Path, servers: list[str]) -> None:
    store, known = Store(database(folder)), identity.load(folder)
    with store.write() as session:
        codes = [devices.invite(session, known.public_key, f"Camion {n}", now())[0] for n in range(LAPTOPS)]
    with ThreadPoolExecutor(LAPTOPS) as pool:
        days = list(pool.map(lambda number: send_a_day(number + 1, codes[number], servers), range(LAPTOPS)))
    device, lines = days[-1]
    held = [json.loads(one) for one in answer(folder, "records", "--device", device).splitlines()]
    assert [one["seq"] for one in held] == list(range(1, len(lines) + 1))
    assert [one["digest"] for one in held] == [chain.digest(line).hex() for line in lines]
    with store.read() as session:
        for device, lines in days:
            kept = select(Receipt.digest).where(Receipt.device == device).order_by(Receipt.seq)
            assert [bytes(digest) for digest in session.execute(kept).scalars()] == list(map(chain.digest, lines))
    store.close()
    stats = json.loads(answer(folder, "stats"))
    assert stats["records"] == LAPTOPS * BATCHES * EACH
    assert stats["people"] == LAPTOPS * BATCHES * EACH // 2 + 5


def test_init_refuses_a_database_that_is_a_server_already(folder: Path, url: str, tmp_path: Path) -> None:
    done = call("sync.server", "init", "--data", str(tmp_path / "second"), "--database", url)
    assert done.returncode == 2
    assert "déjà" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "second" / "identity.json").exists()


@pytest.mark.parametrize(
    "url", ["mysql://x", "postgresql://x/y", "n'importe quoi", "postgresql+psycopg://nobody@127.0.0.1:1/x"]
)
def test_an_address_that_is_no_database_is_told_in_one_sentence(url: str, tmp_path: Path) -> None:
    done = call("sync.server", "init", "--data", str(tmp_path / "x"), "--database", url)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    assert not (tmp_path / "x" / "identity.json").exists()
