"""Tab through a window as a hand does, and what a reader would find wrong with where it goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

_ROUND = 6
"""Pixels by which what stands in one row may differ in height of its top."""


@dataclass(frozen=True)
class Step:
    """Where the keyboard was and where it is now; the places of both once it is there, and of the parts that hold them."""

    at: QWidget
    now: QWidget
    was: QRect
    came: QRect
    parts: tuple[QRect, QRect]
    cut: str
    """What of it, or of its ring, is out of sight."""

    def __str__(self) -> str:
        return f"from {named(self.at)} {self.was.getRect()} to {named(self.now)} {self.came.getRect()}"


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab may stop."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]


def walk(window: QWidget) -> Iterator[Step]:
    """All the way round: where the keyboard was, and where it is now, until it is back where it began."""
    QApplication.processEvents()
    first = at = window.focusWidget() or _begin(window)
    for _ in range(len(stops(window)) + 40):
        QTest.keyClick(at, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None, f"Tab goes nowhere from {named(at)}"
        if now is not at:
            yield Step(at, now, _spot(at, now), _spot(now, at), _branches(at, now), _cut(now))
        at = now
        if now is first:
            return
    raise AssertionError(f"Tab never comes back to {named(first)}")


def _begin(window: QWidget) -> QWidget:
    QTest.keyClick(window, Qt.Key.Key_Tab)
    first = QApplication.focusWidget()
    assert first is not None, "Tab comes to nothing"
    return first


def place(one: QWidget) -> QRect:
    """In its window; as in a mirror where one reads to the left."""
    found = QRect(one.mapTo(one.window(), QPoint(0, 0)), one.size())
    if one.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        found.moveRight(one.window().width() - found.left())
    return found


def _cut(one: QWidget) -> str:
    """What of it is out of sight: nothing covers it, and its ring is within its room; a list, and what is higher than its
    room, shows as much as there is room for.
    """
    seen = one.visibleRegion().boundingRect()
    area = next((above for above in _above(one) if isinstance(above, QScrollArea)), None)
    room = area.viewport() if area else one.window()
    if isinstance(one, QAbstractItemView) or one.height() > room.height():
        return "" if seen.height() >= min(40, one.height()) else f"{seen.getRect()} of {one.rect().getRect()}"
    ringed = QRect(one.mapTo(room, QPoint(0, 0)), one.size()).adjusted(-4, -4, 4, 4)
    whole = seen == one.rect() and room.rect().contains(ringed)
    return "" if whole else f"{ringed.getRect()} in {room.rect().getRect()}"


def _above(one: QWidget) -> Iterator[QWidget]:
    while (parent := one.parentWidget()) is not None:
        yield parent
        one = parent


def _spot(one: QWidget, other: QWidget) -> QRect:
    """Its place; where it scrolls and the other does not scroll with it, that of what it scrolls in."""
    above, found = one.parentWidget(), one
    while above is not None and not above.isAncestorOf(other):
        found = above if isinstance(above, QScrollArea) else found
        above = above.parentWidget()
    return place(found)


def named(one: QWidget) -> str:
    return f"{type(one).__name__} « {one.accessibleName() or getattr(one, 'text', str)()} »"


def against_reading(steps: Sequence[Step]) -> list[str]:
    """Steps that no reader makes. In a row one reads to the right, then down; up where a column begins further right; and
    once, from the end, back to the beginning.
    """
    wrong = [step for step in steps if not _reads(step)]
    begin = min((sum(step.came.topLeft().toTuple()) for step in steps), default=0)
    back = next((step for step in wrong if sum(step.came.topLeft().toTuple()) == begin), None)
    return [str(step) for step in wrong if step is not back]


def _reads(step: Step) -> bool:
    was, came = step.was, step.came
    if came.top() >= was.bottom() - _ROUND:
        return True
    if came.left() >= was.left() and came.top() + _ROUND >= was.top():
        return True
    left, right = step.parts
    return right.left() >= left.right() - _ROUND


def _branches(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """The two parts side by side, or one under the other, that hold the one and the other."""
    above = one
    while (parent := above.parentWidget()) is not None and not parent.isAncestorOf(other):
        above = parent
    beside = other
    while (parent := beside.parentWidget()) is not None and not parent.isAncestorOf(one):
        beside = parent
    return place(above), place(beside)


def left_and_come_back_to(steps: Sequence[Step]) -> list[str]:
    """Cards and zones that Tab leaves before it has been through them."""
    found, order = [], [step.now for step in steps]
    for group in {group for one in order for group in _groups(one)}:
        within = [group.isAncestorOf(one) for one in order]
        times = sum(now and not before for before, now in zip([within[-1], *within], within, strict=False))
        if times > 1:
            first = next(one for one in order if group.isAncestorOf(one))
            found.append(f"{type(group).__name__} with {named(first)} is come to {times} times")
    return found


def _groups(one: QWidget) -> Iterator[QWidget]:
    return (parent for parent in _above(one) if parent.property("card") or parent.property("zone"))
