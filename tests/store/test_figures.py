"""The tables of a period on the laptop: sums that hold, people counted once, what has gone still counted."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from milomobile.actions import figures, merging, purge, report
from milomobile.actions.open import Profile
from milomobile.domain import retention
from milomobile.domain.figures import HIDDEN_NOTE, Cell, Table
from milomobile.domain.suppression import equations
from milomobile.errors import NotReady
from tests.conftest import NOW, line
from tests.figured import World, periods, worlds
from tests.store.retained import age, keep, nobody

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def cells(table: Table, line: str = "") -> dict[str, Cell]:
    """Column → cell of one line; no code is the total's."""
    found = next((one for one in (*table.lines, table.total) if one and one.code == line), None)
    assert found, f"{table.code} has no line {line}"
    return dict(zip(table.columns, found.cells, strict=True))


def broken(table: Table) -> list[Any]:
    """The sums that do not hold."""
    lines = [*table.lines, *([table.total] if table.total else [])]
    if any(cell is None for one in lines for cell in one.cells):
        return []
    return [
        equation
        for equation in equations(table)
        if sum(factor * (lines[at].cells[column] or 0) for (at, column), factor in equation.items())
    ]


def test_an_empty_period_has_all_its_tables_and_only_zeros(profile: Profile) -> None:
    made = figures.tables(profile, *NOVEMBER)
    assert [table.code for table in made] == [f"T{number}" for number in range(1, 12)]
    assert {cell for table in made for one in table.lines for cell in one.cells} == {0}
    assert [found for table in made for found in broken(table)] == []


def test_a_person_counts_once_at_their_last_contact_and_every_contact_counts(profile: Profile) -> None:
    keep(
        profile,
        line(at="2026-11-02T10:00:00+01:00", outcome="RDV_PRIS"),
        line(at="2026-11-10T10:00:00+01:00", place="Gare de Woippy", situation__category="EMPLOI"),
        {"kind": "anonymous", "at": "2026-11-10T11:00:00+01:00", "place": "Gare de Woippy", "sex": "M"},
        {"kind": "group", "at": "2026-11-10T11:30:00+01:00", "place": "Gare de Woippy", "women": 3, "men": 5},
        line(at="2026-12-01T10:00:00+01:00", outcome="ORIENTE_PARTENAIRE"),
        now=NOW.replace(month=12, day=2),
    )
    made = {table.code: table for table in figures.tables(profile, *NOVEMBER)}
    assert cells(made["T1"]) == {
        **{"Sorties": 2, "Contacts": 4, "Anonymes": 1, "Groupes": 1, "Femmes en groupe": 3, "Hommes en groupe": 5},
        **{"Non précisé en groupe": 0, "Nominatifs": 2, "Nouveaux": 1, "Déjà vus": 1, "Jeunes": 1},
    }
    assert cells(made["T1"], "gare de woippy")["Jeunes"] == 1
    assert cells(made["T7"], "INFORMATION_SIMPLE") == {"Contacts": 1, "Jeunes": 1, "Mineurs": 0}
    assert cells(made["T7"], "RDV_PRIS") == {"Contacts": 1, "Jeunes": 0, "Mineurs": 0}
    assert cells(made["T7"], "ANONYME")["Contacts"] == 2
    assert cells(made["T9"], "EMPLOI")["Jeunes"] == 1
    assert cells(made["T2"], "F")["18-21\u00a0ans"] == 1
    assert [found for table in made.values() for found in broken(table)] == []
    december = figures.tables(profile, date(2026, 12, 1), date(2026, 12, 31))
    assert (cells(december[0])["Nouveaux"], cells(december[0])["Jeunes"]) == (0, 1)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), period=periods())
def test_whatever_goes_every_total_stays(profile: Profile, world: World, period: tuple[date, date]) -> None:
    """Reduced, then without their names; periods that cut no month keep their people too."""
    nobody(profile)
    who: dict[int, str] = {}
    for one in sorted(world.meetings, key=lambda one: one.at):
        again = {"same_as": who[one.who]} if one.who in who else {}
        (person,) = keep(profile, {**one.said, **again}, now=NOW)
        if one.who is not None:
            who[one.who] = person
    for loser, winner in world.into.items():
        merging.merge(profile, who[loser], who[winner], NOW)
    before = figures.tables(profile, *period)
    for moment in (NOW, NOW + timedelta(days=400)):
        age(profile, moment)
        purge.purge(profile, moment)
        after = figures.tables(profile, *period)
        assert [found for table in after for found in broken(table)] == []
        assert all(cell is None or cell >= 0 for table in after for one in table.lines for cell in one.cells)
        assert contacts(after) == contacts(before)
        assert [one.cells[:-1] for one in after[0].lines if one.code != "BUREAU"] == [
            one.cells[:-1] for one in before[0].lines
        ]
        if period[0].day == 1 and (period[1] + timedelta(days=1)).day == 1:
            assert people_of(after) == people_of(before)


