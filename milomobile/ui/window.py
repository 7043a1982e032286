"""The window: the unlock page, then the desk; locked means not built."""

import gc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from milomobile.errors import Trouble
from milomobile.ui import collecting
from milomobile.ui.blank import blank
from milomobile.ui.gate import Gate, Trial
from milomobile.ui.helping import Helping, Now
from milomobile.ui.idle import Idle
from milomobile.ui.pages.unlock import ShutPage, UnlockPage
from milomobile.ui.parts import secret_clipboard, trial
from milomobile.ui.parts.reading import go_on
from milomobile.ui.parts.ring import Follower
from milomobile.ui.parts.seeing import bind
from milomobile.ui.parts.toast import toast
from milomobile.ui.session import Session, watch
from milomobile.ui.soon import Soon
from milomobile.ui.tasks import Tasks

if TYPE_CHECKING:
    from milomobile.domain.preferences import Preferences
    from milomobile.ui.desk import Desk
    from milomobile.ui.verbs import Verbs
_DRAWN = 20
"""Milliseconds until the page that asks for the password is drawn: what nothing names any more goes from memory then."""


class Window(QMainWindow):
    """`gate_of` looks at the profile again each time the unlock page is shown."""

    def __init__(self, gate_of: Callable[[], Gate]) -> None:
        super().__init__()
        collecting.here(self)
        self.setWindowTitle("Milo Mobile")
        self.setMinimumSize(QSize(1024, 600).boundedTo(self.screen().availableSize()))
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
        self._unwatch: Callable[[], None] | None = None
        self._session, self.idle = Session(), Idle(self)
        self._session.locked.connect(self._told_to_lock)
        self._soon = Soon(self, self.idle)
        self.idle.over.connect(self.lock)
        self.idle.rested.connect(self._rest)
        self.tasks = Tasks()
        self._ring = Follower(self)
        self.helping = Helping(self, self._helped)
        self.helping.tour_asked.connect(self._guide)
        self.helping.newer.connect(self._propose)
        QShortcut(QKeySequence(Qt.Key.Key_F11), self).activated.connect(self._full_screen)
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
            QTimer.singleShot(_DRAWN, self, gc.collect)

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

    def _rest(self) -> None:
        if self._desk:
            self._desk.rest()

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
        secret_clipboard.forget()
        if self._verbs:
            blank(self)
        self.tasks.finish()
        if self._desk:
            self._desk.keep()
            for timer in self._desk.findChildren(QTimer):
                timer.stop()
        if self._verbs:
            self._verbs.lock()
        if self._unwatch:
            self._unwatch()
        self._desk = self._verbs = self._unwatch = None

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
        tasks = self.tasks
        tasks.run(lambda: verbs.copies.tend(lambda: tasks.stopping), _nothing, _fail)

    def _prefer(self, keep: Callable[["Preferences"], None], wanted: "Preferences") -> None:
        keep(wanted)
        self.idle.start(wanted.lock_minutes)

    def _helped(self) -> Now:
        if self._verbs:
            return Now(self._verbs.support.diagnose, self.tasks, None, self._desk is not None)
        gate = self._gate_of()
        return Now(gate.diagnose, self.tasks, gate.take, False)

    def _propose(self) -> None:
        """A newer version was brought while nothing is open: the unlock page tells of it."""
        self._worked = False
        self.lock()

    def come_forward(self) -> None:
        """Another start was asked for: this window is what is shown."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def focusNextPrevChild(self, next: bool) -> bool:
        """As one reads."""
        return go_on(self, next)

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
