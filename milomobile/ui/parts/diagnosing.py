"""« Préparer un fichier pour l’assistance »: asks where, writes there, says what is in it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from milomobile.ui.parts.boxes import button, column, row
from milomobile.ui.parts.told import Told
from milomobile.ui.parts.working import work
from milomobile.ui.support import Diagnose
from milomobile.ui.tasks import Tasks

_KIND = "Fichiers ZIP (*.zip)"
_WRITTEN = (
    "«\u00a0{}\u00a0» est écrit\u00a0: versions, réglages, comptes et journaux du programme, sans aucune donnée de personne. "
    "Envoyez-le à l’assistance."
)


class Diagnosing(QWidget):
    """A button and what came of it."""

    def __init__(self, diagnose: Diagnose, tasks: Tasks, kind: str = "secondary") -> None:
        super().__init__()
        self._diagnose, self._tasks = diagnose, tasks
        self.go = button("Préparer un fichier pour l’assistance…", self._choose, kind, "file-text")
        self._said = Told()
        self.setLayout(column(row(self.go, -1), self._said, spacing=10))

    def _choose(self) -> None:
        name = str(Path.home() / "diagnostic-milo-mobile.zip")
        chosen, _ = QFileDialog.getSaveFileName(self.window(), "Fichier pour l’assistance", name, _KIND)
        if chosen:
            self.write(Path(chosen))

    def write(self, file: Path) -> None:
        """Writes it on the worker thread."""
        work(self._tasks, (self.go,), lambda: self._diagnose(file), lambda _: self._done(file), self._said.failed)

    def _done(self, file: Path) -> None:
        self._said.say(_WRITTEN.format(file.name), "ok")
