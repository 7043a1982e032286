"""A server's database, empty: every test here runs on SQLite, and on PostgreSQL where it is installed."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from sync import chain, records, signing
from sync.records import Batch
from sync.server import devices, feeds, ledger
from sync.server.store import Store, sqlite_url
from sync.server.tables import Device, Server
from tests import postgresql
from tests.flows.processes import call, one_sentence
from tests.postgresql import DATABASES
from tests.server.online import online

NOW = 1_795_000_000_000
EPOCH = "7f3a91c2"
KEY = signing.public_of(bytes(32))


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgresql.Cluster]:
    with postgresql.cluster(durable=False) as made:
        yield made


@pytest.fixture(scope="session")
def migrated(cluster: postgresql.Cluster) -> str:
    """The name of a database of today's shape, to be copied."""
    url = cluster.database()
    Store(url, create=True).close()
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, of SQLite."""
    folder = tmp_path_factory.mktemp("migrated")
    Store(sqlite_url(folder), create=True).close()
    return folder


@pytest.fixture(params=DATABASES)
def kind(request: pytest.FixtureRequest) -> str:
    """Each database in its turn."""
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if kind == "sqlite":
        return sqlite_url(tmp_path)
    made: postgresql.Cluster = request.getfixturevalue("cluster")
    return made.database()


@pytest.fixture
def store(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An open database with its history; the one at `url` where a test asks for both."""
    if "url" in request.fixturenames:
        made = Store(request.getfixturevalue("url"), create=True)
    elif kind == "sqlite":
        shutil.copytree(request.getfixturevalue("migrated_file"), tmp_path, dirs_exist_ok=True)
        made = Store(sqlite_url(tmp_path))
    else:
        cluster: postgresql.Cluster = request.getfixturevalue("cluster")
        made = Store(cluster.database(request.getfixturevalue("migrated")))
    with made.write() as session:
        session.execute(insert(Server).values(history="h1"))
    yield made
    made.close()


@pytest.fixture
def laptop(store: Store) -> Callable[[str], "Laptop"]:
    """Makes enrolled laptops."""

    def make(name: str) -> Laptop:
        with store.write() as session:
            row = {"id": name, "label": name, "public_key": KEY, "enrolled": NOW, "hwm": 0}
            session.execute(insert(Device).values(**row))
        return Laptop(store, name)

    return make


class Laptop:
    """Numbers lines as a laptop does, and sends them straight into the ledger."""

    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name, self.lines, self._hlc = store, name, [], ""
        self.lines: list[bytes]

    def say(self, entity: str, entity_id: str, op: str = "create", at: int = NOW, **more: object) -> bytes:
        """Writes a line; `set`, `base`, `reason` as given."""
        self._hlc = records.tick(self._hlc, at)
        line = records.line(
            id=records.uuid7(at), hlc=self._hlc, entity=entity, entity_id=entity_id, op=op, v=records.SCHEMA, **more
        )
        self.lines.append(line)
        return line

    def send(self, first: int = 1, last: int | None = None, expect: tuple[int, str] = (0, "0" * 64)) -> records.Ack:
        """One batch, one transaction."""
        batch = Batch(first, tuple(self.lines[first - 1 : last]))
        with self.store.write() as session:
            return ledger.take(session, "server", self.name, EPOCH, batch, expect, NOW)

    def chain(self, seq: int) -> str:
        """The chain at a number."""
        link = chain.start(self.name, EPOCH)
        for line in self.lines[:seq]:
            link = chain.step(link, chain.digest(line))
        return link.hex()


class Office:
    """A server's folder, what is asked of it as processes, and its open database beside."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        done = self.run("init", "--database", url)
        assert done.returncode == 0, done.stderr
        self.store = Store(url)

    def laptop(self, name: str) -> Laptop:
        """A laptop enrolled straight in the database."""
        with self.store.write() as session:
            row = {"id": name, "label": name, "public_key": KEY, "enrolled": NOW, "hwm": 0}
            session.execute(insert(Device).values(**row))
        return Laptop(self.store, name)

    def run(self, verb: str, *args: str) -> subprocess.CompletedProcess[str]:
        return call("sync.server", verb, "--data", str(self.folder), "--json", *args)

    def __call__(self, verb: str, *args: str) -> list[Any]:
        done = self.run(verb, *args)
        assert done.returncode == 0, done.stderr
        return [json.loads(one) for one in done.stdout.splitlines()]

    def refused(self, *words: str, sentence: str) -> None:
        """The call ends with one sentence."""
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (2, "")
        one_sentence(done.stderr, sentence)

    def told(self, feed: str) -> list[Any]:
        """What laptops are told."""
        with self.store.read() as session:
            return [json.loads(body) for body in feeds.page(session, feed, "a", "", 100)[0]]


@pytest.fixture
def office(url: str, tmp_path: Path) -> Iterator[Office]:
    """A new server, not started."""
    made = Office(tmp_path / "office", url)
    yield made
    made.store.close()


PERSON = {"given_name": "Inès", "birth_name": "Boussole", "phone": "+33612345678", "sex": "F"}
__all__ = ["DATABASES", "PERSON", "Laptop", "devices", "online"]
