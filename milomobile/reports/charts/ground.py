"""Where the van stops: outlines of communes and districts, a disc for each place, as large as its contacts."""

from math import sqrt

from milomobile.domain.charting import Chart, told
from milomobile.domain.ground import Shape, view, within
from milomobile.reports.charts.pen import Pen, fitted, wide

_HIGHEST, _LARGEST, _SMALLEST = 380, 26, 9


def draw(pen: Pen, chart: Chart) -> None:
    """Outlines below, then discs from the largest to the smallest; names stand where nothing else does."""
    placed = [(number, mark) for number, mark in enumerate(chart.marks) if mark.at]
    seen = view([mark.at for _, mark in placed if mark.at], pen.width, _HIGHEST)
    top, taken = pen.y, list[tuple[float, float, float, float]]()
    pen.box(0, top, pen.width, seen.height, "surface")
    for shape in sorted(chart.shapes, key=lambda one: one.layer):
        for ring in shape.rings:
            points = within(map(seen.seen, ring), seen.width, seen.height)
            if len(points) > 2:
                moved = [(x, top + y) for x, y in points]
                pen.outline(moved, *(("surface", "line") if shape.layer == "commune" else ("psoft", "c1")))
    most = max((mark.cells[0] or 0 for _, mark in placed), default=0) or 1
    spots: dict[int, tuple[float, float, float]] = {}
    for number, mark in sorted(placed, key=lambda one: -(one[1].cells[0] or 0)):
        assert mark.at
        x, y = seen.seen(mark.at)
        radius = max(_SMALLEST, _LARGEST * sqrt((mark.cells[0] or 1) / most))
        x, y = (min(max(x, radius), pen.width - radius), min(max(y, radius), seen.height - radius))
        spots[number] = x, top + y, radius
        pen.disc(x, top + y, radius, "c1", "surface")
        pen.text(x, top + y + 4, told(mark.cells[0]), "on_primary", 12, "middle", 600)
        taken.append((x - radius, top + y - radius, x + radius, top + y + radius))
    for number, (x, y, radius) in spots.items():
        name = fitted(chart.marks[number].label, 170, 13)
        _name(pen, taken, name, x, y, radius)
    for shape in chart.shapes:
        if shape.layer == "commune":
            _commune(pen, taken, shape, seen.seen(shape.centre), top, seen.height)
    for number in range(len(chart.marks)):
        x, y, radius = spots.get(number, (1.0, top + 1, 1.0))
        pen.spot(number, x - radius, y - radius, 2 * radius, 2 * radius)
    pen.y = top + seen.height


def _name(
    pen: Pen, taken: list[tuple[float, float, float, float]], said: str, x: float, y: float, radius: float
) -> None:
    """Right of its disc, left of it, below or above: the first that is free; else not written, the table has it."""
    long = wide(said, 13)
    for left, base in (
        (x + radius + 4, y + 5),
        (x - radius - 4 - long, y + 5),
        (x - long / 2, y + radius + 14),
        (x - long / 2, y - radius - 5),
    ):
        box = (left, base - 12, left + long, base + 3)
        if left >= 2 and left + long <= pen.width - 2 and not any(_meet(box, other) for other in taken):
            taken.append(box)
            pen.text(left, base, said, "text", 13, "start", 500)
            return


def _commune(
    pen: Pen,
    taken: list[tuple[float, float, float, float]],
    shape: Shape,
    centre: tuple[float, float],
    top: float,
    height: float,
) -> None:
    x, y = centre
    long = wide(shape.name, 12)
    box = (x - long / 2, top + y - 10, x + long / 2, top + y + 4)
    if box[0] >= 2 and box[2] <= pen.width - 2 and 12 <= y <= height - 6 and not any(_meet(box, one) for one in taken):
        taken.append(box)
        pen.text(x, top + y + 2, shape.name, "text3", 12, "middle")


def _meet(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
