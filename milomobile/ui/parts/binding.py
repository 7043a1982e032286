"""Keys that do something wherever the keyboard stands inside a page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(page: QWidget, *keys: tuple[str, Callable[[], object]]) -> None:
    """Pairs of a key (« Ctrl+N ») and what it does, while `page` or something in it has the focus."""
    for key, act in keys:
        shortcut = QShortcut(QKeySequence(key), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
