"""The directory in Réglages: how many services there are, a file imported, and each line that was not taken."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit

from milomobile.domain.referrals import Imported
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_KINDS = "Annuaires (*.json *.jsonl *.csv *.xlsx);;Tous les fichiers (*)"
_NONE = "Aucun service sur ce poste. Demandez au bureau le fichier de l’annuaire, puis importez-le."
_WHAT = (
    "Au format data·inclusion (schéma v1)\u00a0: JSON, CSV ou XLSX. Les fiches justes sont prises, les autres dites."
)


class DirectoryCard(QFrame):
    """Imports on the worker thread."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._tasks = verbs, tasks
        self._known = label("", "strong", wrap=True)
        self.go = button("Importer un annuaire…", self._choose, "secondary", "folder")
        self._said = column()
        self.faults = QPlainTextEdit()
        self.faults.setReadOnly(True)
        self.faults.setAccessibleName("Fiches non prises")
        look.sized(self.faults, height=160)
        self.faults.hide()
        head = label("Annuaire des services", "h2")
        parts = (head, self._known, label(_WHAT, "second", wrap=True), row(self.go, -1), self._said, self.faults)
        self.setLayout(column(*parts, spacing=10, margins=(20, 16, 20, 18)))
        self.refresh()

    def refresh(self) -> None:
        """How many services are known."""
        known = self._verbs.count_services()
        self._known.setText(f"{count(known, 'service')} sur ce poste" if known else _NONE)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Annuaire à importer", "", _KINDS)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Imports a file."""
        work(self._tasks, (self.go,), partial(self._verbs.import_directory, file), self._done, self._failed)

    def _done(self, done: Imported) -> None:
        self.refresh()
        many = "s" * (done.services > 1)
        taken = f"{count(done.services, 'service')} et {count(done.structures, 'structure')} pris{many}."
        left = (
            f" {count(len(done.faults), 'fiche')} laissée{'s' * (len(done.faults) > 1)} de côté\u00a0:"
            if done.faults
            else ""
        )
        self._say(taken + left, "warn" if done.faults else "ok")
        self.faults.setVisible(bool(done.faults))
        self.faults.setPlainText("\n".join(f"{fault.where}\u00a0: {fault.sentence}" for fault in done.faults))

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self.faults.hide()
        self._say(wrong.sentence, "err")

    def _say(self, text: str, tone: str) -> None:
        clear(self._said)
        self._said.addWidget(banner(text, tone))
