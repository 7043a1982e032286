"""What leaves tells nobody small: laws of suppression, on tables of any shape, alone and together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milomobile.domain.figures import (
    HIDDEN_NOTE,
    LEAST,
    Line,
    Share,
    Table,
    percent,
    rate,
    shown,
)
from milomobile.domain.suppression import equations, suppressed, suppressed_together

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


def rank(rows: Sequence[dict[Any, Fraction]]) -> int:
    """Of a system of equations, by elimination."""
    left, found = [dict(row) for row in rows if row], 0
    while left:
        pivot = left.pop()
        if not pivot:
            continue
        found += 1
        place, factor = next(iter(pivot.items()))
        for row in left:
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
    assert all(rank([*rows, {place: Fraction(1)}]) > whole for place in hidden if before[place])


Who = tuple[str, str, str]
Cell = tuple[int, int, int]


def told(people: Sequence[Who]) -> Table:
    """How many were met, which is nobody's answer."""
    return Table(
        "T0", "t", ("n",), (Line("all", "a", (len(people),)),), None, things=(0,), named=(("people", ("all", 0)),)
    )


def crossed(code: str, people: Sequence[Who], down: int, across: int | None, every: bool = False) -> Table:
    """Everybody by one answer, or by two with their sums; `every` answer that there is, or those that were given."""
    lines = sorted({one[down] for one in people} | {f"{'abc'[down]}{at}" for at in range(4 * every)})
    heads = (
        sorted({one[across] for one in people} | {f"{'abc'[across]}{at}" for at in range(4 * every)})
        if across is not None
        else []
    )
    many = Counter((one[down], one[across] if across is not None else "") for one in people)
    cells = [tuple(many[line, head] for head in heads) if heads else (many[line, ""],) for line in lines]
    if heads:
        cells = [(*row, sum(row)) for row in cells]
    wide = len(heads) + bool(heads) or 1
    total = Line("", "Total", tuple(sum(row[at] for row in cells) for at in range(wide)))
    sums = ((wide - 1, tuple(range(wide - 1))),) if heads else ()
    names = [("people", ("", wide - 1)), *((line, (line, wide - 1)) for line in lines)]
    names += [(head, ("", at)) for at, head in enumerate(heads)]
    made = tuple(Line(line, line, row) for line, row in zip(lines, cells, strict=True))
    columns = (*heads, "tous") if heads else ("tous",)
    return Table(code, code, columns, made, total, sums=sums, named=tuple(names))


def joint(tables: Sequence[Table]) -> Iterator[dict[Cell, int]]:
    """The sums of every table, and what two tables tell alike."""
    seen: dict[str, Cell] = {}
    for at, table in enumerate(tables):
        for one in equations(table):
            yield {(at, *place): factor for place, factor in one.items()}
        codes = [line.code for line in table.lines] + [""]
        for name, (code, column) in table.named:
            here = at, codes.index(code), column
            if seen.setdefault(name, here) != here:
                yield {seen[name]: 1, here: -1}


def is_number(place: Cell, made: Sequence[Table]) -> bool:
    """Whether a cell tells how many people there are."""
    table = made[place[0]]
    name, (code, column) = table.named[0]
    codes = [line.code for line in table.lines] + [""]
    return name == "people" and place[1:] == (codes.index(code), column)


