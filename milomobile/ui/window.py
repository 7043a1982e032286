"""The window: the unlock page, then the desk; locked means not built."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from milomobile.ui.gate import Gate
from milomobile.ui.pages.unlock import ShutPage, UnlockPage
from milomobile.ui.parts.ring import Follower
from milomobile.ui.tasks import Tasks

if TYPE_CHECKING:
    from milomobile.ui.desk import Desk
    from milomobile.ui.verbs import Verbs


class Window(QMainWindow):
    """`gate_of` looks at the profile again each time the unlock page is shown."""

    def __init__(self, gate_of: Callable[[], Gate]) -> None:
        super().__init__()
        self.setWindowTitle("Milo Mobile")
        self.setMinimumSize(1024, 600)
        self.resize(1366, 768)
        self._gate_of = gate_of
        self._verbs: Verbs | None = None
        self._desk: Desk | None = None
        self.tasks = Tasks()
        self._ring = Follower(self)
        full = QShortcut(QKeySequence(Qt.Key.Key_F11), self)
        full.activated.connect(self._full_screen)
        self.lock()

    def lock(self) -> None:
        """Lets the worker end, drops the pages and the verbs, and shows the unlock page."""
        self._leave()
        self.tasks = Tasks()
        gate = self._gate_of()
        if gate.advisers:
            page = UnlockPage(gate, self.tasks)
            page.opened.connect(self._opened)
            self.setCentralWidget(page)
            page.password.edit.setFocus()
        elif gate.trouble:
            shut = ShutPage(gate.trouble)
            shut.again.connect(self.lock)
            self.setCentralWidget(shut)
        else:
            from milomobile.ui.pages.first_start import FirstStartPage

            first = FirstStartPage(gate, self.tasks)
            first.made.connect(self.lock)
            self.setCentralWidget(first)

    def _leave(self) -> None:
        self.tasks.finish()
        if self._desk:
            self._desk.registration.keep()
        if self._verbs:
            self._verbs.lock()
        self._desk = self._verbs = None

    def _opened(self, verbs: "Verbs") -> None:
        from milomobile.ui.desk import Desk

        self._verbs, self._desk = verbs, (desk := Desk(verbs, self.tasks))
        desk.side.lock_asked.connect(self.lock)
        locked = QShortcut(QKeySequence("Ctrl+L"), desk)
        locked.activated.connect(self.lock)
        self.setCentralWidget(desk)
        desk.show_place("today")

    def _full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing keeps the draft, lets the running job end and closes the store."""
        self._leave()
        event.accept()
