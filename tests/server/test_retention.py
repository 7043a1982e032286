"""What has had its time goes, at the server and from there on every laptop; the figures stay."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from sync.server import ledger, office, retention
from sync.server.store import Store
from sync.server.tables import Change, Entity, Erasure, Journal
from tests.faults.served import Served
from tests.flows.processes import until
from tests.server.conftest import NOW, PERSON, Laptop, Office

DAY = 24 * 3600 * 1000


def ago(days: int) -> int:
    return NOW - days * DAY


def at(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="seconds")


def met(one: Laptop, id: str, days: int, **more: Any) -> None:
    one.say("encounter", id, at=ago(days), set={"kind": "named", "at": at(ago(days)), "place": "Borny"} | more)


def send(one: Laptop, days: int) -> None:
    """What was said and not sent, as if it arrived so many days ago."""
    from sync import chain, records

    with one.store.write() as session:
        held = ledger.state(session, "server", one.name, NOW).hwm
        lines = tuple(one.lines[held:])
        link = chain.start(one.name, "7f3a91c2").hex() if not held else one.chain(held)
        expect = (held, link if held else "0" * 64)
        ledger.take(session, "server", one.name, "7f3a91c2", records.Batch(held + 1, lines), expect, ago(days))


@pytest.fixture
def filled(store: Store, laptop: Any) -> Iterator[Laptop]:
    """p1 was met long ago; p2 lately; p3 has a file in I-MILO for two months; p4 and p5 are one, met lately as p5."""
    one: Laptop = laptop("a")
    for name in ("p1", "p2", "p3", "p4", "p5"):
        one.say("person", name, at=ago(400), set=PERSON | {"birth_name": f"Marque-{name}"})
        met(one, f"e-{name}", 400, person=name, comment=f"dit par {name}", needs=["EMPLOI"])
    one.say("reserved", "p1", at=ago(400), set="c2VjcmV0")
    met(one, "anonymous", 400, kind="anonymous", comment="dit par personne")
    send(one, 400)
    one.say("person", "p3", "update", at=ago(60), set={"imilo_number": "123456"})
    send(one, 60)
    met(one, "e-new", 20, person="p2", comment="dit hier")
    met(one, "e-newer", 20, person="p5")
    send(one, 20)
    with store.write() as session:
        office.unite(session, "p4", "p5", ago(100))
        session.execute(insert(Journal).values(at=ago(400), what="reserved", id="p1"))
        session.execute(insert(Journal).values(at=ago(10), what="reserved", id="p2"))
    yield one


def held(store: Store) -> str:
    with store.read() as session:
        lines = session.execute(select(Change.line)).scalars().all()
        states = session.execute(select(Entity.state)).scalars().all()
    return b"\n".join(bytes(line or b"") for line in lines).decode() + json.dumps(states, ensure_ascii=False)


def test_a_dry_run_counts_and_changes_nothing(store: Store, filled: Laptop) -> None:
    before = held(store)
    counts = retention.purge(store, 12, NOW, dry_run=True)
    assert counts == {"people": 1, "comments": 6, "lines": 12, "journal": 1}
    assert held(store) == before
    assert retention.purge(store, 14, NOW, dry_run=True) == dict.fromkeys(counts, 0)


def test_people_words_and_looks_go_and_the_figures_stay(store: Store, filled: Laptop) -> None:
    with store.read() as session:
        before = ledger.stats(session)
    assert retention.purge(store, 12, NOW)["people"] == 1
    kept = held(store)
    assert [name for name in ("p1", "p2", "p3", "p4", "p5") if f"Marque-{name}" in kept] == ["p2", "p3", "p4", "p5"]
    assert "dit par" not in kept and "dit hier" in kept and "c2VjcmV0" not in kept
    with store.read() as session:
        after, state = ledger.stats(session), ledger.state(session, "server", "a", NOW)
        reasons = set(session.execute(select(Erasure.reason)).scalars())
        looks = session.execute(select(Journal.what, Journal.id)).all()
        tombs = session.execute(select(Entity.state).where(Entity.entity_id == "e-p1")).scalar_one()
    assert (after["encounters"], after["people"]) == (before["encounters"], before["people"] - 1)
    assert set(tombs) == {"kind", "at", "place", "needs"}
    assert reasons == {"FIN_DE_CONSERVATION"}
    assert [tuple(look) for look in looks] == [("reserved", "p2"), ("purge", "1")]
    assert (state.hwm, state.chain) == (len(filled.lines), filled.chain(len(filled.lines)))
    assert not any(retention.purge(store, 12, NOW).values())


def test_a_file_in_imilo_is_kept_so_long_after_it_was_noted_and_no_longer(store: Store, filled: Laptop) -> None:
    later = NOW + 310 * DAY
    counts = retention.purge(store, 12, later)
    assert counts["people"] == 2  # p1, and p3 whose file was noted a year before; the others were met since
    assert "Marque-p3" not in held(store)
    with store.read() as session:
        [told] = [one for one in office.states(session) if one[0] == "p2"]
    assert told
    assert retention.purge(store, 12, NOW + 360 * DAY)["people"] == 3


def test_nobody_is_kept_by_a_clock_that_is_ahead(store: Store, laptop: Any) -> None:
    one: Laptop = laptop("a")
    one.say("person", "p1", at=ago(400), set=PERSON)
    one.say(
        "encounter", "e1", at=ago(400), set={"kind": "named", "at": "2099-01-01T10:00", "place": "x", "person": "p1"}
    )
    one.say("encounter", "e2", at=ago(400), set={"kind": "named", "at": ["odd"], "place": "x", "person": {"a": 1}})
    one.say("person", "alone", at=ago(400), set=PERSON)
    send(one, 400)
    assert retention.purge(store, 12, NOW)["people"] == 2


def test_the_call_counts_then_erases_and_says_no_to_odd_durations(office: Office) -> None:
    one = office.laptop("a")
    long_ago = round(time.time() * 1000) - 800 * DAY
    one.say("person", "p1", at=long_ago, set=PERSON)
    with office.store.write() as session:
        from sync import records

        ledger.take(session, "server", "a", "7f3a91c2", records.Batch(1, tuple(one.lines)), (0, "0" * 64), long_ago)
    nothing = {"people": 0, "comments": 0, "lines": 0, "journal": 0}
    due = nothing | {"people": 1, "lines": 1}
    assert office("purge", "--dry-run", "--months", "24") == [due | {"done": False}]
    assert office.run("purge", "--months", "25").returncode == 2
    assert office("stats")[0]["people"] == 1
    assert office("purge") == [due | {"done": True}]
    assert [told["person"] for told in office.told("tombstones")] == ["p1"]
    assert "p1" in (office.folder / "erasures.ndjson").read_text()
    assert office("purge") == [nothing | {"done": True}]


def test_no_byte_of_the_database_tells_of_whom_had_their_time(tmp_path: Path) -> None:
    """SQLite alone, whose file is ours to read: on PostgreSQL its own vacuum does this."""
    made = Office(tmp_path / "office", f"sqlite:///{tmp_path / 'office' / 'server.db'}")
    made.store.close()
    served = Served.__new__(Served)
    served.data, served._cluster, served.port, served._process = made.folder, None, 0, None
    served._log = (tmp_path / "office.log").open("w", encoding="utf-8")
    store = served.store()
    one = Laptop(store, "a")
    with store.write() as session:
        from sync.server.tables import Device
        from tests.server.conftest import KEY

        session.execute(insert(Device).values(id="a", label="a", public_key=KEY, enrolled=1, hwm=0))
    long_ago = round(time.time() * 1000) - 800 * DAY
    one.say("person", "p1", at=long_ago, set=PERSON | {"birth_name": "Marquée-Boussole"})
    with store.write() as session:
        from sync import records

        ledger.take(session, "server", "a", "7f3a91c2", records.Batch(1, tuple(one.lines)), (0, "0" * 64), long_ago)
    store.close()

    def bytes_there() -> bytes:
        return b"".join(file.read_bytes() for file in served.data.glob("server.db*"))

    word = "Marquée-Boussole".encode()
    escaped = json.dumps("Marquée-Boussole").encode()
    assert word in bytes_there()
    served.start()
    until(lambda: word not in bytes_there() and escaped not in bytes_there(), 10)
    served.close()


def test_what_serves_purges_each_day_and_goes_on_after_a_failure() -> None:
    calls: list[int] = []

    def purged() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise OSError

    with retention.daily(purged, 0.01):
        until(lambda: len(calls) > 2, 10)


def test_months_end_on_the_last_day_there_is() -> None:
    day = datetime(2028, 2, 29, 12, tzinfo=UTC)
    before = retention.months_before(round(day.timestamp() * 1000), 12)
    assert datetime.fromtimestamp(before / 1000, UTC) == datetime(2027, 2, 28, 12, tzinfo=UTC)
    assert day - datetime.fromtimestamp(before / 1000, UTC) > timedelta(days=365)
