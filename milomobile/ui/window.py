"""The window: the unlock page, then the desk; locked means not built."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip

from milomobile.errors import Trouble
from milomobile.ui.gate import Gate, Trial
from milomobile.ui.idle import Idle
from milomobile.ui.pages.unlock import ShutPage, UnlockPage
from milomobile.ui.parts import secret_clipboard, trial
from milomobile.ui.parts.boxes import button, label
from milomobile.ui.parts.ring import Follower
from milomobile.ui.parts.seeing import bind
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.toast import Toast, toast
from milomobile.ui.session import Session, watch
from milomobile.ui.tasks import Tasks

if TYPE_CHECKING:
    from milomobile.domain.preferences import Preferences
    from milomobile.ui.desk import Desk
    from milomobile.ui.verbs import Verbs

_ENDING = "Verrouillé. Ce qui est en cours se termine, sans rien perdre."
_AID = "F1"
_TOUR = 2
"""What the help sheet ends with where the guided tour was asked for."""
_SOON = "L’écran va se verrouiller. Une touche ou un mouvement de la souris le garde ouvert."


class Window(QMainWindow):
    """`gate_of` looks at the profile again each time the unlock page is shown."""

    def __init__(self, gate_of: Callable[[], Gate]) -> None:
        super().__init__()
        self.setWindowTitle("Milo Mobile")
        self.setMinimumSize(1024, 600)
        self.resize(1366, 768)
        self._gate_of = gate_of
        self._worked = False
        """Whether it was open already: then nothing is proposed that can wait until the next start."""
        self._postponed = False
        """Whether what the first-run assistant left waits until the next start."""
        self._verbs: Verbs | None = None
        self._desk: Desk | None = None
        self._trial: Trial | None = None
        self._toured = -1
        """The stage of the guided tour that one is at."""
        self._soon: Toast | None = None
        self._bug: QDialog | None = None
        self._unwatch: Callable[[], None] | None = None
        self._session, self.idle = Session(), Idle(self)
        self._session.locked.connect(self._told_to_lock)
        self.idle.warned.connect(self._warn)
        self.idle.back.connect(self._stay)
        self.idle.over.connect(self.lock)
        self.tasks = Tasks()
        self._ring = Follower(self)
        for key, act in ((Qt.Key.Key_F11, self._full_screen), (Qt.Key.Key_F1, self._aid)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._reach)
        bind(self, self._fail_to_keep)
        self.lock()

    def _fail_to_keep(self, sentence: str) -> None:
        toast(self, sentence, urgent=True)

    @property
    def guide(self) -> str:
        """The page of the user guide about what is shown."""
        return str(getattr(self.centralWidget(), "guide", ""))

    def lock(self) -> None:
        """Takes everything from the screen, lets the worker end, drops the pages and the verbs, asks for the password."""
        whose = self._verbs.adviser if self._verbs else None
        self._leave()
        self.tasks = Tasks()
        gate = self._trial.gate_of() if self._trial else self._gate_of()
        if gate.trouble:
            from milomobile.ui.parts.diagnosing import Diagnosing

            shut = ShutPage(gate.trouble, Diagnosing(gate.diagnose, self.tasks))
            shut.again.connect(self.lock)
            self.setCentralWidget(shut)
        elif gate.advisers:
            self._ask(gate, whose if whose in gate.advisers else None)
        else:
            self._set_up(gate)
        if whose:
            QTimer.singleShot(0, self, gc.collect)

    def _set_up(self, gate: Gate, verbs: "Verbs | None" = None) -> None:
        """The first-run assistant; with verbs, what a start before left of it."""
        from milomobile.ui.pages.first_start import FirstStartPage

        page = FirstStartPage(gate, self.tasks, verbs)
        page.held.connect(self._hold)
        page.opened.connect(self._enter)
        page.postponed.connect(self._postpone)
        page.restore_asked.connect(partial(self._restore, gate))
        page.trial_asked.connect(self.try_out)
        self.setCentralWidget(page)
        page.show_first()

    def _postpone(self, verbs: "Verbs") -> None:
        self._postponed = True
        self._enter(verbs)

    def try_out(self, guided: bool = False) -> None:
        """The program on invented people, with the guided tour where it is asked for; a profile that is open locks."""
        self.lock()
        gate = self._gate_of()
        self.setCentralWidget(trial.making())

        def began(made: Trial) -> None:
            self._trial = made
            self._opened(made.verbs)
            if guided:
                self._guide()

        def failed(wrong: Exception) -> None:
            self.lock()
            if not isinstance(wrong, Trouble):
                raise wrong
            toast(self, wrong.sentence, urgent=True)

        self.tasks.run(gate.try_out, began, failed)

    def _end_trial(self) -> None:
        """Back to what was there before; the invented people go."""
        ended, self._trial, self._toured = self._trial, None, -1
        self.lock()
        if ended:
            ended.end()

    def _guide(self) -> None:
        """The guided tour, on invented people alone."""
        if self._trial is None:
            self.try_out(guided=True)
        elif self._desk and self._toured < 0:
            self._tour(self._desk, 0)

    def _tour(self, desk: "Desk", at: int, again: bool = False) -> None:
        """From a stage on; `again` on the desk after the lock, which a stage may have asked for."""
        from milomobile.ui.visit import Visit
        from milomobile.ui.visit_stages import STAGES

        at += again and at < len(STAGES) and STAGES[at].locks
        visit = Visit(desk, at, self._end_trial)
        visit.moved.connect(self._tour_at)
        self._tour_at(at)

    def _tour_at(self, at: int) -> None:
        self._toured = at

    def _ask(self, gate: Gate, whose: str | None) -> None:
        if self._worked:
            gate = replace(gate, ready=None)
        page = UnlockPage(gate, self.tasks, locked_by=whose)
        page.opened.connect(self._opened)
        page.others_asked.connect(partial(self._ask, gate, None))
        page.rescue_asked.connect(partial(self._rescue, gate, whose))
        if self._trial:
            page.offer(trial.LEAVE, self._end_trial)
        self.setCentralWidget(page)
        page.password.edit.setFocus()

    def _rescue(self, gate: Gate, whose: str | None, who: str) -> None:
        from milomobile.ui.pages.rescue import RescuePage

        page = RescuePage(gate, self.tasks, who)
        page.opened.connect(self._opened)
        page.left.connect(partial(self._ask, gate, whose))
        self.setCentralWidget(page)
        page.code.edit.setFocus()

    def _told_to_lock(self) -> None:
        if self._verbs:
            self.lock()

    def _restore(self, gate: Gate) -> None:
        from milomobile.ui.pages.restore import RestorePage

        page = RestorePage(gate, self.tasks)
        page.left.connect(self.lock)
        self.setCentralWidget(page)
        page.choose.setFocus()

    def _leave(self) -> None:
        self.idle.stop()
        self._hide_all()
        self.tasks.finish()
        if self._desk:
            self._desk.registration.keep()
            for timer in self._desk.findChildren(QTimer):
                timer.stop()
        if self._verbs:
            self._verbs.lock()
        if self._unwatch:
            self._unwatch()
        self._desk = self._verbs = self._unwatch = self._soon = None

    def _hide_all(self) -> None:
        """Before anything is waited for: no sheet, no choice of a file, no page can be read any more."""
        secret_clipboard.forget()
        if self._verbs is None:
            return
        QToolTip.hideText()
        if popup := QApplication.activePopupWidget():
            popup.close()
        for sheet in QApplication.topLevelWidgets():
            if isinstance(sheet, QDialog):
                sheet.reject()
                sheet.deleteLater()
        page = self.centralWidget()
        if (before := getattr(page, "window_before", None)) is not None:
            self.setWindowState(before)
        if page:
            page.hide()
        ending = label(_ENDING, "second")
        ending.setParent(self)
        ending.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ending.setGeometry(self.rect())
        ending.show()
        self.repaint()
        ending.deleteLater()

    def _opened(self, verbs: "Verbs") -> None:
        self._hold(verbs)
        if not self._postponed and verbs.setup_left():
            self._set_up(self._gate_of(), verbs)
        else:
            self._enter(verbs)

    def _hold(self, verbs: "Verbs") -> None:
        """A profile is open: from here on the window locks."""
        self._worked, self._verbs = True, verbs
        self._unwatch = watch(self._session, int(self.winId()))
        self.idle.start(verbs.preferences().lock_minutes)

    def _enter(self, verbs: "Verbs") -> None:
        from milomobile.ui.desk import Desk

        verbs = replace(verbs, prefer=partial(self._prefer, verbs.prefer))
        self._verbs, self._desk = verbs, (desk := Desk(verbs, self.tasks))
        desk.side.lock_asked.connect(self.lock)
        locked = QShortcut(QKeySequence("Ctrl+L"), desk)
        locked.activated.connect(self.lock)
        if self._trial:
            desk.mark(trial.band(self._end_trial, self._guide))
        desk.tour_asked.connect(self._guide)
        self.setCentralWidget(desk)
        desk.show_place("today")
        desk.today.new.setFocus()
        if self._toured >= 0:
            self._tour(desk, self._toured, again=True)
        self.tasks.run(verbs.copies.tend, _nothing, _fail)

    def _prefer(self, keep: Callable[["Preferences"], None], wanted: "Preferences") -> None:
        keep(wanted)
        self.idle.start(wanted.lock_minutes)

    def _warn(self) -> None:
        self._soon = toast(self, _SOON, stays=True, urgent=True)
        self._soon.destroyed.connect(self._warned)

    def _warned(self) -> None:
        self._soon = None

    def _stay(self) -> None:
        if self._soon:
            self._soon.end()

    def _diagnose(self) -> Callable[[Path], Sequence[str]]:
        return self._verbs.support.diagnose if self._verbs else self._gate_of().diagnose

    def _reach(self, *_: object) -> None:
        """A dialog over the window takes all keys: F1 is one of its own."""
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, Sheet) and sheet.guide is not None and not sheet.findChild(QShortcut, _AID):
            shortcut = QShortcut(QKeySequence(_AID), sheet)
            shortcut.setObjectName(_AID)
            shortcut.activated.connect(self._aid)

    def _aid(self) -> None:
        """Opened at the page about what has the keyboard; never over the screen turned to a young person."""
        shown = self.centralWidget()
        if getattr(shown, "window_before", None) is not None:
            return
        from milomobile import reference
        from milomobile.ui.parts.aid import AidSheet, about

        page = about(QApplication.focusWidget() or QApplication.activeModalWidget() or shown)
        over = QApplication.activeModalWidget() or self
        take = None if self._verbs else self._gate_of().take
        sheet = AidSheet(reference.guide(), page, self._diagnose(), self.tasks, over, take)
        if sheet.usb:
            sheet.usb.taken.connect(partial(self._propose, sheet))
        if self._desk and over is self:
            sheet.foot.insertWidget(1, button(trial.TOUR, partial(sheet.done, _TOUR), "secondary", "compass"))
        if sheet.exec() == _TOUR:
            self._guide()

    def _propose(self, sheet: QDialog) -> None:
        """A newer version was brought while nothing is open: the unlock page tells of it."""
        sheet.reject()
        self._worked = False
        self.lock()

    def tell_bug(self, id: str) -> None:
        """Shows the number of a bug, once for as long as it stands; the program goes on."""
        from milomobile.ui.parts.aid import BugSheet

        if self._bug is None and self.isVisible():
            self._bug = BugSheet(id, self._diagnose(), self.tasks, self)
            self._bug.finished.connect(self._forget_bug)
            self._bug.open()

    def _forget_bug(self) -> None:
        self._bug = None

    def come_forward(self) -> None:
        """Another start was asked for: this window is what is shown."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing keeps the draft, lets the running job end and closes the store; a recovery code is seen before."""
        may_close: Callable[[], bool] | None = getattr(self.centralWidget(), "may_close", None)
        if may_close and not may_close():
            event.ignore()
            return
        self._leave()
        if self._trial:
            self._trial.end()
        event.accept()


def _nothing(_: object) -> None:
    """What was done needs no word."""


def _fail(wrong: Exception) -> None:
    raise wrong
