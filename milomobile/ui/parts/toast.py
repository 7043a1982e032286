"""A sentence on the window for eight seconds, with what takes the act back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QPushButton, QWidget

from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import button, label, row
from milomobile.ui.parts.spoken import announce

_SHOWN_MS = 8000


class Toast(QFrame):
    """Stays while the mouse or the keyboard is on it; `undo` is what Annuler and Ctrl Z do, once.

    One that `stays` goes when it is told to.
    """

    def __init__(self, window: QWidget, text: str, undo: Callable[[], None] | None = None, stays: bool = False) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self.text, self._undo = text, undo
        self.back: QPushButton | None = None
        parts: list[QWidget] = [label(text, "strong")]
        if undo:
            self.back = button("Annuler", self.take_back, "undo")
            self.back.setToolTip("Ctrl Z")
            parts.append(self.back)
            keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
            keys.activated.connect(self.take_back)
        self.setLayout(row(*parts, spacing=18, margins=(20, 4 if undo else 12, 10 if undo else 20, 4 if undo else 12)))
        self._end = QTimer(self, interval=_SHOWN_MS)
        self._end.timeout.connect(self._over)
        if not stays:
            self._end.start()

    def take_back(self) -> None:
        """Undoes the act; what cannot be undone any more is said."""
        undo, self._undo = self._undo, None
        self._close()
        if undo:
            try:
                undo()
            except Trouble as trouble:
                toast(self._window, trouble.sentence, urgent=True)

    def end(self) -> None:
        """Goes before its time."""
        self._close()

    def _over(self) -> None:
        if not self.underMouse() and not (self.back and self.back.hasFocus()):
            self._close()

    def _close(self) -> None:
        self.hide()
        self.deleteLater()


def toast(
    window: QWidget,
    text: str,
    undo: Callable[[], None] | None = None,
    stays: bool = False,
    urgent: bool = False,
) -> Toast:
    """Shows a toast in place of the one before, whichever page showed it, and says it to screen readers.

    One that is `urgent` is heard before what they are saying: something failed."""
    window = _ground(window)
    for before in _lying(window):
        before.setObjectName("")
        before.hide()
        before.deleteLater()
    made = Toast(window, text, undo, stays)
    made.adjustSize()
    _lie(window)
    made.show()
    made.raise_()
    announce(made, text, urgent)
    return made


class Room(QWidget):
    """Where toasts lie while it is shown, on a page whose foot is written in."""

    def event(self, event: QEvent) -> bool:
        """They follow it."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize):
            _lie(_ground(self))
        return done


def _ground(widget: QWidget) -> QWidget:
    """What toasts lie on: they go with it when the window is locked."""
    whole = widget.window()
    return (whole.centralWidget() if isinstance(whole, QMainWindow) else None) or whole


def _lie(ground: QWidget) -> None:
    """At the foot of the window, or in the room for it."""
    lying = _lying(ground)
    room = next((one for one in ground.findChildren(Room) if one.isVisible()), None) if lying else None
    for made in lying:
        middle, right = ground.width() // 2, ground.width() - 8
        top = ground.height() - made.height() - 84
        if room:
            at = room.mapTo(ground, QPoint())
            middle, right = at.x() + room.width() // 2, at.x() + room.width()
            top = at.y() + (room.height() - made.height()) // 2
        made.move(max(8, min(middle - made.width() // 2, right - made.width())), max(8, top))


def _lying(ground: QWidget) -> list[Toast]:
    """Those on it, not further in: a form has hundreds of parts, and is asked each time it is laid."""
    return ground.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)
