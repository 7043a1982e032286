"""The USB key: what to do without a network, as a card of Fin de journée."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton

from milomobile.domain.dates import LOCAL
from milomobile.domain.sending import Waiting
from milomobile.errors import Trouble
from milomobile.ui.icons import picture
from milomobile.ui.news import News
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_SHARE = "Tout est gardé ici, chiffré. Activez le partage de connexion d’un téléphone, puis envoyez."
_OR_KEY = f"{_SHARE} Ou portez une clé USB au bureau\u00a0: son contenu est chiffré aussi."
_KIND = "Fichiers de Milo Mobile (*.milo);;Tous les fichiers (*)"


class KeyCard(QFrame):
    """Writes what waits to a file and reads the office's receipt; `said` carries a sentence and its tone."""

    guide = "cle-usb"

    said = Signal(str, str)

    def __init__(self, verbs: Verbs, news: News, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._news, self._tasks = verbs, news, tasks
        self._folder, self._busy = Path.home(), False
        self._what = label(_SHARE, "second", wrap=True)
        self.write = button("Préparer la clé USB", self._write)
        self.read = button("Lire le reçu du bureau", self._read)
        head = row(picture("usb-key"), label("Pas de réseau\u00a0?", "h2"), -1, spacing=9)
        self.setLayout(column(head, self._what, self.write, self.read, margins=(20, 16, 20, 18)))

    def show_waiting(self, waiting: Waiting, running: bool) -> None:
        """The first button where something waits for a server, the second where there is one."""
        bound = waiting.server is not None
        self._what.setText(_OR_KEY if bound else _SHARE)
        self.write.setVisible(bound and waiting.total > 0)
        self.read.setVisible(bound)
        for part in (self.write, self.read):
            part.setEnabled(not running)

    def _write(self) -> None:
        day = self._verbs.now().astimezone(LOCAL).date()
        name = self._folder / f"milo-mobile-{day.isoformat()}.milo"
        chosen, _ = QFileDialog.getSaveFileName(self.window(), "Copier sur la clé USB", str(name), _KIND)
        if chosen:
            self._run(self.write, "Copie en cours…", self._verbs.export_bundle, Path(chosen), self._written)

    def _read(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "Reçu du bureau", str(self._folder), _KIND)
        if chosen:
            self._run(self.read, "Lecture en cours…", self._verbs.read_receipt, Path(chosen), self._confirmed)

    def _run(
        self,
        pressed: QPushButton,
        meanwhile: str,
        act: Callable[[Path], int],
        file: Path,
        done: Callable[[int], None],
    ) -> None:
        if self._busy:
            return
        self._folder, self._busy = file.parent, True

        def written(number: int) -> None:
            self._busy = False
            done(number)

        other = self.read if pressed is self.write else self.write
        work(self._tasks, (pressed, other), partial(act, file), written, self._failed, meanwhile)

    def _written(self, number: int) -> None:
        many = "s" * (number > 1)
        self.said.emit(
            f"Copie chiffrée de {count(number, 'élément')}. Vous pouvez retirer la clé\u00a0: {'ils' if many else 'il'} "
            f"reste{'nt' if many else ''} à envoyer jusqu’au reçu du bureau.",
            "ok",
        )

    def _confirmed(self, number: int) -> None:
        self._news.outbox.emit()
        many, refused = "s" * (number > 1), len(self._verbs.waiting().refused)
        arrived = f"{count(number, 'élément')} confirmé{many} par le reçu du bureau"
        if not number:
            arrived = "Rien de nouveau dans ce reçu\u00a0: il a déjà été lu"
        self.said.emit(f"{arrived}, {refused} à corriger." if refused else f"{arrived}.", "warn" if refused else "ok")

    def _failed(self, wrong: Exception) -> None:
        self._busy = False
        if not isinstance(wrong, Trouble):
            raise wrong
        self.said.emit(wrong.sentence, "err")
