"""The figures that the office shows: tables and their sums (domain.md 5.3)."""

from dataclasses import dataclass

LEAST = 5
"""Counts of people below this, zero apart, are not told in what leaves."""
HIDDEN = "masqué"
"""Stands for every hidden count, small or not: else what is small would be told by the difference."""
HIDDEN_NOTE = (
    "«\u00a0masqué\u00a0»\u00a0: chiffre de 1 à 4, ou chiffre masqué pour qu’un de ceux-là ne se retrouve pas par "
    "soustraction. Un zéro écrit est un vrai zéro."
)
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
    to: (the sum's index, the indices of its parts). `things` are columns that tell nobody's answer, so that nothing is hidden:
    outings, and how many were met.
    `elsewhere` are lines that another table tells too: hiding them helps little. `named` are cells that other tables have
    too, by a name for the same people counted the same way: (name, (code of the line, index of the column)).
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
    named: tuple[tuple[str, tuple[str, int]], ...] = ()


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
