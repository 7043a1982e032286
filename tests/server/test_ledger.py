"""Taking batches: once each, in any order, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from sync.server import ledger
from sync.server.store import Store
from sync.server.tables import Change, Entity, Receipt
from tests.server.conftest import NOW, PERSON, Laptop

Laptops = Callable[[str], Laptop]


def lines_held(store: Store) -> dict[str, bytes]:
    with store.read() as session:
        return {
            row.id: bytes(row.line) for row in session.execute(select(Change.id, Change.line)) if row.line is not None
        }


def test_every_line_is_stored_once_and_the_chain_covers_it(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    for number in range(20):
        one.say("person", f"p{number}", set=PERSON)
    ack = one.send()
    assert (ack.hwm, ack.chain, ack.results) == (20, one.chain(20), ())
    again = one.send(expect=(20, one.chain(20)))
    assert {result.verdict for result in again.results} == {"already"} and again.hwm == 20
    assert sorted(lines_held(store).values()) == sorted(one.lines)
    with store.read() as session:
        state = ledger.state(session, "server", "a", NOW)
    assert (state.hwm, state.chain) == (20, one.chain(20))


def test_batches_beyond_a_gap_are_kept_and_the_run_goes_on_when_it_is_filled(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    for number in range(9):
        one.say("person", f"p{number}", set=PERSON)
    assert one.send(7, 9).hwm == 0
    assert one.send(1, 3).hwm == 3
    ack = one.send(4, 6)
    assert (ack.hwm, ack.chain) == (9, one.chain(9))
    with store.read() as session:
        assert None not in session.execute(select(Receipt.chain)).scalars().all()


def test_a_cut_batch_may_be_cut_again_elsewhere(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    for number in range(10):
        one.say("person", f"p{number}", set=PERSON)
    one.send(1, 6)
    ack = one.send(4, 10, (6, one.chain(6)))
    assert [result.seq for result in ack.results] == [4, 5, 6] and ack.hwm == 10
    assert len(lines_held(store)) == 10


def test_another_history_is_a_fork_and_nothing_is_written(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    for number in range(4):
        one.say("person", f"p{number}", set=PERSON)
    one.send(1, 3)
    with pytest.raises(ledger.Fork):
        one.send(4, 4, (3, "f" * 64))
    one.lines[2] = one.lines[2].replace("Inès".encode(), b"Inez")
    with pytest.raises(ledger.Fork):
        one.send(3, 4)
    assert len(lines_held(store)) == 3


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"id":3}',
        b'{"id":"a\\u0000"}',
        b'{"id":"x","hlc":"019ec5a2c7000001","entity":"person","entity_id":"p","op":"create","v":1,"set":{"given_name":"\\u0000","phone":"1"}}',
        b'{"id":"x","hlc":"019ec5a2c7000001","entity":"person","entity_id":"p","op":"create","v":1,"set":{"given_name":"\\ud800","phone":"1"}}',
        b'{"id":"x","hlc":"019ec5a2c7000001","entity":"person","entity_id":"p","op":"create","v":1,"set":{"given_name":1e999,"phone":"1"}}',
        b'{"id":"x","hlc":"019ec5a2c7000001","entity":"person","entity_id":"p","op":"create","v":1,"set":{"given_name":"\xed\xa0\x80","phone":"1"}}',
        '{"id":"x","hlc":"019ec5a2c7000001","entity":"person","entity_id":"p","op":"create","v":1,"set":{"given_name":"a","phone":"1"}}'.encode(
            "utf-32"
        ),
        b'{"id":"x","hlc":"zzzzzzzzzzzzzzzz","entity":"person","entity_id":"p","op":"create","v":1,"set":{}}',
        b'{"id":"x","hlc":"019ec5a2c7000001","entity":"\\u0000","entity_id":"p","op":"create","v":1,"set":{}}',
        b'{"id":"x","hlc":"019ec5a2c7000001","entity":"person","entity_id":"p","op":"create","v":9,"set":{}}',
        b"[" * 100_000,
    ],
)
def test_a_bad_line_is_kept_refused_and_never_blocks_those_behind_it(
    store: Store, laptop: Laptops, line: bytes
) -> None:
    one = laptop("a")
    one.lines.append(line)
    one.say("person", "p1", set=PERSON)
    ack = one.send()
    assert ack.hwm == 2
    assert [(result.seq, result.verdict) for result in ack.results] == [(1, "refused")]
    assert ack.results[0].detail.endswith(".")
    assert sorted(lines_held(store).values()) == sorted(one.lines)
    assert [result.verdict for result in one.send().results] == ["refused", "already"]


def test_an_id_known_from_another_laptop_is_not_doubled_and_never_overwritten(store: Store, laptop: Laptops) -> None:
    one, other, third = laptop("a"), laptop("b"), laptop("c")
    one.say("person", "p1", set=PERSON)
    one.send()
    other.lines.append(one.lines[0])
    assert [result.verdict for result in other.send().results] == ["already"]
    third.lines.append(one.lines[0].replace(b"Boussole", b"Lanterne"))
    ack = third.send()
    assert [(result.verdict, result.type) for result in ack.results] == [("refused", "/problems/id-taken")]
    assert ack.hwm == 1
    with store.read() as session:
        assert session.execute(select(Entity.entity_id)).scalars().all() == ["p1"]
