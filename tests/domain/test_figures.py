"""What leaves tells nobody small: laws of suppression, on tables of any shape."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milomobile.domain.figures import (
    HIDDEN_NOTE,
    LEAST,
    Line,
    Share,
    Table,
    equations,
    percent,
    rate,
    shown,
    suppressed,
)

Place = tuple[int, int]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Lines with or without subtotals, columns that sum or not, a total or none, small counts and zeros."""
    parts = draw(st.integers(1, 4))
    counts = st.sampled_from((0, 0, 1, 2, 3, 4, 5, 6, 9, 30))
    rows = [tuple(draw(counts) for _ in range(parts)) for _ in range(draw(st.integers(1, 6)))]
    summed = draw(st.booleans())
    cells = [(*row, sum(row)) if summed else row for row in rows]
    lines = [Line(f"L{at}", f"ligne {at}", row) for at, row in enumerate(cells)]
    if len(lines) > 2 and draw(st.booleans()):
        grouped = tuple(sum(row[column] for row in cells[:2]) for column in range(len(cells[0])))
        inside = [Line(line.code, line.label, line.cells, "G") for line in lines[:2]]
        lines = [Line("G", "groupe", grouped), *inside, *lines[2:]]
    whole = tuple(sum(row[column] for row in cells) for column in range(len(cells[0])))
    total = Line("", "Total", whole) if draw(st.booleans()) else None
    sums = ((parts, tuple(range(parts))),) if summed else ()
    columns = tuple(f"colonne {at}" for at in range(len(whole)))
    return Table("T0", "essai", columns, tuple(lines), total, sums=sums)


def grid(table: Table) -> dict[Place, int | None]:
    lines = [*table.lines, *([table.total] if table.total else [])]
    return {(at, column): cell for at, line in enumerate(lines) for column, cell in enumerate(line.cells)}


def rank(rows: list[dict[Place, Fraction]]) -> int:
    """Of a system of equations, by elimination."""
    rows, found = [dict(row) for row in rows if row], 0
    while rows:
        pivot = rows.pop()
        if not pivot:
            continue
        found += 1
        place, factor = next(iter(pivot.items()))
        for row in rows:
            if times := row.get(place, Fraction()) / factor:
                for other, value in pivot.items():
                    row[other] = row.get(other, Fraction()) - times * value
                    if not row[other]:
                        del row[other]
    return found


@settings(max_examples=300, deadline=None)
@given(tables())
def test_nothing_hidden_can_be_told_by_any_sums(table: Table) -> None:
    after, before = grid(suppressed(table)), grid(table)
    hidden = {place for place, cell in after.items() if cell is None}
    assert {place: cell for place, cell in after.items() if cell is not None}.items() <= before.items()
    assert {place for place, cell in before.items() if cell and cell < LEAST} <= hidden
    assert all(before[place] for place in hidden), "a zero is a true zero"
    rows = [{p: Fraction(f) for p, f in one.items() if p in hidden} for one in equations(table)]
    assert all(len(row) != 1 for row in rows)
    whole = rank(rows)
    assert all(rank([*rows, {place: Fraction(1)}]) > whole for place in hidden)


@given(tables())
def test_what_hides_something_says_so_once_and_the_rest_stays(table: Table) -> None:
    once = suppressed(table)
    assert suppressed(once) == once
    assert once.notes.count(HIDDEN_NOTE) == (once != table)
    assert (once.code, once.columns, [line.label for line in once.lines]) == (
        table.code,
        table.columns,
        [line.label for line in table.lines],
    )


def test_few_more_than_needed_are_hidden() -> None:
    lines = (Line("a", "a", (3, 20, 23)), Line("b", "b", (10, 7, 17)), Line("c", "c", (0, 9, 9)))
    table = suppressed(Table("T2", "t", ("F", "H", "T"), lines, Line("", "Total", (13, 36, 49)), sums=((2, (0, 1)),)))
    assert [line.cells for line in table.lines] == [(None, None, 23), (None, None, 17), (0, 9, 9)]
    assert table.total and table.total.cells == (13, 36, 49)


def test_what_another_table_tells_too_is_hidden_last() -> None:
    lines = (
        Line("NEET", "n", (13,)),
        Line("a", "a", (3,), "NEET"),
        Line("b", "b", (10,), "NEET"),
        Line("c", "c", (30,)),
        Line("ANONYME", "anonymes", (6,)),
    )
    table = Table("T9", "t", ("Contacts",), lines, Line("", "Total", (49,)), elsewhere=("ANONYME",))
    assert [line.cells[0] for line in suppressed(table).lines] == [13, None, None, 30, 6]
    small = Table("T6", "t", ("Contacts",), lines[3:], Line("", "Total", (39,)), elsewhere=("ANONYME",))
    assert suppressed(small) == small
    few = Table("T6", "t", ("n",), (lines[4], Line("d", "d", (2,)), Line("e", "e", (9,))), Line("", "T", (17,)))
    assert [line.cells[0] for line in suppressed(few).lines] == [None, None, 9]
    told = Table("T6", "t", ("n",), few.lines, few.total, elsewhere=("ANONYME",))
    assert [line.cells[0] for line in suppressed(told).lines] == [6, None, None]


def test_things_are_no_people() -> None:
    table = Table("T1", "t", ("Sorties", "Contacts"), (Line("a", "a", (2, 30)),), None, things=(0,))
    assert suppressed(table) == table


def test_a_rate_of_what_is_hidden_is_hidden() -> None:
    lines = (Line("a", "a", (3,)), Line("b", "b", (29,)))
    table = Table("T8", "t", ("Nombre",), lines, Line("", "Total", (32,)))
    share = Share("a", ("a", 0), ("", 0))
    assert rate(table, share) == "9,4\u00a0%"
    assert rate(suppressed(table), share) == "<\u00a05"
    assert (percent(1, 3), percent(0, 0), shown(None), shown(12345)) == ("33,3\u00a0%", "–", "<\u00a05", "12\u00a0345")


@pytest.mark.parametrize("many", [0, 5, 400])
def test_a_table_without_small_counts_stays_as_it_is(many: int) -> None:
    table = Table("T8", "t", ("Nombre",), (Line("a", "a", (many,)),), Line("", "Total", (many,)))
    assert suppressed(table) is table
