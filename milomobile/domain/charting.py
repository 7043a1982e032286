"""What a chart says, before it is drawn: the same for the screen, for paper and for the table behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from milomobile.domain.figures import shown
from milomobile.domain.ground import Point, Shape


class Kind(StrEnum):
    """How a chart is drawn."""

    STACK = "stack"
    BARS = "bars"
    FUNNEL = "funnel"
    GOAL = "goal"
    HEAT = "heat"
    TABLE = "table"
    GROUND = "ground"


@dataclass(frozen=True)
class Mark:
    """One bar, stage or row: a count for each of the chart's columns, None where it is not to be told.

    `behind` names who is counted, for the list behind the bar, empty where there is none. `colour` is that of its bar; with
    `apart` a rule stands before it. On a map it lies `at` a longitude and latitude, None where that is not known.
    """

    label: str
    cells: tuple[int | None, ...]
    behind: str = ""
    colour: str = "c1"
    apart: bool = False
    at: Point | None = None


@dataclass(frozen=True)
class Chart:
    """A title, what its columns count, and the marks.

    `base` is what a bar's share is taken of (None: no share is shown). A goal has one mark, whose `cells` are reached and
    target; `expected` is the share (0 to 1) of the target that should be reached by now. A map has outlines, `shapes`.
    """

    code: str
    kind: Kind
    title: str
    columns: tuple[str, ...]
    marks: tuple[Mark, ...]
    note: str = ""
    base: int | None = None
    expected: float | None = None
    shapes: tuple[Shape, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        if self.kind == Kind.GROUND and not any(mark.at for mark in self.marks):
            return True
        return not any(cell != 0 for mark in self.marks for cell in mark.cells)


@dataclass(frozen=True)
class Spot:
    """Where a mark was drawn, in the drawing's pixels, what it says in words, and who is behind it."""

    left: float
    top: float
    width: float
    height: float
    words: str
    behind: str = ""


@dataclass(frozen=True)
class Drawn:
    """A chart as SVG, its size in pixels, and where its marks are."""

    svg: str
    width: float
    height: float
    spots: tuple[Spot, ...]


def told(cell: int | None) -> str:
    """« 1 126 », or that it is hidden."""
    return shown(cell)


def percent(part: int | None, whole: int | None) -> str:
    """« 43 % » of a whole, with one decimal below ten: « 6,6 % »; nothing where either is not known or the whole is 0."""
    if part is None or not whole:
        return ""
    share = 100 * part / whole
    said = f"{share:.1f}".replace(".", ",") if 0 < share < 9.95 else f"{share:.0f}"
    return f"{said}\u00a0%"


def share(chart: Chart, number: int) -> str:
    """What a mark is of the base; in a funnel, of the stage before it."""
    cell = chart.marks[number].cells[0]
    if chart.kind == Kind.FUNNEL:
        return percent(cell, chart.marks[number - 1].cells[0]) if number else ""
    return percent(cell, chart.base)


def words(chart: Chart, number: int) -> str:
    """A mark in words: « 16–17 ans : 19, soit 16 % », « 2–8 nov. : Inscriptions 31, Contacts anonymes 14 »."""
    mark = chart.marks[number]
    if len(mark.cells) == 1:
        part = share(chart, number)
        return f"{mark.label}\u00a0: {told(mark.cells[0])}" + (f", soit {part}" if part else "")
    counts = ", ".join(f"{name} {told(cell)}" for name, cell in zip(chart.columns, mark.cells, strict=True))
    return f"{mark.label}\u00a0: {counts}"


def rows(chart: Chart) -> Iterator[tuple[str, ...]]:
    """The table behind a chart: label, counts, and the share where one is shown."""
    shares = [share(chart, number) for number in range(len(chart.marks))]
    for mark, part in zip(chart.marks, shares, strict=True):
        yield (mark.label, *map(told, mark.cells), *((part,) if any(shares) else ()))


def heads(chart: Chart) -> tuple[str, ...]:
    """The titles of these columns."""
    shared = any(share(chart, number) for number in range(len(chart.marks)))
    part = "de l’étape d’avant" if chart.kind == Kind.FUNNEL else "Part"
    return ("", *chart.columns, *((part,) if shared else ()))
