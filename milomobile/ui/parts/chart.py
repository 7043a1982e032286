"""Stacked bars of a period, painted by hand; the numbers stand on the bars and in the accessible description."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from milomobile.ui.look import LIGHT
from milomobile.ui.parts import paint
from milomobile.ui.parts.spoken import short_month, span_of_days

_AXIS, _FOOT, _HEAD, _WIDEST = 34, 26, 22, 44
_FEW = 14
"""Up to so many weeks are shown; a longer period goes by months."""


@dataclass(frozen=True)
class Span:
    """Days of one bar, both included, and its name under it."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Bar:
    """Two counts on top of each other."""

    name: str
    lower: int
    upper: int


def spans(first: date, last: date) -> tuple[bool, list[Span]]:
    """A period cut by weeks (True), from Monday, or by months where there would be too many."""
    by_week = (last - first).days < 7 * _FEW
    found, start = [], first
    while start <= last:
        end = start + timedelta(days=6 - start.weekday()) if by_week else _month_end(start)
        end = min(end, last)
        found.append(Span(start, end, span_of_days(start, end) if by_week else short_month(start)))
        start = end + timedelta(days=1)
    return by_week, found


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


class Bars(QWidget):
    """At least 200 pixels high; takes the width it gets."""

    def __init__(self, lower: str, upper: str) -> None:
        super().__init__()
        self._words = (lower, upper)
        self._bars: Sequence[Bar] = ()
        self.setMinimumSize(240, 200)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Shows them anew."""
        self._bars = bars
        lower, upper = self._words
        said = (f"{bar.name} : {lower} {bar.lower}, {upper} {bar.upper}" for bar in bars)
        self.setAccessibleName(f"{lower} et {upper}")
        self.setAccessibleDescription(" ; ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Gridlines, then the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor, room = self.height() - _FOOT, self.height() - _FOOT - _HEAD
        step = _step(max((bar.lower + bar.upper for bar in self._bars), default=0))
        painter.setFont(paint.font("key"))
        for number in range(4):
            y = floor - room * number // 3
            paint.rule(painter, _AXIS, self.width(), y)
            painter.setPen(QColor(LIGHT["text3"]))
            box = QRect(0, y - 10, _AXIS - 8, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(step * number))
        slot = (self.width() - _AXIS) / max(1, len(self._bars))
        for place, bar in enumerate(self._bars):
            self._bar(painter, bar, round(_AXIS + slot * place), round(slot), floor, room / (3 * step))
        painter.end()

    @staticmethod
    def _bar(painter: QPainter, bar: Bar, left: int, slot: int, floor: int, scale: float) -> None:
        wide = min(_WIDEST, slot - 10)
        x = left + (slot - wide) // 2
        low, high = round(bar.lower * scale), round(bar.upper * scale)
        paint.box(painter, QRect(x, floor - low, wide, low), "c1", 2)
        paint.box(painter, QRect(x, floor - low - high - (2 if low and high else 0), wide, high), "c2", 2)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(paint.font("pill"))
        painter.setPen(QColor(LIGHT["text"]))
        if bar.lower + bar.upper:
            painter.drawText(QRect(left, floor - low - high - 24, slot, 20), middle, str(bar.lower + bar.upper))
        painter.setFont(paint.font("key"))
        painter.setPen(QColor(LIGHT["text2"]))
        shown = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, slot - 2)
        painter.drawText(QRect(left, floor + 4, slot, _FOOT - 4), middle, shown)


def _step(most: int) -> int:
    """A round step (1, 2, 5, 10, 20, 50…) so that three of them hold the highest bar."""
    steps = (digit * int(10**power) for power in range(9) for digit in (1, 2, 5))
    return next(step for step in steps if 3 * step >= most)
