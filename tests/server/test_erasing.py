"""Erasure beats everything said before or after, and leaves chains that still verify."""

from collections.abc import Callable

from sqlalchemy import select

from sync.server import erasing, feeds, ledger
from sync.server.store import Store
from sync.server.tables import Change, Entity
from tests.server.conftest import NOW, PERSON, Laptop

Laptops = Callable[[str], Laptop]
MET = {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "pl", "person": "p1", "comment": "secret"}


def everything(store: Store) -> bytes:
    with store.read() as session:
        lines = session.execute(select(Change.line)).scalars().all()
        states = session.execute(select(Entity.state)).scalars().all()
    return b"\n".join(bytes(line or b"") for line in lines) + repr(states).encode()


def test_erasing_empties_lines_and_states_and_keeps_digests(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    one.say("person", "p1", set=PERSON)
    one.say("encounter", "e1", set=MET)
    one.say("appointment", "r1", set={"at": "2026-12-01T10:00:00+01:00", "place": "secret", "person": "p1"})
    one.say("person", "p2", set=PERSON | {"birth_name": "Lanterne"})
    one.send()
    with store.write() as session:
        assert erasing.erase(session, "p1", "demande", "x1", NOW)
        assert not erasing.erase(session, "p1", "demande", "x2", NOW)
    held = everything(store)
    assert b"Boussole" not in held and b"secret" not in held and b"Lanterne" in held
    with store.read() as session:
        state = ledger.state(session, "server", "a", NOW)
        counts = ledger.stats(session)
        tombstones, _, _ = feeds.page(session, "tombstones", "b", "", 10)
    assert (state.hwm, state.chain) == (4, one.chain(4))
    assert (counts["people"], counts["encounters"], counts["erased"]) == (1, 1, 1)
    assert len(tombstones) == 1 and '"person":"p1"' in tombstones[0]


def test_what_comes_later_about_someone_erased_is_gone_and_never_kept(store: Store, laptop: Laptops) -> None:
    one, other = laptop("a"), laptop("b")
    one.say("person", "p1", set=PERSON)
    one.say("encounter", "e1", set=MET)
    one.send()
    one.say(
        "person",
        "p1",
        "erase",
        set={},
    )
    assert one.send(3, 3, (2, one.chain(2))).results == ()
    other.say("person", "p1", "update", set={"phone": "+33700000000"})
    other.say("encounter", "e2", set=MET)
    other.say("encounter", "e1", "update", set={"comment": "secret encore"})
    other.say("reserved", "p1", set="c2VjcmV0")
    other.say("person", "p3", set=PERSON | {"birth_name": "Lanterne"})
    ack = other.send()
    assert [(result.seq, result.verdict) for result in ack.results] == [(n, "gone") for n in (1, 2, 3, 4)]
    assert (ack.hwm, ack.chain) == (5, other.chain(5))
    held = everything(store)
    assert b"+33700000000" not in held and b"secret" not in held and b"Boussole" not in held
    assert [result.verdict for result in other.send().results] == ["gone"] * 4 + ["already"]
