"""The server this laptop is bound to, and enrolment by a one-time code."""

from pathlib import Path

from PySide6.QtWidgets import QFrame

from milomobile.ui.news import News
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.invitation import Invitation
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs


class ServerCard(QFrame):
    """Which server; its address, the office's code and, where it has its own, its certificate."""

    def __init__(self, verbs: Verbs, news: News, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._news, self._tasks = verbs, news, tasks
        self.server = label("", "strong", wrap=True)
        self.invitation = Invitation()
        self.address, self.code = self.invitation.address, self.invitation.code
        self._said = self.invitation.said
        self.go = button("Relier ce poste", self.enrol, "primary", "server")
        head = (label("Serveur", "h2"), self.server, self.invitation)
        foot = row(self.invitation.from_file, -1, self.go)
        self.setLayout(column(*head, foot, self._said, spacing=12, margins=(20, 16, 20, 18)))

    def refresh(self) -> None:
        """Shows the server bound to this laptop."""
        address = self._verbs.server()
        self.server.setText(f"Relié à {address}" if address else "Aucun serveur relié\u00a0: tout reste sur ce poste.")
        self.go.setText("Relier à nouveau" if address else "Relier ce poste")

    def enrol(self) -> None:
        """Asks the server on the worker thread."""
        if asked := self.invitation.value():
            work(self._tasks, (self.go,), lambda: self._verbs.enrol(*asked), self._done, self._said.failed)

    def fill_from(self, file: Path) -> None:
        """What an invitation's file holds."""
        self.invitation.fill_from(file)

    def _done(self, address: str) -> None:
        self._said.say(f"Ce poste est relié à {address}.", "ok")
        self.code.edit.clear()
        self.refresh()
        self._news.outbox.emit()
