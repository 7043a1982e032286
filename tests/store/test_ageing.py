"""How long a sent line is kept: until a backup held it for a week or sixty days passed, whatever one clock says."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher3
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import StaticPool, create_engine, delete, select, text, update

from milomobile.store import ageing, engine, upgrade
from milomobile.store.engine import Store
from milomobile.store.outbox import Letter, Outbox, put
from milomobile.store.settings import put as keep
from milomobile.store.tables import Outbox as Row
from milomobile.store.tables import Setting
from sync import records
from sync.records import Ack, Result
from tests.conftest import NOW

DAY, START = 24 * 3600 * 1000, 1_795_000_000_000
YEARS = 3 * 365
KEY = bytes(32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A laptop's file and nothing around it."""
    upgrade.upgrade(tmp_path / engine.FILE, KEY, create=True)
    with closing(Store(tmp_path / engine.FILE, KEY)) as made:
        with made.write() as session:
            keep(session, {"device": "d", "epoch": "0badcafe"})
        yield made


def write(store: Store, count: int) -> None:
    with store.write() as session:
        put(session, [Letter("place", records.uuid7(), {"name": "Borny"}) for _ in range(count)], NOW)


def take_all(store: Store, *results: Result) -> None:
    """The server took what waited, but what `results` says otherwise."""
    outbox = Outbox(store)
    while batch := outbox.batch(0, 1 << 20, 1 << 62):
        ack = Ack("s", "h", ((batch.first, batch.last),), batch.last, "ab", 0, START, results)
        outbox.settle(batch, ack)


def end(store: Store, day: float, durable: int = 0, there: float = 0, here: float = 0) -> ageing.Aged:
    """The end of a sending on a day; `there` and `here` are how wrong the clocks are (days)."""
    with store.write() as session:
        return ageing.age(session, durable, START + round((day + there) * DAY), START + round((day + here) * DAY))


def kept(store: Store) -> list[int]:
    """The numbers whose bytes are still here."""
    with store.read() as session:
        return list(session.execute(select(Row.seq).where(Row.line.is_not(None)).order_by(Row.seq)).scalars())


def test_a_line_goes_a_week_after_a_backup_first_held_it(store: Store) -> None:
    write(store, 5)
    take_all(store)
    before = shape(store)
    end(store, 0, durable=3)
    assert end(store, 6.9, durable=5).emptied == 0
    assert (end(store, 7.1, durable=5).emptied, kept(store)) == (3, [4, 5])
    assert (end(store, 14, durable=5).emptied, kept(store)) == (2, [])
    assert shape(store) == before


def shape(store: Store) -> list[tuple[object, ...]]:
    with store.read() as session:
        return [tuple(row) for row in session.execute(select(Row.seq, Row.id, Row.digest, Row.chain, Row.state))]


def test_without_any_backup_a_line_goes_after_sixty_days(store: Store) -> None:
    write(store, 2)
    take_all(store)
    end(store, 0)
    write(store, 1)
    assert end(store, 59).emptied == 0
    assert (end(store, 61).emptied, kept(store)) == (2, [3])


def test_what_waits_or_is_to_be_corrected_is_never_emptied(store: Store) -> None:
    write(store, 3)
    take_all(store, Result(2, "", "refused", detail="Il manque X."))
    write(store, 1)
    for day in (0, 100, 200):
        end(store, day, durable=4)
    assert kept(store) == [2, 4]
    with store.write() as session:
        session.execute(update(Row).where(Row.seq == 2).values(aside="déjà inscrite"))
    end(store, 201, durable=4)
    assert kept(store) == [4]


def test_a_restored_server_that_takes_its_word_back_begins_the_week_again(store: Store) -> None:
    write(store, 4)
    take_all(store)
    end(store, 0, durable=4)
    Outbox(store).reconcile(2, "ab")
    take_all(store)
    end(store, 6, durable=0)
    assert end(store, 12, durable=4).emptied == 0
    assert end(store, 18, durable=4).emptied == 0
    assert end(store, 19.1, durable=4).emptied == 4


