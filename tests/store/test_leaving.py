"""The tables of a period that leave give no hidden count back, whichever of them are put side by side."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milomobile import reference
from milomobile.actions import figures, invent
from milomobile.actions.demo import fill
from milomobile.actions.open import Profile
from milomobile.domain.audiences import IDLE
from milomobile.domain.facts import COLUMNS, CREATE, CREATE_PASSED, Fact, row
from milomobile.domain.figures import LEAST, Cell, Table
from milomobile.domain.suppression import equations, lines_of
from milomobile.reports import plots, statistics
from milomobile.reports.figures import tables
from milomobile.reports.tables import Beside
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
    yield [("T11", reference.lists()["public_cible"]["MINEUR"], "Jeunes"), ("T7", "Total", "Mineurs")]
    for column in ("Jeunes", "Contacts"):
        yield [
            ("T9", "Ni emploi, ni études, ni formation (NEET)", column),
            ("T11", reference.lists()["public_cible"]["NEET"], column),
        ]
        yield [("T3", "En QPV", column), ("T11", _QPV, column)]
    for column in ("Jeunes", "Contacts", "Rattachés"):
        yield [(code, "Réponses gardées au bureau seulement", column) for code in ("T4", "T6", "T7", "T9")]
        yield [(code, "Réponses gardées au bureau seulement", column) for code in ("T3", "T5")]


_QPV = reference.lists()["public_cible"]["QPV"]
_attached = "T8", "Jeunes rattachés (dossier I-MILO créé)", "Nombre"
_entered = "T8", "Entrées en CEJ, PACEA ou formation", "Nombre"
_unfollowed = "T10", "dont invisibles (sans suivi du service public de l’emploi)", "Jeunes"


def across(tables: tuple[Table, ...]) -> Iterator[dict[Place, int]]:
    """Where they are as many: what has gone from one table only makes the same thing another number there."""
    known = {place: cell for table in tables for place, cell in cells(table).items()}
    for same in alike():
        there = [place for place in same if known.get(place) is not None]
        yield from ({one: 1, two: -1} for one, two in combinations(there, 2) if known[one] == known[two])
    young = {("T2", "Total", "Moins de 16\u00a0ans"): 1, ("T2", "Total", "16-17\u00a0ans"): 1}
    yield {("T7", "Total", "Mineurs"): -1, **young}
    unnamed = {("T1", "Total", "Anonymes"): 1, ("T1", "Total", "Groupes"): 1}
    yield {("T3", "Anonymes et groupes", "Contacts"): -1, **unnamed}


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
    assert (charts[0], charts[-1]) == (plots.weeks(met, first, last), plots.hours(met)), "when and where is told"
    return hidden_for_good(real)


def hidden_for_good(real: tuple[Table, ...]) -> int:
    """How many figures are hidden of tables, none of which the others give back."""
    leaving = statistics.leaving(real)
    before = {place: cell for table in real for place, cell in cells(table).items()}
    after = {place: cell for table in leaving for place, cell in cells(table).items()}
    rows = [*(one for table in real for one in sums(table)), *across(real)]
    for one in rows:
        assert any(before[place] is None for place in one) or not sum((before[at] or 0) * by for at, by in one.items())
    assert leaving[0] == real[0], "how many were met, and where, is told as it is"
    hidden = {place for place, cell in after.items() if cell is None}
    left = before.get(("T1", "Comptés, sans lien avec une fiche", "Jeunes"))
    activity = {
        place
        for place, cell in before.items()
        if place[0] == "T1" or is_number(place) or (cell == left and is_left(place))
    }
    small = {place for place, cell in before.items() if cell is not None and 0 < cell < LEAST} - activity
    assert small <= hidden and not hidden & activity
    assert not any(before[place] != 0 for place in told(rows, hidden))
    return len(hidden)


def is_number(place: Place) -> bool:
    """Whether T1 tells the same: how many, and how many of them without a name."""
    table, line, column = place
    if line in ("Total", "Anonymes et groupes", "Groupes"):
        return column == "Contacts" or (column == "Jeunes" and line == "Total")
    return table in ("T8", "T10") and line in ("Contacts", "Jeunes connus par leur nom", "Repérés")


def is_left(place: Place) -> bool:
    """Whether a number is all that is left of these people."""
    return place[1:] == ("Réponses gardées au bureau seulement", "Jeunes")


_WHO = st.tuples(
    st.integers(1, 3),
    st.sampled_from(("Marché", "Gare")),
    st.sampled_from(("F", "F", "F", "M", "NSP")),
    st.sampled_from(("16-17", "18-21", "18-21", "22-25", None)),
    st.sampled_from(("DEMANDEUR_D_EMPLOI", "SANS_SITUATION", "EMPLOI", "SCOLARITE", None)),
    st.sampled_from(("QN05720M", "QN05720M", "QN05721M", "OUI", "NON", None)),
    st.sampled_from(("RDV_PRIS", "INFORMATION_SIMPLE", None)),
    st.tuples(*[st.sampled_from((0, 0, 0, 1))] * 4),
)
"""(contacts, place, sex, age band, situation, district, outcome, (reduced, attached, unfollowed, present))."""


def facts_of(people: Sequence[Any], unnamed: int) -> Iterator[Fact]:
    """Everybody's contacts, as `contact_facts` holds them."""
    for number, (often, place, sex, band, category, district, outcome, (reduced, attached, away, came)) in enumerate(
        people
    ):
        for time in range(often):
            answers: dict[str, Any] = {
                "category": category,
                "neet": category and int(category in IDLE),
                "outcome": outcome,
                "unfollowed": away,
                "level": "N3",
            }
            yield Fact(
                **{
                    "id": f"{number}.{time}",
                    "day": "2026-11-02",
                    "place": place,
                    "kind": "named",
                    "person": str(number),
                },
                **{"latest": int(time == often - 1), "first_met": int(not time), "reduced": reduced},
                **{"sex": sex, "age_band": band, "minor": band and int(band == "16-17")},
                **{"commune": "57463", "district": district, "qpv": district and int(district != "NON")},
                **{"attached": attached, "scheme": "CEJ" if attached else None, "meeting": came, "present": came},
                **({} if reduced else answers),
            )
    for number in range(unnamed):
        yield Fact(f"a{number}", "2026-11-02", "Gare", ("group", "anonymous")[number % 2], women=2, sex="F")


@settings(max_examples=60, deadline=None)
@given(st.lists(_WHO, max_size=40), st.integers(0, 9), st.integers(0, 6))
def test_no_hidden_figure_follows_from_what_all_the_tables_tell(people: list[Any], unnamed: int, left: int) -> None:
    """Of anybody, in one period, the tables together: sums within them, and what two of them count alike."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(CREATE)
        base.execute(CREATE_PASSED)
        rows = [row(fact) for fact in facts_of(people, unnamed)]
        base.executemany(f"INSERT INTO contact_facts VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        beside = Beside(people={"F": left} if left else {}, contacts={("category", "EMPLOI"): left})
        hidden_for_good(tables(lambda query: base.execute(query).fetchall(), beside))
