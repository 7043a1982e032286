"""A box to tick, in a form where Entrée goes on to the next question."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox


class Check(QCheckBox):
    """Space ticks it; Entrée calls `advance`."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.advance: Callable[[], None] | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée, else the box's own keys."""
        if self.advance and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.advance()
        else:
            super().keyPressEvent(event)