def test_what_a_server_lost_and_nobody_has_any_more_is_told_once(store: Store) -> None:
    write(store, 3)
    take_all(store)
    end(store, 0)
    assert end(store, 61).emptied == 3
    outbox = Outbox(store)
    assert outbox.reconcile(1, "ab") == 2
    batch = outbox.batch(0, 1 << 20, 1 << 62)
    assert batch and all(records.digest(line)[1] for line in batch.lines)
    outbox.settle(batch, Ack("s", "h", ((2, 3),), 3, "ab", 0, START, (Result(2, "", "gone"), Result(3, "", "already"))))
    assert end(store, 62).lost == 1
    assert end(store, 63).lost == 0


@given(
    st.lists(
        st.tuples(
            st.floats(0, 40),
            st.integers(0, 12),
            st.sampled_from([0.0, float(YEARS), -float(YEARS), 0.3]),
            st.integers(0, 3),
            st.sampled_from(["end", "end", "end", "restore"]),
        ),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_goes_early_whichever_of_the_two_clocks_jumps_about(
    store: Store, steps: list[tuple[float, int, float, int, str]], here_is_wrong: bool
) -> None:
    """A line is emptied only a week after its server called it durable without a break, or sixty days after."""
    with store.write() as session:
        session.execute(delete(Row))
        session.execute(delete(Setting).where(Setting.name == "kept_clock"))
    day, taken, durable_since = 0.0, dict[int, float](), dict[int, float]()
    for passed, through, wrong, more, what in steps:
        day += passed
        if more:
            write(store, more)
        take_all(store)
        if what == "restore":
            lost = max(0, through - 2)
            Outbox(store).reconcile(lost, "ab")
            taken = {seq: since for seq, since in taken.items() if seq <= lost}
            durable_since = {seq: since for seq, since in durable_since.items() if seq <= lost}
            take_all(store)
        before = set(kept(store))
        clocks = {"here": wrong} if here_is_wrong else {"there": wrong}
        with store.read() as session:
            seqs = list(session.execute(select(Row.seq)).scalars())
        taken |= {seq: day for seq in seqs if seq not in taken}
        durable_since = {seq: durable_since.get(seq, day) for seq in seqs if seq <= through}
        end(store, day, through, **clocks)
        for seq in before - set(kept(store)):
            week = seq in durable_since and day - durable_since[seq] >= 7 - 1e-6
            assert week or day - taken[seq] >= 60 - 1e-6, (seq, day)


def test_both_clocks_right_empty_everything_in_time(store: Store) -> None:
    write(store, 3)
    take_all(store)
    for day in range(0, 62, 3):
        end(store, day, durable=1)
    assert kept(store) == []


def test_a_clock_that_was_wrong_once_delays_but_never_stops(store: Store) -> None:
    write(store, 1)
    take_all(store)
    end(store, 0, durable=1)
    end(store, 1, durable=1, here=-YEARS)
    end(store, 2, durable=1)
    end(store, 3, durable=1, there=YEARS)
    assert end(store, 4, durable=1).emptied == 0
    assert end(store, 12, durable=1).emptied == 1


def test_lines_sent_before_this_was_known_begin_now(tmp_path: Path) -> None:
    file = tmp_path / engine.FILE
    _at_revision(file, "0002")
    with closing(Store(file, KEY)) as old, old.write() as session:
        columns = {"hlc": "0", "entity": "place", "entity_id": "1", "size": 2, "digest": b"d", "chain": b"c"}
        row = {"seq": 1, "id": "a", "line": b"{}", "state": "sent", "taken_at": "2019-01-01T00:00:00.000+00:00"}
        names = ", ".join(columns | row)
        session.execute(text(f"INSERT INTO outbox ({names}) VALUES (:{names.replace(', ', ', :')})"), columns | row)
    upgrade.upgrade(file, KEY)
    with closing(Store(file, KEY)) as store:
        end(store, 0)
        assert end(store, 59).emptied == 0
        assert end(store, 61).emptied == 1


def _at_revision(file: Path, revision: str) -> None:
    raw = engine.open_keyed(file, KEY, create=True, foreign_keys=False)
    with closing(raw):
        old = create_engine("sqlite://", creator=lambda: raw, module=sqlcipher3, poolclass=StaticPool)
        with old.begin() as connection:
            command.upgrade(upgrade._config(connection), revision)
