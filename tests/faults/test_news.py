"""The network goes after all was sent and before the office's news came: nothing is sent twice, and it is said."""

import pytest
from sqlalchemy import select

from milomobile.actions import send, status
from milomobile.actions.open import Profile
from milomobile.actions.sentences import LATE
from milomobile.store.tables import Reference
from sync.server import feeds
from tests.faults.office import Office, everything_is_there, press, write
from tests.faults.proxy import Fault, Proxy


def tells(office: Office, *ids: str) -> None:
    bodies = [{"kind": "partner", "id": id, "set": {"name": id}} for id in ids]
    with office.store.write() as session:
        feeds.say(session, "reference", bodies)


def known(laptop: Profile) -> set[str]:
    with laptop.store.read() as session:
        return set(session.execute(select(Reference.id)).scalars())


def after(proxy: Proxy, good: int, *faults: Fault) -> None:
    """So many requests pass, then each meets its fault, then all pass."""
    plan = iter([*(Fault() for _ in range(good)), *faults])
    proxy.plan = lambda: next(plan, Fault())


def test_a_cut_while_the_news_come_is_tried_again(laptop: Profile, office: Office, proxy: Proxy) -> None:
    write(laptop, 5)
    tells(office, "a", "b")
    after(proxy, 1, Fault("reset_down", 100), Fault("bad_gateway_502"))
    sent = press(laptop, patience=2)
    assert (sent.reason, sent.warning, sent.taken) == (None, None, 5)
    assert known(laptop) == {"a", "b"}
    everything_is_there(laptop, office.store)


@pytest.mark.parametrize("kind", ["cut_down", "proxy_407", "portal_200", "busy_429", "garbage"])
def test_news_that_do_not_come_are_said_and_the_sending_counts(
    kind: str, laptop: Profile, office: Office, proxy: Proxy
) -> None:
    write(laptop, 5)
    tells(office, "a")
    after(proxy, 1, *[Fault(kind, 100)] * 9)
    sent = press(laptop)
    assert (sent.reason, sent.warning, sent.taken, sent.waiting) == (None, LATE, 5, 0)
    assert status.status(laptop)["last_sync"] and send.waiting(laptop).last_count == 5
    everything_is_there(laptop, office.store)
    proxy.plan = Fault
    again = press(laptop)
    assert (again.warning, again.taken, again.already) == (None, 0, 0)
    assert known(laptop) == {"a"}


def test_somebody_who_stops_after_all_was_sent_hears_that_it_was(laptop: Profile, office: Office, proxy: Proxy) -> None:
    write(laptop, 5)
    tells(office, "a")
    after(proxy, 1, *[Fault("busy_429")] * 9)
    asked_before = proxy.asked
    sent = send.send(laptop, lambda _: None, lambda: proxy.asked - asked_before >= 2)
    assert (sent.reason, sent.warning, sent.taken, sent.waiting) == (None, None, 5, 0)
    assert sent.seconds < 1, "the server asked for a second, nobody waits for it"
    assert status.status(laptop)["last_sync"]
    proxy.plan = Fault
    assert press(laptop).warning is None and known(laptop) == {"a"}
