"""The keys of an open profile, those of an AZERTY keyboard beside, and F8 in every dialog over it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from milomobile.ui.sidebar import PLACES

DISCREET = "F8"
_AZERTY = "&é\"'("


def bind(desk: QWidget, calls: Sequence[tuple[str, Callable[[], object]]], show_place: Callable[[str], object]) -> None:
    """Binds keys to acts, Ctrl 1 to 5 to the places."""
    places = [
        (f"Ctrl+{typed}", partial(show_place, key))
        for place, (key, _, _) in enumerate(PLACES)
        for typed in (str(place + 1), _AZERTY[place])
    ]
    for keys, act in (*calls, *places):
        QShortcut(QKeySequence(keys), desk).activated.connect(act)


def reach(desk: QWidget, switch: Callable[[], object]) -> None:
    """A dialog over the window takes all keys: F8 is one of its own."""
    sheet = QApplication.activeModalWidget()
    if sheet is not None and sheet is not desk.window() and not sheet.findChild(QShortcut, DISCREET):
        shortcut = QShortcut(QKeySequence(DISCREET), sheet)
        shortcut.setObjectName(DISCREET)
        shortcut.activated.connect(switch)
