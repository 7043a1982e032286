"""Counts in columns, one line a place: what is read rather than compared."""

from milomobile.domain.charting import Chart, told
from milomobile.reports.charts.pen import Pen, fitted, wide

_ROW, _HEAD = 31, 24


def draw(pen: Pen, chart: Chart) -> None:
    """Titles, then a line for each mark; the first column stands out."""
    slot = max(56.0, *(wide(name, 13) + 10 for name in chart.columns)) if chart.columns else 0
    slot = min(slot, pen.width * 0.6 / max(1, len(chart.columns)))
    names = pen.width - slot * len(chart.columns)
    pen.text(0, pen.y + 15, "Lieu", "text2", 13, "start", 500)
    for place, name in enumerate(chart.columns):
        pen.text(names + slot * (place + 1), pen.y + 15, fitted(name, slot - 4, 13), "text2", 13, "end", 500)
    pen.y += _HEAD
    for number, mark in enumerate(chart.marks):
        base = pen.y + _ROW / 2 + 5
        pen.text(0, base, fitted(mark.label, names - 8, 14), "text", 14)
        for place, cell in enumerate(mark.cells):
            weight = 400 if place else 600
            pen.text(names + slot * (place + 1), base, told(cell), "text", 15, "end", weight)
        pen.spot(number, 0, pen.y, pen.width, _ROW)
        pen.y += _ROW
        if number < len(chart.marks) - 1:
            pen.line(0, pen.y, pen.width, pen.y, "line")
