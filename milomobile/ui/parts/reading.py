"""Tab goes as one reads: in the order in which things are laid out, whichever was made first."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

_BESIDE, _BELOW = 8, 84
"""Pixels shown besides, so that the ring is not cut and what comes next is seen."""


def go_on(window: QWidget, forwards: bool) -> bool:
    """Puts the keyboard on the control after the one that has it, or before; round at the end. False where there is none.

    Of one that was just hidden, with its page perhaps, after or before what it stood in.
    """
    order = list(_shown(window))
    at: QWidget | None = window.focusWidget()
    while at is not None and at not in order:
        at = at.parentWidget()
    place = order.index(at) if at else -1 if forwards else 0
    after = order[place + 1 :] + order[: place + 1] if forwards else order[:place][::-1] + order[place:][::-1]
    there = next((one for one in after if _takes_keys(one)), None)
    if there is None:
        return False
    there.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    _come_into_view(there)
    # What comes or goes as the keyboard moves counts in no height before the event loop has laid it out.
    QTimer.singleShot(0, there, partial(_come_into_view, there))
    return True


def _come_into_view(one: QWidget) -> None:
    above = one.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea):
            _scroll(above, one)
        above = above.parentWidget()


def _scroll(area: QScrollArea, one: QWidget) -> None:
    """`ensureWidgetVisible` leaves out the margin where the widget itself is seen, and the ring with it."""
    inside, room = area.widget(), area.viewport().size()
    if inside is None:
        return
    middle = one.mapTo(inside, one.rect().center())
    beside = min(one.width() // 2 + _BESIDE, room.width() // 2)
    below = min(one.height() // 2 + _BELOW, room.height() // 2)
    area.ensureVisible(middle.x(), middle.y(), beside, below)


def _shown(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for one in _inside(widget):
        if isValid(one) and one.isVisible() and not one.isWindow():
            yield from _shown(one)


def _inside(widget: QWidget) -> list[QWidget]:
    """As they are laid out, then what lies over it; of what scrolls, what it shows: its scroll bars are Qt's own."""
    if isinstance(widget, QAbstractScrollArea):
        scrolled = widget.widget() if isinstance(widget, QScrollArea) else None
        return [scrolled] if scrolled else []
    laid = list(_laid(layout)) if (layout := widget.layout()) else []
    return laid + [one for one in widget.children() if isinstance(one, QWidget) and one not in laid]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[index]
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid(inner)


def _takes_keys(one: QWidget) -> bool:
    tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return tab and one.isEnabled() and one.focusProxy() is None
