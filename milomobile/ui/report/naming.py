"""Before a file by name is made: one's password, and why (domain.md 4.3)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from milomobile.domain.files import REASONS
from milomobile.ui.files import Files
from milomobile.ui.parts.asking_sheet import AskingSheet, Job
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.tasks import Tasks

_WORDS = (
    "Un fichier avec des noms\u00a0?",
    "Il sort du coffre chiffré de ce poste\u00a0: à garder sur le réseau du bureau. Le motif va au journal, avec votre nom.",
    "Continuer",
)


def ask(window: QWidget, files: Files, tasks: Tasks, then: Callable[[str], None]) -> AskingSheet:
    """Opens the sheet; `then` is called with the reason's code once the password is right."""
    why = Choices("Pourquoi\u00a0?", list(REASONS.items()), 2, required=True)
    own = Field("Votre mot de passe", required=True, secret=True)

    def read() -> Job | None:
        reason, password = why.value(), own.edit.text()
        why.say("" if reason else "Choisissez un motif.")
        own.say("" if password else "Écrivez votre mot de passe.")
        if not (reason and password):
            return None

        def allowed() -> str:
            files.allow(password)
            return reason

        return allowed

    sheet = AskingSheet(window, tasks, _WORDS, (why, own), read)
    sheet.acted.connect(then, Qt.ConnectionType.QueuedConnection)
    sheet.open()
    return sheet
