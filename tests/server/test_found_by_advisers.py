"""Two files of one person, found by an adviser: the server shows them as one, tells the laptops, and the office goes before."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from sync.server import feeds, matching, office
from sync.server.store import Store
from sync.server.tables import FeedItem
from tests.server.conftest import NOW, Laptop

Laptops = Callable[[str], Laptop]
INES = {"given_name": "Inès", "birth_name": "Boussole", "birth_date": "2007-03-12", "phone": "+33353011234"}


@pytest.fixture
def known(laptop: Laptops) -> Laptop:
    made = laptop("a")
    for name in ("p1", "p2", "p3"):
        made.say("person", name, set=INES)
    made.send()
    return made


def told(store: Store) -> list[tuple[str, str | None, str | None]]:
    with store.read() as session:
        bodies = session.execute(
            select(FeedItem.body).where(FeedItem.feed == "merges").order_by(FeedItem.pos)
        ).scalars()
        items = [json.loads(one) for one in bodies]
    return [(one["loser"], one["winner"], one.get("by")) for one in items]


def merged(store: Store) -> dict[str, str]:
    with store.read() as session:
        return office.merged(session)


def say(known: Laptop, person: str, **answers: Any) -> None:
    known.say("person", person, op="update", set=answers)
    known.send()


def test_what_an_adviser_merged_is_merged_and_taken_back(store: Store, known: Laptop) -> None:
    say(known, "p2", same_as="p1")
    assert merged(store) == {"p2": "p1"}
    say(known, "p2", same_as="p1")
    say(known, "p2", same_as="p3")
    say(known, "p2", phone="+33353015555")
    assert merged(store) == {"p2": "p3"}
    say(known, "p2", same_as=None)
    assert merged(store) == {}
    assert told(store) == [
        ("p2", "p1", "adviser"),
        ("p2", None, None),
        ("p2", "p3", "adviser"),
        ("p2", None, None),
    ]


def test_what_cannot_be_merged_stays_and_the_line_is_taken_all_the_same(store: Store, known: Laptop) -> None:
    say(known, "p2", same_as="p1")
    say(known, "p1", same_as="p2")
    say(known, "p3", same_as="nobody")
    say(known, "p3", same_as="p3")
    assert merged(store) == {"p2": "p1"}


def test_the_office_goes_before_the_advisers(store: Store, known: Laptop) -> None:
    with store.write() as session:
        id = office.unite(session, "p2", "p1", NOW)
    say(known, "p2", same_as="p3")
    say(known, "p2", same_as=None)
    assert merged(store) == {"p2": "p1"}
    say(known, "p3", same_as="p2")
    assert merged(store) == {"p2": "p1", "p3": "p1"}
    with store.write() as session:
        office.part(session, id, NOW)
    assert merged(store) == {"p3": "p1"}


def test_two_people_that_an_adviser_told_apart_are_not_proposed(store: Store, known: Laptop) -> None:
    say(known, "p2", apart=["p1"])
    with store.read() as session:
        pairs = {(one.later, one.earlier) for one in matching.matches(session, NOW)}
    assert pairs == {("p3", "p1"), ("p3", "p2")}


def test_somebody_with_the_name_of_hundreds_is_still_found_twice(store: Store, known: Laptop) -> None:
    named = {"given_name": "Lina", "birth_name": "Marchal"}
    for n in range(400):
        known.say("person", f"q{n:03}", set={**named, "birth_date": f"{1990 + n % 20}-0{1 + n % 9}-{10 + n % 18}"})
    for name in ("r1", "r2"):
        known.say("person", name, set={**named, "phone": "+33353015678"})
    known.send()
    with store.read() as session:
        pairs = {(one.later, one.earlier) for one in matching.matches(session, NOW)}
    assert ("r2", "r1") in pairs


def test_a_laptop_that_reads_all_again_hears_the_same(store: Store, known: Laptop) -> None:
    say(known, "p2", same_as="p1")
    with store.read() as session:
        bodies = feeds.page(session, "merges", "b", "", 10)[0]
    assert [json.loads(one)["winner"] for one in bodies] == ["p1"]
