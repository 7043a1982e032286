"""Old laptop, new server, and the reverse: nothing is refused for its age, nothing newer is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from sync import records
from sync.server import erasing, feeds, ledger, merge, upcasting
from sync.server.judging import NEWER, judge, said
from sync.server.store import NotOurs, Store
from sync.server.tables import Entity, Server, Table
from tests.server.conftest import NOW, PERSON, Laptop

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("schema_*"))
Laptops = Callable[[str], Laptop]


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_lines_of_every_schema_are_read_as_they_always_were(folder: Path) -> None:
    states: dict[str, merge.State] = {}
    for seq, line in enumerate((folder / "lines.ndjson").read_bytes().splitlines(), 1):
        one = judge(seq, line, records.digest(line)[0])
        assert one.state == "taken"
        record = upcasting.today(one.record)
        name = f"{record['entity']} {record['entity_id']}"
        merge.fold(states.setdefault(name, {}), said(record, "laptop", NOW))
    shown = {name: merge.shown(state) for name, state in states.items()}
    assert shown == json.loads((folder / "shown.json").read_text(encoding="utf-8"))


def test_there_is_a_golden_file_of_every_schema() -> None:
    assert [folder.name for folder in GOLDEN] == [f"schema_{number}" for number in range(1, records.SCHEMA + 1)]
    assert sorted(upcasting.UPCASTERS) == list(range(1, records.SCHEMA))


def test_an_older_record_is_read_through_each_step() -> None:
    steps = {
        1: lambda record: {**record, "set": {"names": record["set"]["name"].split()}},
        2: lambda record: {**record, "set": {**record["set"], "count": len(record["set"]["names"])}},
    }
    record = {"v": 1, "id": "a", "set": {"name": "Inès Boussole"}}
    assert upcasting.today(record, steps) == {
        "v": 3,
        "id": "a",
        "set": {"names": ["Inès", "Boussole"], "count": 2},
    }
    assert record["v"] == 1


def newer(laptop: Laptop, *more: tuple[str, str, dict[str, object]]) -> None:
    """Lines of the next schema, sent to a server of this one."""
    for entity, entity_id, answers in (("person", "p1", PERSON), *more):
        laptop.say(entity, entity_id, set=answers)
    laptop.lines = [line.replace(b'"v":1', b'"v":%d' % (records.SCHEMA + 1)) for line in laptop.lines]


def test_a_newer_record_is_kept_and_taken_after_the_upgrade(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    newer(one, ("encounter", "e1", {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "x"}))
    ack = one.send()
    assert [(result.verdict, result.type) for result in ack.results] == [("refused", NEWER)] * 2
    assert ack.hwm == 2
    with store.write() as session:
        assert upcasting.judge_again(session, NOW) == 0
    with store.write() as session:
        assert upcasting.judge_again(session, NOW, records.SCHEMA + 1) == 2
        assert upcasting.judge_again(session, NOW, records.SCHEMA + 1) == 0
    with store.read() as session:
        assert sorted(session.execute(select(Entity.entity_id)).scalars()) == ["e1", "p1"]
        told, _, _ = feeds.page(session, "verdicts", "a", "", 10)
        assert [(json.loads(item)["seq"], json.loads(item)["verdict"]) for item in told] == [(1, "taken"), (2, "taken")]
        assert feeds.page(session, "verdicts", "b", "", 10)[0] == []
        assert ledger.stats(session)["refused"] == 0


def test_someone_erased_meanwhile_does_not_come_back(store: Store, laptop: Laptops) -> None:
    one = laptop("a")
    newer(one)
    one.send()
    with store.write() as session:
        erasing.erase(session, "p1", "demande", "x", NOW)
    with store.write() as session:
        assert upcasting.judge_again(session, NOW, records.SCHEMA + 1) == 0
    with store.read() as session:
        assert session.execute(select(Entity.entity_id)).scalars().all() == []
        told, _, _ = feeds.page(session, "verdicts", "a", "", 10)
        assert [json.loads(item)["verdict"] for item in told] == ["gone"]


def test_a_database_of_before_is_as_old_as_its_first_laptop(store: Store, laptop: Laptops, url: str) -> None:
    laptop("a")
    with store.write() as session:
        for table, column in (("server", "made"), ("server", "verified"), ("device", "verified"), ("merge", "device")):
            session.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        for table in ("outward", "token"):
            session.execute(text(f"DROP TABLE {table}"))
        session.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    upgraded = Store(url)
    with upgraded.read() as session:
        assert session.execute(select(Server.history, Server.made, Server.verified)).one() == ("h1", NOW, None)
        assert compare_metadata(MigrationContext.configure(session), Table.metadata) == []
    upgraded.close()


def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(store: Store, laptop: Laptops, url: str) -> None:
    laptop("a")
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotOurs, match="version plus récente"):
        Store(url)
    with store.read() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
