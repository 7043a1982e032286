"""The figures that the office shows: tables, their sums, and what of them is hidden when they leave (domain.md 5.3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

LEAST = 5
"""Counts of people below this, zero apart, are not told in what leaves."""
HIDDEN = "<\u00a05"
HIDDEN_NOTE = (
    "«\u00a0<\u00a05\u00a0»\u202f: chiffre de 1 à 4, ou chiffre masqué pour qu’un de ceux-là ne se retrouve pas par "
    "soustraction. Un zéro est un vrai zéro."
).replace("\u202f", "\u00a0")
Cell = int | None
"""A count; None is hidden."""


@dataclass(frozen=True)
class Line:
    """One line, its cells in the order of the columns; `part_of` is the code of the line it is summed in, if not the total."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    part_of: str = ""


@dataclass(frozen=True)
class Share:
    """A percentage between two cells, each (code of the line, index of the column); no code is the total's line."""

    label: str
    part: tuple[str, int]
    whole: tuple[str, int]


@dataclass(frozen=True)
class Table:
    """One of T1 to T11.

    The total is the sum of the lines that are `part_of` nothing. `sums` are columns that others of the same line add up
    to: (the sum's index, the indices of its parts). `things` are columns that count no people, so that nothing is hidden.
    `elsewhere` are lines that another table tells too: hiding them helps little.
    """

    code: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None
    notes: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    sums: tuple[tuple[int, tuple[int, ...]], ...] = ()
    things: tuple[int, ...] = ()
    elsewhere: tuple[str, ...] = ()


def shown(cell: Cell) -> str:
    """« 1 234 », or what stands for a hidden count."""
    return HIDDEN if cell is None else f"{cell:,}".replace(",", "\u00a0")


def percent(part: int, whole: int) -> str:
    """« 34,5 % », or a dash of nothing."""
    return f"{100 * part / whole:.1f}".replace(".", ",") + "\u00a0%" if whole else "–"


def rate(table: Table, share: Share) -> str:
    """A share in words; where one of its cells is hidden, so is it."""
    cells = {line.code: line.cells for line in table.lines}
    if table.total:
        cells[""] = table.total.cells
    part, whole = (cells[code][column] for code, column in (share.part, share.whole))
    return HIDDEN if part is None or whole is None else percent(part, whole)


Place = tuple[int, int]
"""(line, column) of a cell; the total's line is the one after the last."""
Equation = dict[Place, int]
"""Cells with factors; their sum is nothing."""


def suppressed(table: Table) -> Table:
    """The table as it may leave: small counts of people are hidden, and others with them so that no sum tells them.

    A hidden cell is told if the sums, taken together, leave it one value. Then one more is hidden in a sum of its own:
    one that closes two such sums if there is, else the least; sums, which other tables tell too, come last.
    """
    lines = [*table.lines, *([table.total] if table.total else [])]
    known = {(at, column): cell or 0 for at, line in enumerate(lines) for column, cell in enumerate(line.cells)}
    already = {(at, column) for at, line in enumerate(lines) for column, cell in enumerate(line.cells) if cell is None}
    people = {place for place in known if place[1] not in table.things}
    hidden = already | {place for place in people if 0 < known[place] < LEAST}
    if not hidden:
        return table
    sums = list(equations(table))
    late = _late(table, known)
    while closes := _beside(sums, hidden):
        left = [place for place in people - hidden if known[place]]
        near = [place for place in left if place in closes] or left
        if not near:
            break
        hidden.add(min(near, key=lambda place: (place in late, -closes[place], known[place], place)))
    veiled = [
        replace(line, cells=tuple(None if (at, column) in hidden else cell for column, cell in enumerate(line.cells)))
        for at, line in enumerate(lines)
    ]
    return replace(
        table,
        lines=tuple(veiled[: len(table.lines)]),
        total=veiled[-1] if table.total else None,
        notes=(*(note for note in table.notes if note != HIDDEN_NOTE), HIDDEN_NOTE),
    )


def _late(table: Table, places: Iterable[Place]) -> set[Place]:
    """Cells that are sums, or told by another table."""
    codes = {line.part_of for line in table.lines}.union(table.elsewhere)
    lines = {at for at, line in enumerate(table.lines) if line.code in codes} | {len(table.lines)}
    wholes = {whole for whole, _ in table.sums}
    return {(at, column) for at, column in places if at in lines or column in wholes}


def _beside(sums: Sequence[Equation], hidden: set[Place]) -> Counter[Place]:
    """The cells of sums in which one alone is hidden, else of all in which one is told; how many sums each closes."""
    bare = [equation.keys() for equation in sums if len(hidden & equation.keys()) == 1]
    told = set[Place]() if bare else determined(sums, hidden)
    return Counter(place for places in bare or (one.keys() for one in sums if told & one.keys()) for place in places)


def equations(table: Table) -> Iterator[Equation]:
    """Every sum that the cells of a table make."""
    rows = range(len(table.lines) + bool(table.total))
    for at in rows:
        for whole, parts in table.sums:
            yield {(at, whole): -1, **{(at, part): 1 for part in parts}}
    at_code = {line.code: at for at, line in enumerate(table.lines)}
    if table.total:
        at_code[""] = len(table.lines)
    rows_of: dict[str, list[int]] = {}
    for at, line in enumerate(table.lines):
        rows_of.setdefault(line.part_of, []).append(at)
    for code, below in rows_of.items():
        if code in at_code:
            for column in range(len(table.columns)):
                yield {(at_code[code], column): -1, **{(at, column): 1 for at in below}}


def determined(sums: Iterable[Equation], hidden: set[Place]) -> set[Place]:
    """The hidden cells that the equations leave only one value: the rest is known."""
    pivots: dict[Place, dict[Place, Fraction]] = {}
    for equation in sums:
        row = {place: Fraction(factor) for place, factor in equation.items() if place in hidden}
        for place in [place for place in row if place in pivots]:
            row = _less(row, pivots[place], row[place])
        if not row:
            continue
        first = next(iter(row))
        row = {place: factor / row[first] for place, factor in row.items()}
        for place, other in pivots.items():
            if first in other:
                pivots[place] = _less(other, row, other[first])
        pivots[first] = row
    return {place for place, row in pivots.items() if len(row) == 1}


def _less(row: dict[Place, Fraction], other: dict[Place, Fraction], times: Fraction) -> dict[Place, Fraction]:
    left = {place: row.get(place, Fraction()) - times * other.get(place, Fraction()) for place in row.keys() | other}
    return {place: factor for place, factor in left.items() if factor}
