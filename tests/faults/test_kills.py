"""Laptop and server killed at random moments on a network that spoils nearly every second request, and an old backup."""

import contextlib
import json
import os
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from milomobile.actions import send
from milomobile.actions.open import Profile, create, open_profile
from milomobile.store.outbox import Outbox
from tests.conftest import ADVISER, LINE, NOW, PASSWORD
from tests.faults.conftest import TORTURE
from tests.faults.office import everything_is_there, press
from tests.faults.proxy import ANSWERS, KINDS, Fault, Proxy
from tests.faults.served import Served
from tests.flows.processes import ROOT, command, environment, until
from tests.server.conftest import DATABASES, cluster  # noqa: F401

CLIENT_KILLS, SERVER_KILLS, RESTORES = (200, 30, 5) if TORTURE else (6, 2, 1)
SPOILT = 0.45


@pytest.fixture
def seed() -> int:
    """Printed where a test fails; MILO_SEED repeats it."""
    found = int(os.environ.get("MILO_SEED") or random.randrange(1 << 30))
    print(f"MILO_SEED={found}")
    return found


@pytest.fixture(params=DATABASES)
def served(request: pytest.FixtureRequest, tmp_path: Path, proxy: Proxy) -> Iterator[Served]:
    made = Served(tmp_path / "office", None if request.param == "sqlite" else request.getfixturevalue("cluster"))
    made.start()
    proxy.target = made.port
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path, served: Served, proxy: Proxy) -> Path:
    """A profile bound to the server, closed."""
    create(tmp_path / "profile", ADVISER, PASSWORD, NOW)
    with _opened(tmp_path / "profile") as profile:
        send.enrol(profile, proxy.url, served.code(), None, "Camion", NOW)
    return tmp_path / "profile"


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[Profile]:
    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    try:
        yield profile
    finally:
        profile.close()


def _weather(seed: int) -> Callable[[], Fault]:
    chance, lock = random.Random(seed), threading.Lock()

    def plan() -> Fault:
        with lock:
            if chance.random() > SPOILT:
                return Fault()
            kind = chance.choice([*KINDS[1:], *ANSWERS])
            return Fault(kind, chance.uniform(0, 0.2) if kind == "delay" else chance.randrange(3000))

    return plan


class Killed:
    """A laptop's process; `ids` are those it printed, so those it kept."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            command("tests.faults.laptop", str(folder), str(seed), json.dumps(LINE)),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(MILOMOBILE_PASSWORD=PASSWORD),
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.endswith("\n"):
                self.lines.append(line.strip())

    def runs(self) -> bool:
        return self._process.poll() is None

    def end(self) -> list[str]:
        """Kills it; what it had said."""
        self._process.kill()
        self._process.wait(20)
        self._reader.join(20)
        assert self._process.stdout
        self._process.stdout.close()
        return self.lines


def _acts(chance: random.Random) -> list[str]:
    """Kills of the laptop and of the server in any order; the server's first is one at which a copy is kept."""
    server = [chance.choice(["kill", "kill", "copy"]) for _ in range(SERVER_KILLS - RESTORES - 1)]
    server += ["restore"] * RESTORES
    chance.shuffle(server)
    places = sorted(chance.sample(range(CLIENT_KILLS + SERVER_KILLS), SERVER_KILLS))
    acts = dict(zip(places, ["copy", *server], strict=True))
    return [acts.get(place, "laptop") for place in range(CLIENT_KILLS + SERVER_KILLS)]


def test_killed_and_restored(folder: Path, served: Served, proxy: Proxy, seed: int) -> None:
    chance, said = random.Random(seed), list[str]()
    proxy.plan = _weather(seed)
    laptop = Killed(folder, seed)
    try:
        for act in _acts(chance):
            _speaks(laptop)
            time.sleep(chance.uniform(0, 0.6))
            if act == "laptop":
                said += laptop.end()
                seed += 1
                laptop = Killed(folder, seed)
                continue
            served.kill()
            if act != "kill":
                getattr(served, act)()
            served.start()
    finally:
        said += laptop.end()
    proxy.plan = Fault
    _check(folder, served, [line for line in said if line != "sent"])


def _speaks(laptop: Killed) -> None:
    before = len(laptop.lines)
    until(lambda: len(laptop.lines) > before or not laptop.runs())
    assert laptop.runs(), "the laptop ended by itself"


def _check(folder: Path, served: Served, ids: list[str]) -> None:
    with _opened(folder) as profile, contextlib.closing(served.store()) as store:
        sent = press(profile, patience=3)
        assert (sent.reason, sent.waiting, Outbox(profile.store).waiting()) == (None, 0, 0)
        everything_is_there(profile, store)
        with profile.store.read() as session:
            query = "SELECT id FROM encounter UNION SELECT id FROM person UNION SELECT id FROM place"
            kept = set(session.execute(text(query)).scalars())
            written = set(session.execute(text("SELECT entity_id FROM outbox")).scalars())
        assert len(set(ids)) == len(ids) >= CLIENT_KILLS
        assert set(ids) <= kept
        assert kept == written
        with store.read() as session:
            held = set(session.execute(text("SELECT entity_id FROM change")).scalars())
        assert kept <= held
