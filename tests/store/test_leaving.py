"""The tables and charts of a period that leave give no small count back, whichever of them are put side by side."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest

from milomobile.actions import figures, invent
from milomobile.actions.demo import fill
from milomobile.actions.open import Profile
from milomobile.domain.charting import Chart
from milomobile.domain.figures import LEAST, Cell, Table
from milomobile.domain.suppression import equations, lines_of
from milomobile.reports import plots, statistics
from milomobile.store import pace
from tests.conftest import NOW

Place = tuple[str, str, str]
"""(table, line, column), in words."""
_WHOLE = {"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T9"}


def cells(table: Table) -> dict[Place, Cell]:
    return {
        (table.code, line.label, column): cell
        for line in lines_of(table)
        for column, cell in zip(table.columns, line.cells, strict=True)
    }


def sums(table: Table) -> Iterator[dict[Place, int]]:
    """The sums inside a table."""
    lines = lines_of(table)
    for one in equations(table):
        yield {(table.code, lines[at].label, table.columns[column]): by for (at, column), by in one.items()}


def alike() -> Iterator[list[Place]]:
    """What several tables tell, written here by hand from what each of them counts (domain.md 5.3)."""
    yield [*((code, "Total", "Contacts") for code in _WHOLE), ("T8", "Contacts", "Nombre")]
    people = [(code, "Total", "Jeunes") for code in _WHOLE]
    yield [*people, ("T8", "Jeunes connus par leur nom", "Nombre"), ("T10", "Repérés", "Jeunes")]
    yield [("T3", "Total", "Rattachés"), ("T6", "Total", "Rattachés"), _attached]
    yield [(code, "Anonymes et groupes", "Contacts") for code in _WHOLE - {"T1", "T2"}]
    yield [("T1", "Total", "Groupes"), ("T2", "Groupes", "Contacts")]
    for sex in ("Femmes", "Hommes", "Non précisé"):
        yield [("T2", sex, "Jeunes"), ("T4", "Total", sex)]
    yield [_entered, ("T10", "Entrés en parcours (CEJ, PACEA, formation)", "Jeunes")]
    yield [_unfollowed, ("T11", "Sans suivi du service public de l’emploi", "Jeunes")]
    yield [("T9", "Ni emploi, ni études, ni formation (NEET)", "Jeunes"), ("T11", "NEET", "Jeunes")]


_attached = "T8", "Jeunes rattachés (dossier I-MILO créé)", "Nombre"
_entered = "T8", "Entrées en CEJ, PACEA ou formation", "Nombre"
_unfollowed = "T10", "dont invisibles (sans suivi du service public de l’emploi)", "Jeunes"


def across(tables: tuple[Table, ...]) -> Iterator[dict[Place, int]]:
    known = {place for table in tables for place in cells(table)}
    for same in alike():
        there = [place for place in same if place in known]
        yield from ({there[0]: 1, other: -1} for other in there[1:])
    young = {("T2", "Total", "Moins de 16\u00a0ans"): 1, ("T2", "Total", "16-17\u00a0ans"): 1}
    yield {("T7", "Total", "Mineurs"): -1, **young}
    unnamed = {("T1", "Total", "Anonymes"): 1, ("T1", "Total", "Groupes"): 1}
    yield {("T3", "Anonymes et groupes", "Contacts"): -1, **unnamed}


def drawn(chart: Chart) -> dict[Place, Cell]:
    return {
        (chart.code, mark.label, str(at)): cell
        for mark in chart.marks
        for at, cell in enumerate(mark.cells[: len(chart.columns)])
    }


def shares(by_week: Chart, by_hour: Chart) -> Iterator[dict[Place, int]]:
    """A place's hours are its contacts; the weeks' registrations are all of them."""
    yield {("T1", "Total", "Nominatifs"): -1, **{("weeks", mark.label, "0"): 1 for mark in by_week.marks}}
    for mark in by_hour.marks:
        hours = {("hours", mark.label, str(at)): 1 for at in range(len(by_hour.columns))}
        yield {("T1", mark.label, "Contacts"): -1, **hours}


def told(rows: list[dict[Place, int]], hidden: set[Place]) -> set[Place]:
    """The hidden cells that elimination gives back."""
    pivots: dict[Place, dict[Place, Fraction]] = {}

    def less(row: dict[Place, Fraction], other: dict[Place, Fraction], by: Fraction) -> dict[Place, Fraction]:
        left = {at: row.get(at, Fraction()) - by * other.get(at, Fraction()) for at in row.keys() | other}
        return {at: factor for at, factor in left.items() if factor}

    for one in rows:
        row = {place: Fraction(by) for place, by in one.items() if place in hidden}
        for place in [place for place in row if place in pivots]:
            row = less(row, pivots[place], row[place])
        if row:
            first = next(iter(row))
            row = {place: by / row[first] for place, by in row.items()}
            pivots = {at: less(old, row, old[first]) if first in old else old for at, old in pivots.items()}
            pivots[first] = row
    return {place for place, row in pivots.items() if len(row) == 1}


@pytest.mark.parametrize("seed", [3, 4])
def test_no_small_count_comes_back_from_other_tables_or_charts(profile: Profile, seed: int) -> None:
    fill(profile, invent.lines(90, 140, seed, NOW), NOW)
    hid = 0
    last = NOW.date()
    for days in (1, 2, 3, 6, 9, 13, 20, 29, 44, 400):
        for first in (last - timedelta(days=days), last - timedelta(days=2 * days)):
            hid += looked(profile, first, first + timedelta(days=days))
    assert hid > 100


def looked(profile: Profile, first: date, last: date) -> int:
    """How many counts are hidden in a period, none of which comes back."""
    real = figures.tables(profile, first, last)
    with profile.store.read() as session:
        met = pace.met(session, first, last)
    leaving, charts = plots.leaving(real, met, first, last)
    assert leaving == statistics.leaving(real), "the file and the report hide the same"
    pairs = [charts[0], plots.weeks(met, first, last)], [charts[-1], plots.hours(met)]
    before = {place: cell for table in real for place, cell in cells(table).items()}
    before |= {place: cell for _, whole in pairs for place, cell in drawn(whole).items()}
    after = {place: cell for table in leaving for place, cell in cells(table).items()}
    after |= {place: cell for left, _ in pairs for place, cell in drawn(left).items()}
    rows = [*(one for table in real for one in sums(table)), *across(real), *shares(*(whole for _, whole in pairs))]
    for one in rows:
        assert any(before[place] is None for place in one) or not sum((before[at] or 0) * by for at, by in one.items())
    hidden = {place for place, cell in after.items() if cell is None}
    small = {place for place, cell in before.items() if cell is not None and 0 < cell < LEAST}
    assert not {place for place in small if place[0] != "T1" or place[2] != "Sorties"} - hidden
    back = told(rows, hidden)
    assert not back & small
    assert {place[0] for place in back} <= {"weeks", "hours"}, "charts may hide five and more for nothing"
    return len(hidden)
