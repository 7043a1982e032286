"""Which place works at which hour: a square a place and hour, the darker the more, its count written in it."""

from milomobile.domain.charting import Chart, told
from milomobile.reports.charts.pen import Pen, fitted, wide

_ROW, _HEAD = 28, 20


def draw(pen: Pen, chart: Chart) -> None:
    """Places from top to bottom, hours from left to right."""
    names = min(max((wide(mark.label, 14) for mark in chart.marks), default=0) + 12, pen.width * 0.36)
    slot = (pen.width - names) / max(1, len(chart.columns))
    most = max((cell or 0 for mark in chart.marks for cell in mark.cells), default=0) or 1
    for place, hour in enumerate(chart.columns):
        pen.text(names + slot * (place + 0.5), pen.y + 13, fitted(hour, slot, 12), "text2", 12, "middle")
    pen.y += _HEAD
    for number, mark in enumerate(chart.marks):
        pen.text(0, pen.y + _ROW / 2 + 5, fitted(mark.label, names - 8, 14), "text", 14)
        for place, cell in enumerate(mark.cells):
            left = names + slot * place
            pen.box(left + 1, pen.y + 1, slot - 2, _ROW - 2, "track", 3)
            pen.spot(number, left, pen.y, slot, _ROW, place)
            if cell is None:
                pen.text(left + slot / 2, pen.y + _ROW / 2 + 4, fitted(told(cell), slot - 4, 12), "text2", 12, "middle")
            if not cell:
                continue
            shade = pen.mixed("c1", 0.12 + 0.88 * cell / most)
            pen.box(left + 1, pen.y + 1, slot - 2, _ROW - 2, shade, 3)
            pen.text(left + slot / 2, pen.y + _ROW / 2 + 4, told(cell), pen.ink(shade), 12, "middle", 500)
        pen.y += _ROW
