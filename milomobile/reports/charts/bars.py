"""Horizontal bars with count and share: plain ones, the stages of a funnel, the programme's goal."""

from milomobile.domain.charting import Chart, Kind, percent, share, told
from milomobile.reports.charts.pen import Pen, fitted, wide

_ROW, _APART, _THICK, _SHORTEST = 27, 14, 11, 44
"""Of a row, the gap before a group, a bar, and what is left to the longest bar beside long names."""


_LOOK = (("text", 15, "end", 600), ("text2", 13, "end", 400))
"""Of a count, and of one that is hidden."""


def draw(pen: Pen, chart: Chart) -> None:
    """Label, bar on its track, count, share; a funnel's share is of the stage before."""
    shares = [share(chart, number) for number in range(len(chart.marks))]
    counts = max((wide(told(mark.cells[0]), 15) for mark in chart.marks), default=0)
    share_wide = max((wide(said, 14) for said in shares), default=0)
    end = share_wide and share_wide + 12
    right = pen.width - end - max(30, counts) - 12
    left = names = min(max((wide(mark.label, 14) for mark in chart.marks), default=0) + 12, right - _SHORTEST)
    whole = chart.base if chart.kind == Kind.BARS and chart.base else _most(chart)
    for number, (mark, said) in enumerate(zip(chart.marks, shares, strict=True)):
        if mark.apart:
            pen.line(0, pen.y + _APART / 2, pen.width, pen.y + _APART / 2, "line")
            pen.y += _APART
        middle = pen.y + _ROW / 2
        cell = mark.cells[0]
        pen.text(0, middle + 5, fitted(mark.label, names - 8, 14), "text", 14)
        pen.box(left, middle - _THICK / 2, right - left, _THICK, "track", _THICK / 2)
        if cell:
            long = max(_THICK, (right - left) * min(1, cell / max(1, whole)))
            pen.box(left, middle - _THICK / 2, long, _THICK, mark.colour, _THICK / 2)
        pen.text(pen.width - end, middle + 5, told(cell), *_LOOK[cell is None])
        pen.text(pen.width, middle + 5, said, "text3", 14, "end")
        pen.spot(number, 0, pen.y, pen.width, _ROW)
        pen.y += _ROW


def _most(chart: Chart) -> int:
    return max((cell or 0 for mark in chart.marks for cell in mark.cells), default=1) or 1


def goal(pen: Pen, chart: Chart) -> None:
    """How much of the target is reached, and a mark where it should be by now."""
    reached, target = (cell or 0 for cell in chart.marks[0].cells)
    top, thick = pen.y + 5, 10
    pen.box(0, top, pen.width, thick, "track", thick / 2)
    if reached:
        pen.box(0, top, max(thick, pen.width * min(1, reached / max(1, target))), thick, "primary", thick / 2)
    if chart.expected is not None:
        at = min(pen.width - 3, pen.width * chart.expected)
        pen.box(at - 2, top - 5, 7, thick + 10, "surface")
        pen.box(at, top - 5, 3, thick + 10, "text")
    pen.spot(0, 0, pen.y, pen.width, thick + 10)
    pen.y += thick + 10
    if pen.width > 300 and chart.note:
        pen.text(0, pen.y + 14, percent(reached, target), "text2", 13)
        pen.y += 20
