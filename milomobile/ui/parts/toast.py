"""A sentence on the window for eight seconds, with what takes the act back."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
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

    One that is `urgent` is heard before what they are saying: something failed.

    It lies on what the window shows, so that it goes with it when the window is locked.
    """
    whole = window.window()
    window = (whole.centralWidget() if isinstance(whole, QMainWindow) else None) or whole
    for before in window.findChildren(Toast):
        before.setObjectName("")
        before.hide()
        before.deleteLater()
    made = Toast(window, text, undo, stays)
    made.adjustSize()
    lie(window)
    made.show()
    made.raise_()
    announce(made, text, urgent)
    return made


def lie(window: QWidget) -> None:
    """The toast lies at the foot of a window; where the page has room for `toasts`, as the form, there: it covers no field."""
    room = next((one for one in window.findChildren(QWidget) if one.property("toasts") and one.isVisible()), None)
    for made in window.findChildren(Toast):
        middle, right = window.width() // 2, window.width() - 8
        top = window.height() - made.height() - 84
        if room:
            at = room.mapTo(window, QPoint())
            middle, right = at.x() + room.width() // 2, at.x() + room.width()
            top = at.y() + (room.height() - made.height()) // 2
        made.move(max(8, min(middle - made.width() // 2, right - made.width())), max(8, top))
