"""F1 wherever one is, and the number of a bug that came: what the window shows over everything else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from milomobile.ui.parts import trial
from milomobile.ui.parts.boxes import button
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.support import Diagnose
from milomobile.ui.tasks import Tasks
from milomobile.ui.updates import Take

_AID = "F1"
_TOUR = 2
"""What the help sheet ends with where the guided tour was asked for."""


@dataclass(frozen=True)
class Now:
    """What help can do now: before unlocking it may `take` a newer version, after that it offers the guided tour."""

    diagnose: Diagnose
    tasks: Tasks
    take: Take | None
    open: bool


class Helping(QObject):
    """`tour_asked` wants the guided tour, `newer` tells that a newer version was brought; `bug` is the sheet of one."""

    tour_asked = Signal()
    newer = Signal()

    def __init__(self, window: QMainWindow, now: Callable[[], Now]) -> None:
        super().__init__(window)
        self._window, self._now = window, now
        self.bug: QDialog | None = None
        QShortcut(QKeySequence(_AID), window).activated.connect(self.show)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._reach)

    def _reach(self, *_: object) -> None:
        """A dialog over the window takes all keys: F1 is one of its own."""
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, Sheet) and sheet.guide is not None and not sheet.findChild(QShortcut, _AID):
            shortcut = QShortcut(QKeySequence(_AID), sheet)
            shortcut.setObjectName(_AID)
            shortcut.activated.connect(self.show)

    def show(self) -> None:
        """At the page about what has the keyboard; never over the screen turned to a young person."""
        shown = self._window.centralWidget()
        if getattr(shown, "window_before", None) is not None:
            return
        from milomobile import reference
        from milomobile.ui.parts.aid import AidSheet, about

        now, over = self._now(), QApplication.activeModalWidget() or self._window
        page = about(QApplication.focusWidget() or QApplication.activeModalWidget() or shown)
        sheet = AidSheet(reference.guide(), page, now.diagnose, now.tasks, over, now.take)
        if sheet.usb:
            sheet.usb.taken.connect(partial(self._tell_newer, sheet))
        if now.open and over is self._window:
            sheet.foot.insertWidget(1, button(trial.TOUR, partial(sheet.done, _TOUR), "secondary", "compass"))
        if sheet.exec() == _TOUR:
            self.tour_asked.emit()

    def _tell_newer(self, sheet: QDialog) -> None:
        sheet.reject()
        self.newer.emit()

    def tell_bug(self, id: str) -> None:
        """Shows the number of a bug, once for as long as it stands; the program goes on."""
        from milomobile.ui.parts.aid import BugSheet

        if self.bug is None and self._window.isVisible():
            now = self._now()
            self.bug = BugSheet(id, now.diagnose, now.tasks, self._window)
            self.bug.finished.connect(self._forget_bug)
            self.bug.open()

    def _forget_bug(self) -> None:
        self.bug = None
