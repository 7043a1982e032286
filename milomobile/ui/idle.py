"""Nobody at the keyboard: a warning half a minute before, then the lock; also by the clock on the wall, after a sleep."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

REST = 60
"""Seconds without a hand after which what nobody waits for may take the laptop's time."""
WARNING = 30
"""Seconds between the warning and the lock (EN 301 549, 2.2.1: one key keeps it open)."""
_HANDS = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.NonClientAreaMouseMove,
    )
)


class Idle(QObject):
    """`rested` after a minute without a hand, `warned` once when the lock is near, `back` when somebody came in time, else `over`.

    It listens at the windows of the system, dialogs and lists too, where a hand arrives: what widgets tell one another
    is far more. `clocks` are the seconds that stand still while the laptop sleeps, and those of the wall: the larger gap counts.
    """

    rested = Signal()
    warned = Signal()
    back = Signal()
    over = Signal()

    def __init__(
        self, parent: QObject, clocks: tuple[Callable[[], float], Callable[[], float]] = (time.monotonic, time.time)
    ) -> None:
        super().__init__(parent)
        self._clocks, self._minutes, self._near, self._resting = clocks, 0, False, False
        self._last = tuple(clock() for clock in clocks)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.look)
        self._timer.timeout.connect(self._listen)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen)

    def start(self, minutes: int) -> None:
        """Counts from now on, or with another delay."""
        self._minutes = minutes
        self._note()
        self._timer.start()
        self._listen()

    def stop(self) -> None:
        """Nothing is open that could be read."""
        self._timer.stop()
        self._near = False
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def _listen(self, *_: object) -> None:
        """At every window there is; at none twice."""
        if self._timer.isActive():
            for window in QGuiApplication.allWindows():
                window.installEventFilter(self)

    def look(self) -> None:
        """How long nobody has been there."""
        gone = max(clock() - last for clock, last in zip(self._clocks, self._last, strict=True))
        if gone >= self._minutes * 60:
            self.stop()
            self.over.emit()
        elif gone >= self._minutes * 60 - WARNING and not self._near:
            self._near = True
            self.warned.emit()
        if self._timer.isActive() and gone >= REST and not self._resting:
            self._resting = True
            self.rested.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A hand; the first after a long sleep comes too late."""
        if event.type() in _HANDS and self._timer.isActive():
            self.look()
            if self._timer.isActive():
                self._note()
        return False

    def _note(self) -> None:
        self._last = tuple(clock() for clock in self._clocks)
        self._resting = False
        if self._near:
            self._near = False
            self.back.emit()
