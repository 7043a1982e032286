"""A laptop put back from a backup sends all it has again, under a new epoch: each line is judged as it was before."""

from collections.abc import Callable

from sqlalchemy import func, select

from sync import chain, records
from sync.records import Ack, Batch
from sync.server import erasing, ledger
from sync.server.store import Store
from sync.server.tables import Change
from tests.server.conftest import NOW, PERSON, Laptop

Laptops = Callable[[str], Laptop]


def send_again(one: Laptop, lines: list[bytes], epoch: str = "feedbeef") -> Ack:
    with one.store.write() as session:
        batch = Batch(1, tuple(lines))
        return ledger.take(session, "server", one.name, epoch, batch, (0, "0" * 64), NOW + 1)


def held(store: Store) -> tuple[int, dict[str, int]]:
    with store.read() as session:
        return session.execute(select(func.count()).select_from(Change)).scalar_one(), ledger.stats(session)


def test_what_the_server_has_is_already_there_and_what_it_lost_is_taken(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    for number in range(4):
        one.say("person", f"p{number}", set=PERSON)
    one.send(1, 3)
    ack = send_again(one, one.lines)
    assert [result.verdict for result in ack.results] == ["already"] * 3
    link = chain.start("a", "feedbeef")
    for line in one.lines:
        link = chain.step(link, chain.digest(line))
    assert (ack.hwm, ack.chain) == (4, link.hex())
    assert held(store)[0] == 4
    assert one.send(4, 4, (3, one.chain(3))).hwm == 4, "the former laptop, where it still sends"


def test_emptied_lines_are_as_they_were_judged(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    one.say("person", "p1", set=PERSON)
    one.say("person", "p2", set={})
    one.say("person", "p3", set=PERSON)
    one.send(1, 2)
    before, figures = held(store)
    ack = send_again(one, [records.hollow(chain.digest(line)) for line in one.lines])
    assert [result.verdict for result in ack.results] == ["already", "refused", "gone"]
    assert ack.hwm == 3
    after, now = held(store)
    assert after == before + 1, "only the one that never came here"
    assert {**now, "records": 0} == {**figures, "records": 0}


def test_a_refused_line_is_refused_again_and_counts_once(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    one.say("person", "p1", set={})
    first = one.send().results[0]
    again = send_again(one, one.lines).results[0]
    assert (again.verdict, again.detail, again.pointer) == ("refused", first.detail, first.pointer)
    assert held(store)[1]["refused"] == 1


def test_somebody_erased_is_gone_when_sent_again(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    one.say("person", "p1", set=PERSON)
    one.send()
    with store.write() as session:
        erasing.erase(session, "p1", "demande", "e1", NOW)
    ack = send_again(one, one.lines)
    assert [result.verdict for result in ack.results] == ["gone"]
    assert held(store)[1]["people"] == 0
