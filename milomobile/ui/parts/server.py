"""The server this laptop is bound to, and enrolment by a one-time code."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame

from milomobile.domain.invitation import invited
from milomobile.ui.news import News
from milomobile.ui.parts.boxes import button, clear, column, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.told import Told
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_MOST = 65_536
"""So many characters of an invitation's file are read."""


class ServerCard(QFrame):
    """Which server; its address, the office's code and, where it has its own, its certificate."""

    def __init__(self, verbs: Verbs, news: News, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._news, self._tasks = verbs, news, tasks
        self.server = label("", "strong", wrap=True)
        self.address = Field("Adresse du serveur", "https://…", required=True)
        self.code = Field("Code du bureau", "16 lettres et chiffres, valable 30 minutes", required=True)
        self.certificate = Field("Certificat du serveur, s’il a le sien", "Chemin du fichier")
        self._said = Told()
        self.go = button("Relier ce poste", self.enrol, "primary", "server")
        self.from_file = button("Lire l’invitation dans un fichier…", self._choose, "ghost", "folder")
        self.setLayout(
            column(
                label("Serveur", "h2"),
                self.server,
                self.address,
                self.code,
                self.certificate,
                row(self.from_file, -1, self.go),
                self._said,
                spacing=12,
                margins=(20, 16, 20, 18),
            )
        )

    def refresh(self) -> None:
        """Shows the server bound to this laptop."""
        address = self._verbs.server()
        self.server.setText(f"Relié à {address}" if address else "Aucun serveur relié : tout reste sur cet ordinateur.")
        self.go.setText("Relier à nouveau" if address else "Relier ce poste")

    def enrol(self) -> None:
        """Asks the server on the worker thread."""
        address, code, file = self.address.text(), self.code.text(), self.certificate.text()
        self.address.say("" if address else "Écrivez l’adresse donnée par le bureau.")
        self.code.say("" if code else "Écrivez le code donné par le bureau.")
        if not address or not code:
            return
        self.go.setEnabled(False)
        self._tasks.run(
            lambda: self._verbs.enrol(address, code, Path(file) if file else None), self._done, self._failed
        )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Invitation du bureau")
        if chosen:
            self.fill_from(Path(chosen))

    def fill_from(self, file: Path) -> None:
        """The address and the code that an invitation's file holds; enrolling stays a press of its own."""
        try:
            with file.open(encoding="utf-8", errors="replace") as opened:
                address, code = invited(opened.read(_MOST))
        except OSError:
            address = code = None
        if code is None:
            self._said.say(
                "Ce fichier ne contient pas de code du bureau. Rien n’a changé. Demandez-le de nouveau.", "err"
            )
            return
        clear(self._said)
        self.code.edit.setText(code)
        if address:
            self.address.edit.setText(address)

    def _done(self, address: str) -> None:
        self.go.setEnabled(True)
        self._said.say(f"Ce poste est relié à {address}.", "ok")
        self.code.edit.clear()
        self.refresh()
        self._news.outbox.emit()

    def _failed(self, wrong: Exception) -> None:
        self.go.setEnabled(True)
        self._said.failed(wrong)
