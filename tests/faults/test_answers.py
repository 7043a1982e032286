"""Whatever answers in the server's place: nothing is lost and nothing believed, and the button says it in one sentence."""

import random
import shutil
import string
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from milomobile.actions import send
from milomobile.actions.open import Profile, open_profile
from milomobile.actions.sentences import sentence
from milomobile.store import tables as here
from milomobile.store.outbox import Outbox
from sync import errors
from sync.server import tables as there
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.faults.office import Office, everything_is_there, milliseconds, press, push_once, rows, write
from tests.faults.proxy import ANSWERS, KINDS, Fault, Proxy

THREE_YEARS = 3 * 365 * 24 * 3600 * 1000
SAID = {
    "portal_200": errors.Portal(),
    "portal_302": errors.Portal(),
    "proxy_407": errors.ProxyAsks(),
    "too_large_413": errors.TooLarge(),
    "busy_429": errors.ServerBusy(),
    "bad_gateway_502": errors.ServerFault(),
    "garbage": errors.Offline(),
    "empty_200": errors.Portal(),
    "stranger_200": errors.Portal(),
    "cut_up": errors.Offline(),
    "cut_down": errors.Offline(),
    "reset_up": errors.Offline(),
    "reset_down": errors.Offline(),
    "lost_answer_502": errors.ServerFault(),
}


@pytest.mark.parametrize("kind", [*KINDS, *ANSWERS])
def test_every_answer_loses_nothing_and_proves_nothing(kind: str, road: tuple[Profile, Office, Proxy]) -> None:
    laptop, office, proxy = road
    count = len(write(laptop, 30))
    proxy.plan = lambda: Fault(kind, 0.3 if kind == "delay" else 400)
    sent = press(laptop)
    if kind in SAID:
        assert sent.reason == sentence(SAID[kind])
        assert (sent.taken, sent.waiting) == (0, count)
        assert (sent.page == "http://login.example/") == (kind == "portal_302")
    else:
        assert (sent.reason, sent.waiting, sent.taken + sent.already) == (None, 0, count)
    proxy.plan = Fault
    write(laptop, 5)
    assert press(laptop).reason is None
    everything_is_there(laptop, office.store)


def test_a_busy_server_is_asked_again_when_it_said_so(laptop: Profile, office: Office, proxy: Proxy) -> None:
    write(laptop, 3)
    proxy.once(Fault("busy_429"))
    sent = press(laptop, patience=1)
    assert (sent.reason, sent.taken) == (None, 3)
    assert sent.seconds >= 1
    everything_is_there(laptop, office.store)


@pytest.mark.parametrize("direct", [True, False])
def test_a_record_too_large_for_the_server_is_refused_and_holds_nobody_up(
    direct: bool, laptop: Profile, office: Office, proxy: Proxy
) -> None:
    url = f"http://127.0.0.1:{office.port}" if direct else proxy.url
    write(laptop, 5)
    (huge,) = write(laptop, 1, comment=_twelve_million_characters())
    write(laptop, 5)
    pushed = push_once(laptop, url, patience=3)
    assert (pushed.taken + pushed.already, pushed.refused) == (10, 1)
    with laptop.store.read() as session:
        kept = session.execute(select(here.Outbox.state, here.Outbox.reason).where(here.Outbox.seq == huge)).one()
    assert kept.state == "refused" and "volumineuse" in kept.reason
    write(laptop, 3)
    assert (push_once(laptop, url).taken, Outbox(laptop.store).waiting()) == (3, 0)
    with laptop.store.read() as session:
        lines = [(row.seq, row.digest, row.chain) for row in rows(session, here.Outbox)]
    with office.store.read() as session:
        held = [(row.seq, bytes(row.digest), bytes(row.chain)) for row in rows(session, there.Receipt)]
    assert sorted(held) == sorted(lines)


def _twelve_million_characters() -> str:
    """In no order: no compression brings them under the server's limit."""
    letters = (string.ascii_letters + string.digits).encode()
    return random.Random(1).randbytes(12_000_000).translate((letters * 5)[:256]).decode()


def test_ten_thousand_records_arrive_though_every_third_request_fails(road: tuple[Profile, Office, Proxy]) -> None:
    laptop, office, proxy = road
    write(laptop, 10_000)
    turn = iter(range(10_000))
    proxy.plan = lambda: Fault(("pass", "twice", "reset_down")[next(turn) % 3], 200)
    pushed = push_once(laptop, proxy.url, patience=3)
    assert (pushed.taken + pushed.already, pushed.refused) == (10_000, 0)
    proxy.plan = Fault
    everything_is_there(laptop, office.store)


@pytest.mark.parametrize("ahead", [THREE_YEARS, -THREE_YEARS])
def test_clocks_three_years_apart(ahead: int, laptop: Profile, office: Office, proxy: Proxy) -> None:
    write(laptop, 20)
    office.ahead = ahead
    sent = press(laptop)
    assert (sent.reason, sent.taken, sent.waiting) == (None, 20, 0)
    everything_is_there(laptop, office.store)


@pytest.mark.parametrize("ahead", [THREE_YEARS, -THREE_YEARS])
def test_a_laptop_three_years_off_enrols(
    ahead: int, new_profile: Callable[[], Profile], office: Office, proxy: Proxy
) -> None:
    office.ahead, proxy.target = ahead, office.port
    profile = new_profile()
    send.enrol(profile, proxy.url, office.code(), None, "Camion", NOW + timedelta(days=1))
    write(profile, 4)
    assert press(profile).taken == 4
    everything_is_there(profile, office.store)
    with office.store.read() as session:
        (device,) = rows(session, there.Device)
    assert abs(device.last_seen - milliseconds() - ahead) < 60_000


def test_a_cloned_laptop_is_stopped_and_changes_nothing(
    laptop: Profile, office: Office, proxy: Proxy, tmp_path: Path
) -> None:
    write(laptop, 6)
    assert press(laptop).taken == 6
    laptop.close()
    shutil.copytree(laptop.folder, tmp_path / "clone")
    first = open_profile(laptop.folder, ADVISER, PASSWORD, NOW)
    second = open_profile(tmp_path / "clone", ADVISER, PASSWORD, NOW)
    try:
        write(first, 3)
        assert press(first).taken == 3
        with office.store.read() as session:
            before = rows(session, there.Receipt), rows(session, there.Change)
        for count in (1, 5):
            write(second, count)
            assert press(second).reason == sentence(errors.Fork())
        with office.store.read() as session:
            assert (rows(session, there.Receipt), rows(session, there.Change)) == before
        everything_is_there(first, office.store)
    finally:
        first.close()
        second.close()
