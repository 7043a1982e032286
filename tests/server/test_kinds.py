"""Whatever stands under a known key: the push is answered, what was stored before is read, no file breaks or runs."""

import csv
import json
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import insert

from milomobile.domain.files import Asked
from sync import records
from sync.records import Batch
from sync.server import files, handovers, kinds, ledger, matching, office, projection, retention
from sync.server.filled import Said
from sync.server.merge import Said as Told
from sync.server.outward import feed
from sync.server.store import Store
from sync.server.tables import Device
from tests.server.conftest import EPOCH, KEY, NOW, PERSON
from tests.server.test_files import DAYS

ENTITIES = {
    "person": PERSON | {"handover": "A_RATTACHER", "agrees": {"sms": True}, "stated_age": 20},
    "encounter": {
        "kind": "named",
        "at": "2026-11-24T14:32:00+01:00",
        "place": "pl",
        "person": "p",
        "recall_on": "2026-11-26",
    },
    "appointment": {"at": "2026-11-26T10:00:00+01:00", "place": "Lauriers", "encounter": "e", "person": "p"},
    "place": {"name": "Borny", "setting": "RUE"},
    "stop": {"outing": "o", "place": "pl", "opened_at": "2026-11-24T14:00:00+01:00"},
}
MORE = [
    "restricted",
    "objected",
    "withdrawn",
    "agrees",
    "situation",
    "guardian",
    "notice",
    "needs",
    "women",
    "birth_date",
]
TEXTS = [
    *"=+-@",
    "=1+1",
    "-5",
    "+33 6",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01",
    "1850-02-02",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5) | st.sampled_from(TEXTS)
LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
INSIDE = st.sampled_from(
    ["add", "remove", "sms", "name", "phone", "how", "category", "inactive_since", "level", "housing", "children"]
)
VALUE = st.recursive(
    LEAF, lambda one: st.lists(one, max_size=3) | st.dictionaries(INSIDE | TEXT, one, max_size=3), max_leaves=5
)
KEYS = sorted({(entity, name) for entity in ENTITIES for name in (*kinds.KINDS[entity], *MORE, *ENTITIES[entity])})
ANY = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
numbers = count()


def enrolled(store: Store) -> str:
    name = f"laptop {next(numbers)}"
    with store.write() as session:
        session.execute(insert(Device).values(id=name, label=name, public_key=KEY, enrolled=NOW, hwm=0))
    return name


def lines(changes: list[tuple[str, str, Any]], base: Any = None) -> tuple[list[bytes], str]:
    """A person met once, with her appointment, then each answer told anew; and how their identifiers end."""
    new, made, hlc = f"-{next(numbers)}", [], ""
    known = [
        (entity, {key: said + new if key in ("person", "encounter") else said for key, said in answers.items()})
        for entity, answers in ENTITIES.items()
    ]
    told = [(entity, "create", answers, {}) for entity, answers in known]
    told += [(entity, "update", {name: value}, {"base": base}) for entity, name, value in changes]
    for entity, op, answers, more in told:
        hlc = records.tick(hlc, NOW)
        id = "pl" if entity == "place" else entity[0] + new
        line = {
            "id": records.uuid7(NOW),
            "hlc": hlc,
            "entity": entity,
            "entity_id": id,
            "op": op,
            "v": 1,
            "set": answers,
        }
        made.append(json.dumps(line | more).encode())
    return made, new


def everything_works(store: Store, folder: Path, person: str) -> None:
    """All that reads the states, and no cell that a spreadsheet would run."""
    for what in ("contacts", "rattachements", "rappels", "statistiques"):
        told = files.write(store, Asked(what, *DAYS, codes=True), folder / f"{what}.csv", NOW)
        for file in told.files:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                cells = {cell for row in csv.reader(opened, delimiter=";") for cell in row}
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    for form in ("xlsx", "jsonl"):
        files.write(store, Asked("contacts", *DAYS, form), folder / f"x.{form}", NOW)
    assert load_workbook(folder / "x.xlsx").worksheets[0].title == "Contacts"
    assert [json.loads(one) for one in (folder / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    with store.read() as session:
        feed.waiting(session, NOW)
        matching.matches(session, NOW)
        office.conflicts(session)
        retention.find(session, 12, NOW)
    with store.write() as session:
        handovers.keep(session, [Said(2, person, {"appointment_status": "PRESENT"}, ("Inès", "Boussole"), None)], NOW)


@ANY
@given(key=st.sampled_from(KEYS), value=VALUE, base=VALUE)
@example(key=("encounter", "needs"), value=5, base=None)
@example(key=("encounter", "needs"), value=[[1]], base=None)
@example(key=("place", "needs"), value=True, base=None)
@example(key=("person", "birth_date"), value="2026-12-31", base=None)
@example(key=("person", "sex"), value="M", base={"sex": [1]})
@example(key=("encounter", "kind"), value=None, base=None)
def test_whatever_is_pushed_is_answered_and_read(
    store: Store, tmp_path: Path, key: tuple[str, str], value: Any, base: Any
) -> None:
    name = enrolled(store)
    made, new = lines([(*key, value)], base)
    with store.write() as session:
        ack = ledger.take(session, "server", name, EPOCH, Batch(1, tuple(made)), (0, "0" * 64), NOW)
    assert {one.verdict for one in ack.results} <= {"refused"} and {one.seq for one in ack.results} <= {len(made)}
    assert all(one.type == "/problems/wrong-kind" and one.pointer == f"/set/{key[1]}" for one in ack.results)
    everything_works(store, Path(tempfile.mkdtemp(dir=tmp_path)), f"p{new}")


@ANY
@given(key=st.sampled_from(KEYS), value=VALUE)
@example(key=("person", "agrees"), value="oui")
@example(key=("person", "imilo_number"), value={"a": 1})
@example(key=("encounter", "women"), value="=cmd|' /C calc'!A0")
@example(key=("encounter", "kind"), value=None)
def test_what_was_kept_before_is_read_as_unknown(
    store: Store, tmp_path: Path, key: tuple[str, str], value: Any
) -> None:
    """States of before the server looked at kinds."""
    made, new = lines([(*key, value)])
    for line in made:
        one = json.loads(line)
        told = Told(one["id"], one["hlc"], "a", NOW, one["set"], {})
        where = (one["entity"], one["entity_id"])
        if kinds.wrong(one["entity"], one["set"]) and key[1] in ("needs", "barriers", "audiences"):
            continue
        with store.write() as session:
            projection.apply(session, [(where, told)])
    everything_works(store, Path(tempfile.mkdtemp(dir=tmp_path)), f"p{new}")


@pytest.mark.parametrize(
    ("name", "value"), [("needs", 5), ("women", 1000), ("women", True), ("agrees", "oui"), ("phone", 6)]
)
def test_what_is_no_such_answer_is_refused_by_name(store: Store, name: str, value: Any) -> None:
    entity = "person" if name in ("agrees", "phone") else "encounter"
    made, _ = lines([(entity, name, value)])
    device = enrolled(store)
    with store.write() as session:
        ack = ledger.take(session, "server", device, EPOCH, Batch(1, tuple(made)), (0, "0" * 64), NOW)
    [told] = ack.results
    assert (told.verdict, told.type, told.pointer) == ("refused", "/problems/wrong-kind", f"/set/{name}")
    assert name in told.detail
