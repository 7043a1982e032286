"""No room on the disk, a database that is stopped or held: the laptop is told to come again, and then all is there once."""

import resource
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from milomobile.actions import send, usb
from milomobile.actions.open import Profile
from sync import errors
from sync.server.store import BUSY, NO_ANSWER, NO_ROOM
from tests.conftest import NOW
from tests.faults.office import everything_is_there, press, push_once, write
from tests.faults.served import Served
from tests.flows.processes import call, one_sentence
from tests.postgresql import DATABASES, Cluster
from tests.server.conftest import cluster  # noqa: F401

SIGNED = "^503 /problems/unavailable"
A_LITTLE = 8 << 10


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path / "office", None)
    made.start()
    yield made
    made.close()


def bound(profile: Profile, served: Served) -> str:
    """The server's address; the laptop is enrolled there, and 600 records wait."""
    url = f"http://127.0.0.1:{served.port}"
    send.enrol(profile, url, served.code(), None, "Camion", NOW)
    write(profile, 600)
    return url


def said(served: Served) -> str:
    return served.data.with_name("office.log").read_text(encoding="utf-8")


def arrives_once(profile: Profile, served: Served) -> None:
    """The same sending again, to the same process."""
    assert press(profile).reason is None
    with closing(served.store()) as store:
        everything_is_there(profile, store)
    assert '"event": "fault"' not in said(served) and "Traceback" not in said(served)


def largest(folder: Path) -> int:
    return max(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_a_full_disk_under_the_server(new_profile: Callable[[], Profile], on_sqlite: Served) -> None:
    profile = new_profile()
    url = bound(profile, on_sqlite)
    limits = resource.prlimit(on_sqlite.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(on_sqlite.pid, resource.RLIMIT_FSIZE, (largest(on_sqlite.data) + A_LITTLE, limits[1]))
    with pytest.raises(errors.ServerBusy, match=SIGNED):
        push_once(profile, url)
    assert press(profile).reason == send.sentence(errors.ServerBusy())
    assert NO_ROOM in said(on_sqlite)
    assert requests.get(f"{url}/health", timeout=20).status_code == 200
    resource.prlimit(on_sqlite.pid, resource.RLIMIT_FSIZE, limits)
    arrives_once(profile, on_sqlite)


def test_a_full_disk_under_ingest(new_profile: Callable[[], Profile], on_sqlite: Served, tmp_path: Path) -> None:
    profile = new_profile()
    bound(profile, on_sqlite)
    on_sqlite.kill()
    key = tmp_path / "key.milo"
    usb.export(profile, key, NOW)
    arguments = ("ingest", "--data", str(on_sqlite.data), str(key), "--receipt", str(tmp_path / "receipt.milo"))

    def without_room() -> None:
        size = largest(on_sqlite.data) + A_LITTLE
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = call("sync.server", *arguments, before=without_room)
    assert (done.returncode, done.stdout) == (2, "")
    one_sentence(done.stderr, "plein", "recommencez")
    assert not (tmp_path / "receipt.milo").exists()
    done = call("sync.server", *arguments)
    assert (done.returncode, done.stdout.split()[1]) == (0, "600"), done.stderr
    on_sqlite.start()
    arrives_once(profile, on_sqlite)


def test_a_database_held_by_another_program(new_profile: Callable[[], Profile], on_sqlite: Served) -> None:
    profile = new_profile()
    url = bound(profile, on_sqlite)
    with closing(on_sqlite.store()) as other, other.write():
        with pytest.raises(errors.ServerBusy, match=SIGNED):
            push_once(profile, url)
        assert BUSY in said(on_sqlite)
    arrives_once(profile, on_sqlite)


@pytest.mark.parametrize("_", [one for one in DATABASES if one == "postgresql"])
def test_postgresql_stopped_and_started(
    _: str,
    new_profile: Callable[[], Profile],
    cluster: Cluster,  # noqa: F811
    tmp_path: Path,
) -> None:
    profile, served = new_profile(), Served(tmp_path / "office", cluster)
    served.start()
    try:
        url = bound(profile, served)
        assert requests.get(f"{url}/health", timeout=20).status_code == 200
        cluster.stop()
        try:
            with pytest.raises(errors.ServerBusy, match=SIGNED):
                push_once(profile, url)
            assert press(profile).reason == send.sentence(errors.ServerBusy())
            health = requests.get(f"{url}/health", timeout=20)
            assert (health.status_code, health.json()["type"]) == (503, "/problems/unavailable")
            assert "milomobile_database_up 0.0" in requests.get(f"{url}/health/metrics", timeout=20).text
            assert NO_ANSWER in said(served)
        finally:
            cluster.start()
        arrives_once(profile, served)
        assert "milomobile_database_up 1.0" in requests.get(f"{url}/health/metrics", timeout=20).text
    finally:
        served.close()