crowds = st.lists(
    st.tuples(*(st.sampled_from([f"{of}{at}" for at in (0, 0, 0, 1, 1, 2, 3)]) for of in "abc")),
    min_size=1,
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(crowds, st.booleans())
def test_tables_of_the_same_people_tell_nothing_hidden_together(people: list[Who], number_told: bool) -> None:
    pairs: list[tuple[int, int | None]] = [(0, 1), (2, 0), (1, None), (2, 1)]
    made = [told(people)] if number_told else []
    made += [crossed(f"T{at}", people, *pair, number_told) for at, pair in enumerate(pairs, 1)]
    left = suppressed_together(made)
    before = {(at, *place): cell for at, table in enumerate(made) for place, cell in grid(table).items()}
    after = {(at, *place): cell for at, table in enumerate(left) for place, cell in grid(table).items()}
    hidden = {place for place, cell in after.items() if cell is None}
    same = [place for place, cell in before.items() if number_told and is_number(place, made)]
    assert {place for place, cell in before.items() if cell and cell < LEAST} - {*same} <= hidden
    assert number_told or all(before[place] for place in hidden), "a zero is a true zero"
    assert all(after[place] in (None, cell) for place, cell in before.items())
    assert all(after[place] == len(people) for place in same)
    rows = [{p: Fraction(f) for p, f in one.items() if p in hidden} for one in joint(made)]
    whole = rank(rows)
    assert all(rank([*rows, {place: Fraction(1)}]) > whole for place in hidden if before[place])


def test_a_count_hidden_in_one_table_is_hidden_in_the_others() -> None:
    people = [("a0", "b0", "c0")] * 30 + [("a1", "b0", "c1")] * 3 + [("a0", "b1", "c0")] * 9
    by_sex, alone = crossed("T1", people, 0, None), crossed("T2", people, 1, 0)
    by_sex, alone = suppressed_together((by_sex, alone))
    assert [line.cells for line in by_sex.lines] == [(None,), (None,)]
    assert alone.total and alone.total.cells == (None, None, 42)


def test_what_two_tables_share_by_name_only_is_not_taken_for_the_same() -> None:
    one = Table("T1", "t", ("n",), (Line("a", "a", (3,)),), None, named=(("people", ("a", 0)),))
    other = Table("T2", "t", ("n",), (Line("a", "a", (30,)),), None, named=(("people", ("a", 0)),))
    assert [table.lines[0].cells for table in suppressed_together((one, other))] == [(None,), (30,)]


def test_five_places_of_one_each_are_not_told_by_their_sum() -> None:
    lines = tuple(Line(str(at), str(at), (1,)) for at in range(5))
    table = suppressed(Table("T5", "t", ("n",), lines, Line("", "Total", (5,))))
    assert table.total and table.total.cells == (None,)


def test_how_many_were_met_is_told_and_what_they_answered_is_not() -> None:
    """Nine were met, three of whom said a1: another line is hidden, never the number that is told anyway."""
    people = [("a0", "b0", "c0")] * 6 + [("a1", "b0", "c0")] * 3
    met, by_answer = suppressed_together((told(people), crossed("T2", people, 0, None)))
    assert met.lines[0].cells == (9,)
    assert [line.cells for line in by_answer.lines] == [(None,), (None,)] and by_answer.total
    assert by_answer.total.cells == (9,)


@pytest.mark.parametrize("many", [1, 4])
def test_of_fewer_than_five_there_is_no_detail(many: int) -> None:
    """The number is told, so that not even what nobody said may be."""
    people = [("a0", "b0", "c0")] * many
    met, by_answer = suppressed_together((told(people), crossed("T2", people, 0, 1, every=True)))
    assert met.lines[0].cells == (many,) and by_answer.total
    assert {cell for line in by_answer.lines for cell in line.cells} == {None}
    assert by_answer.total.cells == (*(None for _ in range(4)), many)


def test_five_of_whom_no_two_said_the_same_are_not_told_by_their_number() -> None:
    """Five lines of one each, and one of nobody: that it is nobody would tell the five."""
    people = [(f"a{at}", "b0", "c0") for at in range(5)]
    table = crossed("T2", people, 0, None)
    table = replace(table, lines=(*table.lines, Line("a9", "a9", (0,))))
    _, left = suppressed_together((told(people), table))
    assert {line.cells for line in left.lines} == {(None,)}


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
    assert rate(suppressed(table), share) == "masqué"
    assert (percent(1, 3), percent(0, 0), shown(None), shown(12345)) == ("33,3\u00a0%", "–", "masqué", "12\u00a0345")


@pytest.mark.parametrize("many", [0, 5, 400])
def test_a_table_without_small_counts_stays_as_it_is(many: int) -> None:
    table = Table("T8", "t", ("Nombre",), (Line("a", "a", (many,)),), Line("", "Total", (many,)))
    assert suppressed(table) is table
