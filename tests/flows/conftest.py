"""Profiles and servers that processes have made, to be copied for each test."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ADVISER
from tests.flows.processes import Laptop, Office, enrol, identified, write

KEPT = 60
"""How many people a `full` profile knows."""


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new profile, to be copied."""
    made = Laptop(tmp_path_factory.mktemp("blank") / "profile")
    code, answer, said = made("init", "--adviser", ADVISER)
    assert code == 0, said
    assert set(answer) == {"profile", "adviser", "device", "recovery_code"}
    return made.folder


@pytest.fixture(scope="session")
def filled(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a profile with some people, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    made = Laptop(shutil.copytree(blank, folder / "profile"))
    file = write(folder / "people.jsonl", *(identified(number) for number in range(KEPT)))
    assert made("register", "--from", file)[1]["taken"] == KEPT
    return made.folder


@pytest.fixture
def laptop(blank: Path, tmp_path: Path) -> Laptop:
    return Laptop(shutil.copytree(blank, tmp_path / "profile"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "server")
    made.start()
    yield made
    made.stop(signal.SIGKILL)


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Laptop:
    """A laptop that already knows people."""
    return Laptop(shutil.copytree(filled, tmp_path / "profile"))


@pytest.fixture(scope="session")
def closed(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Office, int]:
    """A profile bound to an office that is closed now, to be copied, and how many records wait there."""
    folder = tmp_path_factory.mktemp("closed")
    laptop = Laptop(shutil.copytree(blank, folder / "profile"))
    office = Office(folder / "server")
    office.start()
    enrol(laptop, office)
    office.stop()
    assert laptop("register", "--from", write(folder / "day.jsonl", identified(1)))[1]["taken"] == 1
    return laptop.folder, office, laptop("status")[1]["waiting"]


@pytest.fixture
def bound(closed: tuple[Path, Office, int], tmp_path: Path) -> tuple[Laptop, Office, int]:
    """Copies of them."""
    folder, office, waiting = closed
    copy = Office(shutil.copytree(office.data, tmp_path / "server"))
    copy.port, copy.url = office.port, office.url
    return Laptop(shutil.copytree(folder, tmp_path / "profile")), copy, waiting
