"""F6: from one part of the page to the next, where Tab would go through everything between."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

_ZONE = "zone"


def zone(widget: QWidget) -> QWidget:
    """Makes it a part that F6 comes to: the navigation, a page, a column beside it."""
    widget.setProperty(_ZONE, True)
    return widget


def go(top: QWidget, step: int) -> None:
    """To the next zone from left to right (1), or the one before (-1): where the keyboard was last, else its first control."""
    stops = {one: _stops(one) for one in top.findChildren(QWidget) if one.property(_ZONE) and one.isVisible()}
    zones = sorted((one for one in stops if stops[one]), key=lambda one: one.mapTo(top, QPoint(0, 0)).toTuple())
    if not zones:
        return
    at = _zone_of(QApplication.focusWidget())
    place = zones.index(at) if at in zones else -max(0, step)
    there = zones[(place + step) % len(zones)]
    last = there.focusWidget()
    (last if last in stops[there] else stops[there][0]).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _stops(zone: QWidget) -> list[QWidget]:
    """What Tab comes to in it, from the top; what stands in a zone within is not its own."""
    found = [one for one in zone.findChildren(QWidget) if _takes_keys(one) and _zone_of(one) is zone]
    return sorted(found, key=lambda one: tuple(reversed(one.mapTo(zone, QPoint(0, 0)).toTuple())))


def _takes_keys(one: QWidget) -> bool:
    tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return tab and one.isEnabled() and one.isVisible()


def _zone_of(widget: QWidget | None) -> QWidget | None:
    while widget is not None and not widget.property(_ZONE):
        widget = widget.parentWidget()
    return widget
