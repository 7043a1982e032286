"""How the keyboard's place is seen: the ring measured in pixels, of a control with the keyboard and without (WCAG 2.2, 2.4.7, 2.4.13)."""

from collections.abc import Iterator
from itertools import takewhile

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCheckBox, QWidget

from milomobile.ui.parts.rows import paints_ring
from milomobile.ui.report.chart import ChartView
from tests.ui.pixels import contrast

_ROUND = 9
"""Pixels beyond an edge, and within it, where the ring may be."""
_WIDE, _STRONG = 2, 3.0


def unringed(one: QWidget) -> str:
    """What is wrong with the ring of the control that has the keyboard; nothing where it is two pixels wide on every side,
    of a colour that was not there before (3:1) and that stands out from what is around it and within.
    """
    window, rect = one.window(), _edge(one)
    zone = rect.adjusted(-_ROUND, -_ROUND, _ROUND, _ROUND).intersected(window.rect())
    QApplication.processEvents()
    ringed = _grabbed(window, zone)
    one.clearFocus()
    QApplication.processEvents()
    bare = _grabbed(window, zone)
    one.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    inside = QRect(rect.topLeft() - zone.topLeft(), rect.size())
    return next((f"{side}: {wrong}" for side, line in _across(inside) if (wrong := _side(ringed, bare, line))), "")


def unmarked(view: QAbstractItemView) -> str:
    """The same of the row at hand in a list that drops down, which has the keyboard as long as it is open."""
    at, other = (view.model().index(row, 0) for row in (1, 0))
    pictures = []
    for one in (at, other):
        view.setCurrentIndex(one)
        QApplication.processEvents()
        pictures.append(_grabbed(view.viewport(), view.viewport().rect()))
    ringed, bare = pictures
    rect = view.visualRect(at).intersected(view.viewport().rect())
    return next((f"{side}: {wrong}" for side, line in _across(rect) if (wrong := _side(ringed, bare, line))), "")


def _grabbed(window: QWidget, zone: QRect) -> QImage:
    return window.grab(zone).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _edge(one: QWidget) -> QRect:
    """Of the control in its window; of the row or the bar that the keyboard is at; of a box to tick with its words."""
    within, rect = one, one.rect()
    if isinstance(one, QAbstractItemView) and paints_ring(one):
        within = one.viewport()
        rect = one.visualRect(one.currentIndex()).intersected(within.rect())
    elif isinstance(one, ChartView) and one.spots:
        spot = one.spots[one._at]
        rect = QRect(round(spot.left), round(spot.top), round(spot.width) + 8, round(spot.height) + 8).intersected(rect)
    elif isinstance(one, QCheckBox):
        rect = QRect(0, 0, min(rect.width(), one.sizeHint().width() + 4), rect.height())
    return QRect(within.mapTo(one.window(), rect.topLeft()), rect.size())


def _across(rect: QRect) -> Iterator[tuple[str, list[QPoint]]]:
    """Lines from outside inwards over the middle of each side and over its quarters."""
    steps = range(-_ROUND, _ROUND)
    for share in (0.3, 0.5, 0.7):
        x, y = rect.left() + round(rect.width() * share), rect.top() + round(rect.height() * share)
        yield "left", [QPoint(rect.left() + step, y) for step in steps]
        yield "right", [QPoint(rect.right() - step, y) for step in steps]
        yield "top", [QPoint(x, rect.top() + step) for step in steps]
        yield "bottom", [QPoint(x, rect.bottom() - step) for step in steps]


def _side(ringed: QImage, bare: QImage, line: list[QPoint]) -> str:
    line = [at for at in line if ringed.rect().contains(at)]
    other = [contrast(_of(ringed, at), _of(bare, at)) >= _STRONG for at in line]
    changed = [at for at in line if ringed.pixel(at) != bare.pixel(at)]
    runs = [len(list(takewhile(bool, other[place:]))) for place in range(len(other))]
    if max(runs, default=0) < _WIDE:
        return f"{max(runs, default=0)} pixels wide"
    ring = [_of(ringed, at) for at in changed]
    for name, place in (("around", line.index(changed[0]) - 1), ("within", line.index(changed[-1]) + 1)):
        if 0 <= place < len(line):
            beside = _of(ringed, line[place])
            if (met := max(contrast(one, beside) for one in ring)) < _STRONG:
                return f"{met:.1f} against what is {name}"
    return ""


def _of(image: QImage, at: QPoint) -> QColor:
    return QColor(image.pixel(at))
