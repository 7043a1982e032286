"""Counts on top of each other, one bar a week or a month, the total above."""

from milomobile.domain.charting import Chart, told
from milomobile.reports.charts.pen import Pen, fitted, wide

_HIGH, _AXIS, _FOOT, _HEAD, _WIDEST, _GAP = 190, 34, 24, 24, 44, 2
_TOKENS = ("c1", "c2", "c3", "c4", "c5")


def draw(pen: Pen, chart: Chart) -> None:
    """The legend, four lines of a round scale, the bars; each part's count stands in it where there is room."""
    _legend(pen, chart)
    top = pen.y + _HEAD
    floor = top + _HIGH
    totals = [sum(cell or 0 for cell in mark.cells) for mark in chart.marks]
    step = round_step(max(totals, default=0))
    axis = max(_AXIS, wide(told(3 * step), 12) + 10)
    for number in range(4):
        y = floor - _HIGH * number / 3
        pen.line(axis, y, pen.width, y, "line")
        pen.text(axis - 8, y + 4, told(step * number), "text3", 12, "end")
    slot = (pen.width - axis) / max(1, len(chart.marks))
    longest = max((wide(mark.label, 12) for mark in chart.marks), default=0) + 6
    every = next((n for n in (1, 2, 3, 4, 6) if slot * n >= longest), 12)
    for number, total in enumerate(totals):
        _bar(pen, chart, number, axis + slot * number, slot, floor, _HIGH / (3 * step))
        hidden = None in chart.marks[number].cells
        if hidden:
            pen.text(axis + slot * (number + 0.5), floor - 6, told(None), "text2", 12, "middle")
        elif total and slot > wide(told(total), 13) - 2:
            high = total * _HIGH / (3 * step) + _GAP * (sum(1 for cell in chart.marks[number].cells if cell) - 1)
            middle, room = axis + slot * (number + 0.5), wide(told(total), 13) + 4
            pen.box(middle - room / 2, floor - high - 19, room, 15, "surface")
            pen.text(middle, floor - high - 7, told(total), "text", 13, "middle", 600)
        if number % every == 0:
            room = slot * every - 4
            said = fitted(chart.marks[number].label, room, 12)
            pen.text(axis + slot * (number + 0.5), floor + 18, said, "text2", 12, "middle")
        pen.spot(number, axis + slot * number, top - _HEAD, slot, _HIGH + _HEAD + _FOOT)
    pen.y = floor + _FOOT


def _bar(pen: Pen, chart: Chart, number: int, left: float, slot: float, floor: float, scale: float) -> None:
    thick = min(_WIDEST, max(3, slot * 0.62))
    x, y = left + (slot - thick) / 2, floor
    for place, cell in enumerate(chart.marks[number].cells):
        if not cell:
            continue
        high, token = cell * scale, _TOKENS[place]
        y -= high
        pen.box(x, y, thick, high, token, 2)
        if place:
            pen.hatch(x, y, thick, high, pen.ink(token))
        written = thick > wide(told(cell), 12) + 4 and high >= 18
        if written:
            if place:
                pen.box(x + 5, y + high / 2 - 8, thick - 10, 16, token, 2)
            pen.text(x + thick / 2, y + high / 2 + 4, told(cell), pen.ink(token), 12, "middle", 500)
        y -= _GAP


def _legend(pen: Pen, chart: Chart) -> None:
    at: float = 0
    for place, (token, name) in enumerate(zip(_TOKENS, chart.columns, strict=False)):
        pen.box(at, pen.y + 4, 11, 11, token, 2)
        if place:
            pen.hatch(at, pen.y + 4, 11, 11, pen.ink(token))
        pen.text(at + 17, pen.y + 14, name, "text2", 13)
        at += 17 + wide(name, 13) + 16
    pen.y += 20


def round_step(most: int) -> int:
    """A round step (1, 2, 3, 4, 5, 6, 8, 10, 20…) so that three of them hold the highest bar."""
    steps = (digit * int(10**power) for power in range(9) for digit in (1, 2, 3, 4, 5, 6, 8))
    return next(step for step in steps if 3 * step >= most)
