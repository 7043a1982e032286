"""The list of people in the file: chips, their counts, ranks in the order of meeting, the number of a file."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text, update

from milomobile import reference
from milomobile.actions import find, merging
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.dates import LOCAL, age_on
from milomobile.domain.reading import read
from milomobile.domain.searching import CHIPS, file_number
from milomobile.store import listing
from milomobile.store.inbox import Inbox
from milomobile.store.tables import Person
from tests.conftest import NOW, line

NAMES = [name for name, _ in CHIPS]


def _met(profile: Profile, given_name: str, **changes: Any) -> str:
    """Someone of whom nothing is known but a name, unless said."""
    unknown = dict.fromkeys(("person__birth_date", "person__qpv", "person__qpv_status", "person__phone"))
    answers = {**unknown, "person__given_name": given_name, "person__social": f"@{given_name}", **changes}
    record, found = read(line(**answers), reference.lists(), NOW)
    assert record, found
    met = register(profile, record, NOW).person
    assert met
    return met


def _named(profile: Profile, typed: str, chip: str, now: datetime = NOW) -> list[str]:
    return [one.name.split()[0] for one in find.people_at(profile, find.listed(profile, typed, chip, now), now) if one]


def _ids(profile: Profile, chip: str) -> set[str]:
    found = find.people_at(profile, find.listed(profile, "", chip, NOW), NOW)
    return {one.id for one in found if one}


def test_each_chip_lets_through_whom_it_says(profile: Profile) -> None:
    yesterday = (NOW - timedelta(days=1)).isoformat()
    grown = {"person__birth_date": "2000-01-01", "handover": "DEJA_DOSSIER"}
    _met(profile, "Anaïs", at=yesterday, **grown)
    _met(profile, "Bilal", **grown)
    _met(profile, "Chloé", at=yesterday, handover="DEJA_DOSSIER")
    _met(profile, "Diego", at=yesterday, **grown, recall_on="2026-11-24")
    _met(profile, "Enzo", at=yesterday, **{**grown, "handover": "A_RATTACHER"})
    _met(profile, "Fatou", at=yesterday, **{**grown, "person__birth_date": "2008-11-25"})
    _met(profile, "Gabin", at=yesterday, handover="DEJA_DOSSIER", person__stated_age=17)
    _met(profile, "Hugo", at=yesterday, **grown, person__qpv_status="OUI")
    _met(profile, "Inès", at=yesterday, **grown, person__qpv="QN05720M", person__qpv_status="OUI")
    expected = {
        "all": ["Inès", "Hugo", "Gabin", "Fatou", "Enzo", "Diego", "Chloé", "Bilal", "Anaïs"],
        "today": ["Bilal"],
        "incomplete": ["Gabin", "Chloé"],
        "recall": ["Diego"],
        "handover": ["Enzo"],
        "minor": ["Gabin", "Fatou"],
        "district": ["Inès", "Hugo"],
    }
    assert {chip: _named(profile, "", chip) for chip in NAMES} == expected
    assert find.count_chips(profile, NOW) == {chip: len(names) for chip, names in expected.items()}
    assert _named(profile, "boussole", "district") == ["Inès", "Hugo"]
    assert _named(profile, "hug", "district") == ["Hugo"]
    assert _named(profile, "hug", "minor") == []
    assert _named(profile, "", "minor", NOW + timedelta(days=1)) == ["Gabin"], "18 years old that day"


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2026, 2, 28)])
def test_a_minor_is_who_is_under_18_that_day(profile: Profile, day: date) -> None:
    """Around 29 February of both kinds of years."""
    someone = _met(profile, "Inès")
    for born in (date(day.year - 18, 2, 28) + timedelta(days=n) for n in range(3)):
        with profile.store.write() as session:
            session.execute(update(Person).where(Person.id == someone).values(birth_date=born))
        with profile.store.read() as session:
            assert len(listing.ranks(session, "", "minor", day)) == (age_on(born, day) < 18), born


def test_whoever_was_merged_is_found_by_either_name_as_one(profile: Profile) -> None:
    ines, lina, maud = _met(profile, "Inès", imilo_number=1234567), _met(profile, "Lina"), _met(profile, "Maud")
    _met(profile, "Nora")
    merging.merge(profile, ines, lina, NOW)
    assert _named(profile, "ine", "all") == _named(profile, "lin", "all") == ["Lina"]
    assert _named(profile, "boussole", "all") == ["Nora", "Maud", "Lina"]
    merging.merge(profile, lina, maud, NOW)
    for typed in ("ine", "lin", "mau", "1234567"):
        assert _named(profile, typed, "all") == ["Maud"], typed
        assert [one.id for one in find.search(profile, typed, NOW)] == [maud]
    assert _named(profile, "ine", "today") == ["Maud"] and _named(profile, "ine", "recall") == []
    assert _named(profile, "boussole", "all") == ["Nora", "Maud"]
    assert find.count_chips(profile, NOW)["all"] == 2
    merging.part(profile, lina, NOW)
    assert [_named(profile, typed, "all") for typed in ("ine", "mau")] == [["Lina"], ["Maud"]]
    merging.part(profile, ines, NOW)
    assert _named(profile, "ine", "all") == ["Inès"] and find.count_chips(profile, NOW)["all"] == 4


def test_the_office_and_an_adviser_who_say_it_the_other_way_round_lose_nobody(profile: Profile) -> None:
    ines, lina, maud = (_met(profile, name) for name in ("Inès", "Lina", "Maud"))
    merging.merge(profile, ines, lina, NOW)
    merging.merge(profile, lina, maud, NOW)
    told = [{"loser": maud, "winner": ines}, {"loser": maud, "winner": maud}]
    Inbox(profile.store).take("merges", told[:1], "c", whole=False)
    for typed in ("ine", "lin", "mau"):
        assert _named(profile, typed, "all") == ["Inès"], typed
    Inbox(profile.store).take("merges", told[1:], "d", whole=False)
    assert _named(profile, "mau", "all") == ["Maud"]


def test_nobody_merged_is_listed_or_counted(profile: Profile) -> None:
    one, other = _met(profile, "Inès"), _met(profile, "Lina")
    with profile.store.write() as session:
        session.execute(update(Person).where(Person.id == one).values(merged_into=other))
    for chip in ("all", "today", "incomplete", "handover"):
        assert _ids(profile, chip) == {other}, chip
        assert _named(profile, "boussole", chip) == _named(profile, "ines", chip) == ["Lina"], chip
        assert find.count_chips(profile, NOW)[chip] == 1, chip


def test_the_number_of_a_file_is_found_whole(profile: Profile) -> None:
    _met(profile, "Inès", imilo_number=1234567, person__phone="06 53 01 45 67")
    _met(profile, "Lina", imilo_number=12345678)
    _met(profile, "Noé", person__phone="06 12 34 56 78")
    assert _named(profile, "1234567", "all") == ["Inès"]
    assert _named(profile, "1 234 567", "all") == ["Inès"]
    assert _named(profile, "12345678", "all") == ["Noé", "Lina"]
    assert _named(profile, "123456", "all") == []
    assert _named(profile, "45 67", "all") == ["Inès"]


@given(st.text(max_size=20))
def test_a_file_number_is_digits(typed: str) -> None:
    number = file_number(typed)
    assert (number is not None) == ("".join(typed.split()).isascii() and "".join(typed.split()).isdigit())


def test_somebody_met_again_has_another_rank(profile: Profile) -> None:
    ines, lina = (
        _met(profile, "Inès", person__phone="06 12 34 56 78", person__birth_date="2007-03-12"),
        _met(profile, "Lina"),
    )
    before = find.listed(profile, "", "all", NOW)
    assert [find.rank_of(profile, id) for id in (lina, ines)] == before
    assert _met(profile, "Inès", person__phone="06 12 34 56 78", person__birth_date="2007-03-12") == ines
    assert [one and one.id for one in find.people_at(profile, before, NOW)] == [lina, None]
    after = find.listed(profile, "", "all", NOW)
    assert [one and one.id for one in find.people_at(profile, after, NOW)] == [ines, lina]
    assert find.rank_of(profile, "nobody") is None


def test_each_chip_is_counted_and_listed_from_an_index(profile: Profile) -> None:
    """None reads the rows of `person`: with a hundred thousand people that is a fifth of a second."""
    with profile.store.read() as session:
        for chip in NAMES:
            for fits in listing._fits(chip, NOW.astimezone(LOCAL).date()):
                query = listing.select(Person.rank).where(listing._ALONE, fits)
                asked = query.compile(session.engine, compile_kwargs={"literal_binds": True})
                steps = [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}".replace(":", "\\:")))]
                assert all("INDEX" in step for step in steps if "person" in step.split()), (chip, steps)
