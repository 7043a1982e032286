"""A newer program over bad links and from bad servers: fetched once, believed by the publisher's signature alone."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from milomobile.actions import fetching, updates
from milomobile.actions.open import Profile
from milomobile.domain.updates import Updates
from milomobile.errors import NotOurs
from sync import releases
from sync.releases import PIECE
from sync.server import releases as shelf
from tests.conftest import PASSWORD
from tests.faults.office import Office, press, write
from tests.faults.proxy import Fault, Proxy
from tests.flows.processes import command, environment, until
from tests.publisher import NEWER, SIZE, Publisher, program, publisher

__all__ = ["publisher"]
PIECES = -(-SIZE // PIECE)
METADATA = 4
"""Requests before the first piece: the next root, and what was signed."""


def fetch(laptop: Profile, publisher: Publisher, cancelled: bool = False) -> Updates:
    return fetching.fetch(laptop, publisher.root, datetime.now(UTC), lambda: cancelled)


def came(laptop: Profile) -> int:
    """Bytes of a program that is on its way."""
    return sum(file.stat().st_size for file in (laptop.folder / "updates").glob("*.part"))


def offer(office: Office, publisher: Publisher, version: str = NEWER) -> None:
    shelf.add(office.folder, publisher.root, publisher.sign(version))


def is_ready(laptop: Profile, version: str = NEWER) -> None:
    """The whole program waits, and nothing else of it is there."""
    waits = updates.ready(laptop.folder)
    assert waits is not None and waits.version == version
    assert waits.file.read_bytes() == program(version)
    assert [file.name for file in waits.file.parent.glob("*.part")] == []
    assert str(waits.file) in (updates.install(laptop.folder, updates_root(laptop)) or "")


def updates_root(laptop: Profile) -> bytes:
    return (laptop.folder / "updates" / "trusted" / "root_history" / "1.root.json").read_bytes()


def test_it_comes_once_and_is_asked_for_no_more(
    laptop: Profile, office: Office, proxy: Proxy, publisher: Publisher
) -> None:
    assert fetch(laptop, publisher) == updates.updates(laptop.folder, publisher.root)
    offer(office, publisher)
    proxy.asked = 0
    known = fetch(laptop, publisher)
    assert proxy.asked == METADATA + PIECES
    assert known.ready is not None and known.coming is None and known.trouble is None
    assert known.valid_until is not None and known.valid_until > datetime.now(UTC).date()
    is_ready(laptop)
    proxy.asked = 0
    fetch(laptop, publisher)
    assert proxy.asked == 2, "the next root, and the timestamp"


def test_a_program_built_without_the_key_asks_nothing(laptop: Profile, proxy: Proxy) -> None:
    proxy.asked = 0
    assert fetching.fetch(laptop, None, datetime.now(UTC), lambda: False) == Updates(False)
    assert proxy.asked == 0


@pytest.mark.parametrize("kind", ["cut_down", "reset_down", "cut_up", "portal_200", "bad_gateway_502", "garbage"])
def test_a_broken_link_costs_one_piece_and_no_more(
    laptop: Profile, office: Office, proxy: Proxy, publisher: Publisher, kind: str
) -> None:
    offer(office, publisher)
    for broken in (0, METADATA - 1, METADATA, METADATA + 3):
        plan = iter([*[Fault()] * broken, Fault(kind, 100)])
        shutil.rmtree(laptop.folder / "updates", ignore_errors=True)
        proxy.plan, proxy.asked = lambda plan=plan: next(plan, Fault()), 0
        known = fetch(laptop, publisher)
        assert known.ready is None and known.trouble is None
        if broken >= METADATA:
            assert known.coming is not None and known.coming.got == (broken - METADATA) * PIECE
        proxy.asked = 0
        fetch(laptop, publisher)
        assert proxy.asked <= 2 + PIECES - max(0, broken - METADATA) + (METADATA - 2) * (broken < METADATA)
        is_ready(laptop)


def test_who_cancels_waits_for_one_piece_at_most(
    laptop: Profile, office: Office, proxy: Proxy, publisher: Publisher
) -> None:
    offer(office, publisher)
    proxy.asked = 0
    assert fetch(laptop, publisher, cancelled=True).ready is None
    assert proxy.asked == 0
    known = fetching.fetch(laptop, publisher.root, datetime.now(UTC), lambda: came(laptop) >= 3 * PIECE)
    assert METADATA + 3 <= proxy.asked <= METADATA + 4
    assert known.coming is not None and known.coming.got == 3 * PIECE


def test_who_cancels_does_not_wait_for_an_answer_that_trickles(
    laptop: Profile, office: Office, proxy: Proxy, publisher: Publisher
) -> None:
    offer(office, publisher)
    stop = Event()
    proxy.plan = lambda: Fault("trickle") if came(laptop) >= PIECE else Fault()
    running = Thread(target=fetching.fetch, args=(laptop, publisher.root, datetime.now(UTC), stop.is_set))
    running.start()
    until(lambda: proxy.trickled > 10)
    assert running.is_alive()
    stop.set()
    running.join(5)
    assert not running.is_alive() and came(laptop) == PIECE


def test_a_program_killed_half_way_goes_on_from_there(
    laptop: Profile, office: Office, proxy: Proxy, publisher: Publisher
) -> None:
    offer(office, publisher)
    laptop.store.close()
    laptop.held.release()
    roots = str(publisher.folder / "built-with")
    call = command("milomobile", "--profile", str(laptop.folder), "--json", "sync")
    env = environment(MILOMOBILE_PASSWORD=PASSWORD, MILO_TEST_RELEASE=roots)
    part = laptop.folder / "updates"
    for least in (2, 5):
        proxy.plan = lambda: Fault("delay", 0.05)
        running = subprocess.Popen(call, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda least=least: any(f.stat().st_size >= least * PIECE for f in part.glob("*.part")))
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    got = next(part.glob("*.part")).stat().st_size // PIECE
    assert got >= 5
    proxy.plan, proxy.asked = Fault, 0
    done = subprocess.run(call, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and f"{NEWER} est prête" in done.stderr
    sent = 1  # what a sending asks: nothing waits
    assert proxy.asked <= sent + 4 + 2 + PIECES - got, "what was here is not asked for again"
    is_ready(laptop)


def bad_metadata(office: Office, good: Path, bad: Path, names: str) -> None:
    """A server taken over: it gives out some files of one release, and the rest of another."""
    with releases.opened(good) as one, releases.opened(bad) as other:
        for bundle in (one, other):
            for name in bundle.names():
                role = name.split(".")[-2]
                if bundle is one or role in names:
                    (office.folder / "releases" / "metadata" / name).write_bytes(bundle.metadata(name) or b"")


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Publisher]:
    (tmp_path / "stranger").mkdir()
    yield Publisher(tmp_path / "stranger")


@pytest.mark.parametrize("names", ["timestamp", "timestamp snapshot", "timestamp snapshot targets"])
def test_a_server_that_was_taken_over_cannot_push_a_program(
    laptop: Profile, office: Office, publisher: Publisher, stranger: Publisher, names: str
) -> None:
    offer(office, publisher)
    bad_metadata(office, publisher.sign(), stranger.sign("9.2.0"), names)
    known = fetch(laptop, publisher)
    assert known.ready is None and known.trouble and "pas signée" in known.trouble
    assert write(laptop, 3) and press(laptop).taken == 3, "records go all the same"


def test_the_bytes_of_a_program_are_the_publisher_s(laptop: Profile, office: Office, publisher: Publisher) -> None:
    offer(office, publisher)
    for target in (office.folder / "releases" / "targets").iterdir():
        spoilt = bytearray(target.read_bytes())
        spoilt[SIZE // 2] ^= 1
        target.write_bytes(spoilt)
    known = fetch(laptop, publisher)
    assert known.ready is None and known.trouble and "abîmée" in known.trouble
    assert list((laptop.folder / "updates").glob("*.part")) == [], "nothing of it is built upon"


def test_metadata_of_two_releases_is_not_mixed(laptop: Profile, office: Office, publisher: Publisher) -> None:
    offer(office, publisher, "9.0.0")
    one, other = publisher.sign("9.1.0"), publisher.sign("9.2.0")
    bad_metadata(office, one, other, "timestamp")
    with releases.opened(one) as bundle:
        for name in bundle.names():
            if "snapshot" in name or "targets" in name:
                number = int(name.split(".")[0]) + 1
                later = office.folder / "releases" / "metadata" / f"{number}.{name.split('.', 1)[1]}"
                later.write_bytes(bundle.metadata(name) or b"")
    assert fetch(laptop, publisher).ready is None


def test_an_older_release_is_not_believed_after_a_newer_one(
    laptop: Profile, office: Office, publisher: Publisher
) -> None:
    old, new = publisher.sign("9.0.0"), publisher.sign("9.1.0")
    fetching.take(laptop.folder, publisher.root, new)
    shelf.add(office.folder, publisher.root, old)
    known = fetch(laptop, publisher)
    assert known.ready is not None and known.ready.version == "9.1.0" and known.trouble is None
    with pytest.raises(NotOurs, match="plus ancien"):
        fetching.take(laptop.folder, publisher.root, old)
    is_ready(laptop, "9.1.0")


def test_a_server_that_has_only_old_news_is_noticed(laptop: Profile, office: Office, publisher: Publisher) -> None:
    aged = publisher.sign("9.0.0", aged=timedelta(days=390))
    shelf.add(office.folder, publisher.root, aged)
    known = fetch(laptop, publisher)
    assert known.trouble is None and known.valid_until is not None
    assert (known.valid_until - datetime.now(UTC).date()).days in (9, 10)
    bad_metadata(office, publisher.sign("9.0.0", aged=timedelta(days=401)), aged, "")
    shutil.rmtree(laptop.folder / "updates")
    known = fetch(laptop, publisher)
    assert known.ready is None and known.trouble and "plus valable" in known.trouble
    assert write(laptop, 1) and press(laptop).taken == 1, "work goes on"


def test_another_release_takes_the_place_of_one_that_is_half_here(
    laptop: Profile, office: Office, publisher: Publisher
) -> None:
    offer(office, publisher, "9.0.0")
    fetching.fetch(laptop, publisher.root, datetime.now(UTC), lambda: came(laptop) >= 3 * PIECE)
    offer(office, publisher, "9.1.0")
    fetch(laptop, publisher)
    is_ready(laptop, "9.1.0")
    offer(office, publisher, "9.2.0")
    fetch(laptop, publisher)
    is_ready(laptop, "9.2.0")
    assert len([file for file in (laptop.folder / "updates").iterdir() if file.is_file()]) == 2


def test_a_full_disk_is_told_before_anything_is_fetched(
    laptop: Profile, office: Office, proxy: Proxy, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(office, publisher)
    with monkeypatch.context() as full:
        full.setattr(fetching, "SPARE", 1 << 60)
        proxy.asked = 0
        known = fetch(laptop, publisher)
        assert proxy.asked == METADATA
        assert known.ready is None and known.trouble and "Libérez de la place" in known.trouble
    assert fetch(laptop, publisher).trouble is None
    is_ready(laptop)


def test_the_keys_may_change(laptop: Profile, office: Office, publisher: Publisher) -> None:
    root = publisher.root
    offer(office, publisher, "9.0.0")
    fetch(laptop, publisher)
    publisher.rotate()
    publisher.rotate(whole=True)
    offer(office, publisher, "9.1.0")
    known = fetching.fetch(laptop, root, datetime.now(UTC), lambda: False)
    assert known.ready is not None and known.ready.version == "9.1.0"
    assert updates.install(laptop.folder, root), "verified from the first root on"


def test_it_is_verified_again_before_it_is_started(laptop: Profile, office: Office, publisher: Publisher) -> None:
    offer(office, publisher)
    known = fetch(laptop, publisher)
    assert known.ready is not None
    with known.ready.file.open("r+b") as file:
        file.write(b"MZ")
    with pytest.raises(NotOurs, match="version en place continue"):
        updates.install(laptop.folder, publisher.root)
    assert updates.ready(laptop.folder) is None
    fetch(laptop, publisher)
    is_ready(laptop)


def test_what_was_installed_is_proposed_no_more(
    laptop: Profile, office: Office, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(office, publisher)
    fetch(laptop, publisher)
    for module in (updates, fetching):
        monkeypatch.setattr(module, "__version__", NEWER)
    assert updates.ready(laptop.folder) is None
    assert [file for file in (laptop.folder / "updates").iterdir() if file.suffix == ".deb"] == []
    assert fetch(laptop, publisher).coming is None
    with pytest.raises(NotOurs, match="déjà installée"):
        fetching.take(laptop.folder, publisher.root, publisher.sign())


@pytest.mark.parametrize("how", ["unsigned", "expired", "cut", "altered", "no zip", "other system", "missing"])
def test_a_usb_key_is_believed_as_little_as_a_server(
    laptop: Profile, publisher: Publisher, stranger: Publisher, how: str
) -> None:
    file = stranger.sign() if how == "unsigned" else publisher.sign()
    whole = file.read_bytes()
    if how == "expired":
        file = publisher.sign(aged=timedelta(days=500))
    elif how == "other system":
        file = publisher.sign(systems="windows")
    elif how == "cut":
        file.write_bytes(whole[:-100_000])
    elif how == "altered":
        file.write_bytes(whole.replace(program(NEWER)[5000:5010], bytes(10)))
    elif how == "no zip":
        file.write_bytes(whole[100:5000])
    elif how == "missing":
        file = file.with_name("nothing")
    said = {"unsigned": "pas signé", "expired": "plus valable", "other system": "rien pour cet ordinateur"}
    said["missing"] = "n’existe pas"
    with pytest.raises(Exception, match=said.get(how, "abîmé")) as wrong:
        fetching.take(laptop.folder, publisher.root, file)
    assert "la version en place continue" in str(wrong.value)
    assert updates.ready(laptop.folder) is None
    fetching.take(laptop.folder, publisher.root, publisher.sign())
    is_ready(laptop)
