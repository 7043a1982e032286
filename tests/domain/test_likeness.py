"""Knowing someone again: on FEBRL's made-up people, on French faults of our own, and case by case."""

import csv
import gzip
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from milomobile.domain import likeness
from milomobile.domain.likeness import Identity, Likeness
from tests.domain.spellings import people

TODAY = date(2026, 11, 26)
FEBRL = Path(__file__).parent.parent / "data" / "febrl4.csv.gz"
SAME = ("sure", "probable")


def of(line: dict[str, str]) -> Identity:
    return likeness.identity(line["given_name"], line["birth_name"], line["birth_date"], line["phone"], TODAY)


class Known:
    """People to look among."""

    def __init__(self, lines: Iterable[dict[str, str]]) -> None:
        self.people = {line["id"]: of(line) for line in lines}
        self.under: dict[str, set[str]] = {}
        for id, one in self.people.items():
            for key in likeness.keys(one):
                self.under.setdefault(key, set()).add(id)

    def find(self, one: Identity, without: str = "") -> list[tuple[str, Likeness]]:
        sharing = {id for key in likeness.keys(one) for id in self.under.get(key, ())} - {without}
        found = ((id, likeness.compare(one, self.people[id])) for id in sharing)
        return sorted(((id, alike) for id, alike in found if alike.level), key=lambda each: -each[1].points)


def febrl() -> tuple[list[dict[str, str]], list[tuple[str, dict[str, str]]]]:
    with gzip.open(FEBRL, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    originals = [row for row in rows if row["id"].endswith("-org")]
    return originals, [(row["id"].replace("-dup-0", "-org"), row) for row in rows if row["id"].endswith("-dup-0")]


def invented() -> tuple[list[dict[str, str]], list[tuple[str, dict[str, str]]]]:
    pairs = list(people(5000, 1))
    return [first for first, _ in pairs], [(first["id"], second) for first, second in pairs]


@pytest.mark.parametrize("make", [febrl, invented])
def test_the_original_comes_first_and_nobody_else_is_taken_for_it(make: object) -> None:
    assert callable(make)
    originals, copies = make()
    known = Known(originals)
    first = three = recognised = false = 0
    for original, line in copies:
        one = of(line)
        found = known.find(one)
        ids = [id for id, _ in found]
        first += ids[:1] == [original]
        three += original in ids[:3]
        recognised += any(id == original and alike.level in SAME for id, alike in found)
        false += any(alike.level in SAME for _, alike in known.find(one, without=original))
    count = len(copies)
    assert (len(originals), count) == (5000, 5000)
    shares = {"first": first / count, "three": three / count, "known": recognised / count, "false": false / count}
    assert shares["first"] >= 0.993 and shares["three"] >= 0.996, shares
    assert shares["known"] >= 0.985 and shares["false"] <= 0.005, shares


INES = {"given_name": "Inès", "birth_name": "Boussole", "birth_date": "2007-03-12", "phone": "06 12 34 56 78"}


@pytest.mark.parametrize(
    ("changes", "level", "why"),
    [
        ({}, "sure", ("mêmes noms", "même date de naissance", "même téléphone")),
        ({"given_name": " INES ", "birth_name": "boussole"}, "sure", ("mêmes noms",)),
        ({"given_name": "Boussole", "birth_name": "Inès"}, "sure", ("mêmes noms, prénom et nom inversés",)),
        ({"phone": "+33 6 12 34 56 78", "birth_date": "12/03/2007"}, "sure", ()),
        ({"birth_date": "2007-12-03"}, "probable", ("jour et mois inversés",)),
        ({"birth_date": "2007-03-13"}, "probable", ("date de naissance à un chiffre près",)),
        ({"birth_date": ""}, "probable", ("mêmes noms", "même téléphone")),
        ({"phone": ""}, "probable", ("mêmes noms", "même date de naissance")),
        ({"phone": "06 12 34 65 78"}, "probable", ("téléphone à un chiffre près",)),
        ({"birth_name": "Bousolle", "phone": "07 00 00 00 00"}, "probable", ("les noms sonnent pareil",)),
        ({"birth_name": "Boussole Marchal"}, "probable", ("noms presque pareils",)),
        ({"given_name": "Inès", "birth_name": "", "phone": ""}, "probable", ("même date de naissance",)),
        ({"birth_date": "", "phone": ""}, "possible", ("mêmes noms",)),
        ({"given_name": "Lina", "birth_date": "2009-01-30"}, "possible", ("même nom", "même téléphone")),
        ({"birth_date": "1990-01-30", "phone": "07 00 00 00 00"}, "possible", ("mêmes noms",)),
        ({"given_name": "Lina", "birth_name": "Lampion", "phone": "07 00 00 00 00"}, None, ()),
        ({"given_name": "", "birth_name": "", "birth_date": "", "phone": ""}, None, ()),
    ],
)
def test_how_far_the_evidence_goes(changes: dict[str, str], level: str | None, why: tuple[str, ...]) -> None:
    found = likeness.compare(of({**INES, **changes}), of(INES))
    assert found.level == level, found
    assert set(why) <= set(found.why), found
    assert likeness.compare(of(INES), of({**INES, **changes})).points == pytest.approx(found.points)


@pytest.mark.parametrize("make", [febrl, invented])
def test_whoever_is_not_near_is_never_more_than_possible(make: object) -> None:
    assert callable(make)
    originals, copies = make()
    known = Known(originals)
    levels = {True: set[str | None](), False: set[str | None]()}
    for one in (of(line) for _, line in copies[:1500]):
        for id, alike in known.find(one):
            levels[likeness.near(one, known.people[id])].add(alike.level)
    assert levels[False] <= {"possible", None} and "probable" in levels[True]


def test_twins_are_never_surely_one() -> None:
    other = {**INES, "given_name": "Lina"}
    assert likeness.compare(of(INES), of(other)).level == "probable"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed", "Mouhamad"),
        ("Yassine", "Yacine"),
        ("Cheikh", "Cheick"),
        ("Ouattara", "Wattara"),
        ("Gonçalves", "Gonsalves"),
        ("Shevchenko", "Chevtchenko"),
        ("N’Guessan", "NGuessan"),
        ("Philippe", "Filip"),
        ("Ben Ali", "Benali"),
        ("Şahin", "Sahin"),
        ("Олександр", "Oleksandr"),
        ("Lefèvre", "Lefebvre"),
    ],
)
def test_one_name_in_two_spellings_meets_under_a_key(one: str, other: str) -> None:
    """Though nothing but the name is known, and sounds near."""
    lines = [{"given_name": "Sam", "birth_name": name, "birth_date": "", "phone": ""} for name in (one, other)]
    first, second = map(of, lines)
    assert likeness.keys(first) & likeness.keys(second)
    assert likeness.compare(first, second).level == "possible"


@pytest.mark.parametrize("text", ["", "?", "12", "31/02/2007", "99999999", "12 mars", "٢٠٠٧", "0" * 400])
def test_what_cannot_be_read_counts_as_little_and_never_fails(text: str) -> None:
    odd = likeness.identity(text, text, text, text, TODAY)
    assert likeness.compare(odd, of(INES)).level in (None, "possible")
    likeness.keys(odd)
