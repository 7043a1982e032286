"""The second press of a double click is for what the first one met, never for what came up under the hand meanwhile."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QCursor, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_NEAR = 16
"""Pixels that a hand moves between two presses."""
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


def came_up(shown: QWidget) -> None:
    """Something else stands in a window: it hears no press where the mouse is, for the length of a double click."""
    if handle := shown.window().windowHandle():
        _Passing(handle)


class _Passing(QObject):
    """Takes those presses, then goes."""

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self.setObjectName("passing")
        self._at = QCursor.pos()
        window.installEventFilter(self)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press at the same spot."""
        if isinstance(event, QMouseEvent) and event.type() in _PRESSES:
            return (event.globalPosition().toPoint() - self._at).manhattanLength() <= _NEAR
        return False