def contacts(made: Sequence[Table]) -> list[Cell]:
    """The contacts of each table that has a total."""
    return [cells(table)["Contacts"] for table in made if table.total]


def people_of(made: Sequence[Table]) -> list[Cell]:
    """How many people, of each table that has a total, and by sex."""
    return [cells(table)["Jeunes"] for table in made if table.total] + [cells(made[1], sex)["Jeunes"] for sex in "FM"]


def test_the_screen_sees_real_figures_save_of_reserved_audiences(profile: Profile) -> None:
    keep(profile, line(situation__category="SANS_SITUATION", audiences=["PI", "PM"]), now=NOW)
    table = figures.tables(profile, *NOVEMBER)[10]
    assert cells(table, "NEET") == {"Jeunes": 1, "Contacts": 1}
    assert cells(table, "PI") == cells(table, "PM") == {"Jeunes": None, "Contacts": None}
    assert HIDDEN_NOTE in table.notes


def test_a_period_that_ends_before_it_begins_is_refused(profile: Profile) -> None:
    with pytest.raises(NotReady, match="finit avant"):
        figures.tables(profile, NOVEMBER[1], NOVEMBER[0])


def test_what_is_reduced_stays_in_every_total_and_in_its_month_s_lines(profile: Profile) -> None:
    lines = [
        line(at="2026-10-06T10:00:00+02:00", outcome="RDV_PRIS"),
        line(at="2026-11-03T10:00:00+01:00", outcome="ORIENTE_PARTENAIRE", place="Gare de Woippy"),
        line(at="2026-11-20T10:00:00+01:00"),
        line(at="2026-11-05T10:00:00+01:00", person__given_name="Zoé", person__phone="03 53 01 99 99"),
    ]
    keep(profile, *lines, now=NOW)
    periods = [NOVEMBER, (date(2026, 10, 1), date(2026, 11, 30)), (date(2026, 11, 3), date(2026, 11, 10))]
    before = [figures.tables(profile, *period) for period in periods]
    age(profile, NOW)
    assert purge.purge(profile, NOW).reduced == 2
    for period, old in zip(periods, before, strict=True):
        new = figures.tables(profile, *period)
        assert new[0].total == old[0].total
        assert [one.cells[:-1] for one in new[0].lines if one.code != "BUREAU"] == [
            one.cells[:-1] for one in old[0].lines
        ]
        assert [table.total and table.total.cells[-1] for table in new[:7]] == [
            table.total and table.total.cells[-1] for table in old[:7]
        ]
        assert [found for table in new for found in broken(table)] == []
    november = figures.tables(profile, *NOVEMBER)[6]
    assert cells(november, "ORIENTE_PARTENAIRE") == {"Contacts": 1, "Jeunes": 0, "Mineurs": 0}
    assert cells(november, "BUREAU") == {"Contacts": 0, "Jeunes": 2, "Mineurs": 0}
    assert any("Réponses gardées au bureau seulement" in note for note in november.notes)
    week = figures.tables(profile, *periods[2])[6]
    assert (cells(week, "BUREAU")["Contacts"], cells(week)["Contacts"]) == (2, 2)


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (date(2026, 9, 1), date(2026, 11, 30), ("2026-09", "2026-11")),
        (date(2026, 9, 2), date(2026, 11, 29), ("2026-10", "2026-10")),
        (date(2026, 12, 31), date(2027, 2, 28), ("2027-01", "2027-02")),
        (date.min, date.max, ("0001-01", "9999-12")),
    ],
)
def test_whole_months_of_a_period(first: date, last: date, whole: tuple[str, str], profile: Profile) -> None:
    assert retention.whole_months(first, last) == whole
    keep(profile, line(), now=NOW)
    assert cells(figures.tables(profile, first, last)[0])["Contacts"] == (first <= date(2026, 11, 24) <= last)


def test_a_period_within_a_month_has_no_whole_one() -> None:
    first, last = retention.whole_months(date(2026, 11, 2), date(2026, 11, 29))
    assert first > last


def test_files_found_to_be_one_count_once_on_every_page(profile: Profile) -> None:
    zoe = line(person__given_name="Zoé", person__phone="03 53 01 99 99", person__birth_date="2001-01-01")
    ines, other = keep(profile, line(), zoe, now=NOW)
    assert report.figures(profile, *NOVEMBER)["people"] == 2
    merging.merge(profile, other, ines, NOW)
    assert report.figures(profile, *NOVEMBER)["people"] == 1
    assert cells(figures.tables(profile, *NOVEMBER)[0])["Jeunes"] == 1
    merging.part(profile, other, NOW)
    assert report.figures(profile, *NOVEMBER)["people"] == 2
