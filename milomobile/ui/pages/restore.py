"""A new laptop from a backup: the file, and the recovery code or a password that opens it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from milomobile.domain.copies import Copy
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.gate import Gate
from milomobile.ui.pages.unlock import brand, centred, foot
from milomobile.ui.parts.boxes import banner, button, card, clear, column, label, row
from milomobile.ui.parts.copies import KIND
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks

_WHAT = (
    "Le profil de la sauvegarde est remis sur ce poste. Le code de secours l’ouvre, ou un mot de passe qui n’est pas "
    "lié à l’ancien poste. N’utilisez plus l’ancien poste ensuite."
)


class RestorePage(QWidget):
    """`left` when somebody goes back, or when the profile is there."""

    guide = "sauvegardes"

    left = Signal()

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("page")
        self._gate, self._tasks = gate, tasks
        self.file = Field("Fichier de la sauvegarde", required=True)
        self.secret = Field("Code de secours ou mot de passe", required=True, secret=True)
        self.choose = button("Choisir le fichier…", self._choose, "secondary", "folder")
        self.go = button("Restaurer", self.restore, "hero", "shield-lock")
        self.back = button("Retour", self.left.emit, "ghost")
        self._said = column()
        head = (label("Restaurer une sauvegarde", "h1"), label(_WHAT, "second", wrap=True))
        self._card = card(
            *head, self.file, row(self.choose, -1), self.secret, self.go, row(self.back, -1), self._said, spacing=10
        )
        look.sized(self._card, width=620)
        self.setLayout(centred(brand("Mission Locale du Pays Messin"), 18, self._card, -1, foot()))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "Sauvegarde à restaurer", str(Path.home()), KIND)
        if chosen:
            self.file.edit.setText(chosen)
            self.secret.edit.setFocus()

    def restore(self) -> None:
        """On the worker thread."""
        file, secret = self.file.text(), self.secret.edit.text()
        self.file.say("" if file else "Choisissez le fichier de la sauvegarde.")
        self.secret.say("" if secret else "Tapez le code de secours, ou un mot de passe.")
        if file and secret:
            parts, job = (self.go, self.back, self.choose), lambda: self._gate.restore(Path(file), secret)
            work(self._tasks, parts, job, self._done, self._failed, "Restauration en cours…")

    def _done(self, copy: Copy) -> None:
        self.secret.edit.clear()
        self._say(f"Restauré\u00a0: {count(copy.people, 'jeune')}, {count(copy.encounters, 'rencontre')}.", "ok")
        self.go.hide()
        self.choose.setEnabled(False)
        self.back.setText("Continuer")
        self.back.setFocus()

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self._say(wrong.sentence, "err")
        self.secret.edit.selectAll()
        self.secret.edit.setFocus()

    def _say(self, text: str, tone: str) -> None:
        clear(self._said)
        self._said.addWidget(banner(text, tone))
