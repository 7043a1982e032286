"""« Installer depuis une clé USB »: asks for the publisher's file, has it verified and copied, says what came of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from milomobile.domain.updates import Ready
from milomobile.ui.parts.boxes import button, column, row
from milomobile.ui.parts.told import Told
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.updates import Take

_KIND = "Mises à jour de Milo Mobile (*.milo-release)"


class UsbUpdate(QWidget):
    """`taken` once a newer version is here; `over` at each end."""

    taken = Signal()
    over = Signal()

    def __init__(self, take: Take, tasks: Tasks, text: str = "Installer depuis une clé USB…") -> None:
        super().__init__()
        self._take, self._tasks = take, tasks
        self.go = button(text, self._choose, "secondary", "usb-key")
        self._said = Told()
        self.setLayout(column(row(self.go, -1), self._said, spacing=10))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "Mise à jour sur la clé USB", str(Path.home()), _KIND)
        if chosen:
            self.read(Path(chosen))

    def read(self, file: Path) -> None:
        """Has a file verified on the worker thread."""
        work(self._tasks, (self.go,), partial(self._take, file), self._taken, self._failed, "Vérification…")

    def _taken(self, ready: Ready) -> None:
        self.over.emit()
        self._said.say(f"La version {ready.version} est vérifiée et copiée. Vous pouvez retirer la clé.", "ok")
        self.taken.emit()

    def _failed(self, wrong: Exception) -> None:
        self.over.emit()
        self._said.failed(wrong)
