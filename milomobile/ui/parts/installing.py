"""« Installer maintenant »: verifies, starts the setup and ends the program, or says what to type."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.updates import Install

_TYPED = "Fermez Milo Mobile, ouvrez un terminal et tapez cette ligne\u00a0:"


class Installing(QWidget):
    """A button and what came of it; `kind` is the button's."""

    def __init__(self, install: Install, tasks: Tasks, kind: str = "primary") -> None:
        super().__init__()
        self._install, self._tasks = install, tasks
        self.go = button("Installer maintenant", self.start, kind, "check")
        self._said, self._buttons = column(spacing=8), row(self.go, -1, spacing=10)
        self.setLayout(column(self._buttons, self._said, spacing=10))

    def beside(self, other: QPushButton) -> None:
        """Another choice, right of the button."""
        self._buttons.insertWidget(1, other)

    def start(self) -> None:
        """Verifies and starts; the window closes where the setup runs."""
        work(self._tasks, (self.go,), self._install, self._started, self._failed, "Vérification…")

    def _started(self, line: str | None) -> None:
        if line is None:
            self.window().close()
            return
        typed = label(line, "strong", wrap=True)
        typed.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        typed.setAccessibleName(line)
        copy = button("Copier la ligne", lambda: QGuiApplication.clipboard().setText(line), "secondary")
        clear(self._said)
        self._said.addWidget(label(_TYPED, "second", wrap=True))
        self._said.addWidget(typed)
        self._said.addLayout(row(copy, -1))
        copy.setFocus()

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        clear(self._said)
        self._said.addWidget(banner(wrong.sentence, "err"))
