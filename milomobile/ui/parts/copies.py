"""Backups in Réglages: when the last one was made and where, one more now, and one looked at."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton

from milomobile.domain.copies import Copy
from milomobile.domain.dates import LOCAL, french_date, french_time
from milomobile.domain.texts import weight
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.told import Told
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

KIND = "Sauvegardes de Milo Mobile (*.sauvegarde);;Tous les fichiers (*)"
_WHAT = (
    "Une copie chiffrée de toutes les fiches, pour une clé USB gardée au bureau. Elle se rouvre sur un autre ordinateur "
    "avec le code de secours."
)


class CopiesCard(QFrame):
    """Writes and reads backups on the worker thread; `written` when one was."""

    written = Signal()

    guide = "sauvegardes"

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._tasks, self._folder = verbs, tasks, Path.home()
        self._last, self._own = label("", "strong", wrap=True), label("", "second", wrap=True)
        self.go = button("Sauvegarder maintenant…", self._write, "primary", "usb-key")
        self.look = button("Vérifier une sauvegarde…", self._look, "secondary", "shield-lock")
        self._said = Told()
        parts = (label("Sauvegardes", "h2"), label(_WHAT, "second", wrap=True), self._last, self._own)
        buttons = row(self.go, self.look, -1)
        self.setLayout(column(*parts, buttons, self._said, spacing=10, margins=(20, 16, 20, 18)))

    def refresh(self) -> None:
        """When the last ones were made."""
        last = self._verbs.copies.last()
        made = last.made and last.made.astimezone(LOCAL)
        self._last.setText(
            f"Dernière sauvegarde\u00a0: le {french_date(made.date())} à {french_time(made)}, dans {last.where}"
            if made
            else "Aucune sauvegarde n’a encore été faite."
        )
        own = last.automatic and last.automatic.astimezone(LOCAL)
        self._own.setText(
            f"Copie automatique sur ce poste\u00a0: le {french_date(own.date())} à {french_time(own)}"
            if own
            else "Pas encore de copie automatique sur ce poste."
        )

    def _write(self) -> None:
        day = self._verbs.now().astimezone(LOCAL).date()
        name = self._folder / f"milo-mobile-{day.isoformat()}.sauvegarde"
        chosen, _ = QFileDialog.getSaveFileName(self.window(), "Sauvegarder sur la clé USB", str(name), KIND)
        if chosen:
            self.write(Path(chosen))

    def _look(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "Sauvegarde à vérifier", str(self._folder), KIND)
        if chosen:
            self.verify(Path(chosen))

    def write(self, file: Path) -> None:
        """Makes a backup."""
        self._run(self.go, "Sauvegarde en cours…", partial(self._verbs.copies.backup, file), self._written)

    def verify(self, file: Path) -> None:
        """Opens a backup as restoring would."""
        self._run(self.look, "Vérification en cours…", partial(self._verbs.copies.check, file), self._looked)

    def _run(self, pressed: QPushButton, meanwhile: str, job: Callable[[], Copy], done: Callable[[Copy], None]) -> None:
        other = self.look if pressed is self.go else self.go
        work(self._tasks, (pressed, other), job, done, self._said.failed, meanwhile)

    def _written(self, copy: Copy) -> None:
        self._folder = copy.file.parent
        self.refresh()
        self._said.say(f"Sauvegarde écrite et vérifiée\u00a0: {_figures(copy)}. Vous pouvez retirer la clé.", "ok")
        self.written.emit()

    def _looked(self, copy: Copy) -> None:
        made = copy.made.astimezone(LOCAL)
        when = f"le {french_date(made.date())} à {french_time(made)}"
        self._said.say(f"Cette sauvegarde est bonne\u00a0: faite {when}, {_figures(copy)}.", "ok")


def _figures(copy: Copy) -> str:
    people, met = count(copy.people, "jeune"), count(copy.encounters, "rencontre")
    return f"{people}, {met}, {weight(copy.size)}"
