"""What laptops are told: all of it, in order, once, whoever writes at the same time."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update

from sync.server import feeds
from sync.server.store import Store
from sync.server.tables import FeedItem


def read_on(store: Store, cursor: str, limit: int = 7) -> tuple[list[int], str]:
    found: list[int] = []
    more = True
    while more:
        with store.read() as session:
            bodies, cursor, more = feeds.page(session, "reference", "a", cursor, limit)
        found += [json.loads(body)["n"] for body in bodies]
    return found, cursor


def test_pages_go_on_where_one_stopped(store: Store) -> None:
    for start in (0, 10):
        with store.write() as session:
            feeds.say(session, "reference", [{"n": n} for n in range(start, start + 10)])
    found, cursor = read_on(store, "")
    assert found == list(range(20))
    assert read_on(store, cursor) == ([], cursor)
    with store.write() as session:
        feeds.say(session, "reference", [{"n": 20}])
    assert read_on(store, cursor)[0] == [20]


def test_what_is_for_one_laptop_reaches_no_other(store: Store) -> None:
    with store.write() as session:
        feeds.say(session, "reference", [{"n": 1}], "b")
        feeds.say(session, "reference", [{"n": 2}])
    assert read_on(store, "")[0] == [2]


def test_a_restored_server_whose_positions_were_given_out_twice_is_noticed(store: Store) -> None:
    with store.write() as session:
        feeds.say(session, "reference", [{"n": n} for n in range(5)])
    _, cursor = read_on(store, "")
    with store.write() as session:
        session.execute(delete(FeedItem).where(FeedItem.pos > 3))
        session.execute(update(feeds.FeedHead).values(pos=3, hash=bytes(32)))
        feeds.say(session, "reference", [{"n": 98}, {"n": 99}])
    with pytest.raises(feeds.CursorInvalid):
        read_on(store, cursor)


@pytest.mark.parametrize("cursor", ["h1:999:00000000", "h2:1:00000000", "h1:x:00000000", "nonsense", "h1:-1:0"])
def test_a_cursor_that_is_not_ours_is_said_to_be_invalid(store: Store, cursor: str) -> None:
    with store.write() as session:
        feeds.say(session, "reference", [{"n": 1}])
    with pytest.raises(feeds.CursorInvalid):
        read_on(store, cursor)


def test_a_reader_passes_nothing_that_appears_later(store: Store) -> None:
    writers, each = 4, 25
    start, done = threading.Barrier(writers + 1), threading.Event()

    def write(writer: int) -> None:
        start.wait()
        for n in range(each):
            with store.write() as session:
                feeds.say(session, "reference", [{"n": writer * each + n}])

    with ThreadPoolExecutor(writers) as pool:
        jobs = [pool.submit(write, writer) for writer in range(writers)]
        start.wait()
        found, cursor = read_on(store, "")
        while not all(job.done() for job in jobs):
            more, cursor = read_on(store, cursor)
            found += more
        for job in jobs:
            job.result()
        done.set()
    found += read_on(store, cursor)[0]
    assert sorted(found) == list(range(writers * each)) and len(found) == writers * each
