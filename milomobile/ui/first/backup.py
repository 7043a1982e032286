"""Sauvegarde: a first copy on the office's key, or later."""

from PySide6.QtWidgets import QWidget

from milomobile.ui.first.facts import fact, plain
from milomobile.ui.parts.boxes import column, label
from milomobile.ui.parts.copies import CopiesCard
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_OWN = "À chaque ouverture, une copie chiffrée est faite sur ce poste. Celle de la clé protège aussi d’un vol ou d’une panne."


class BackupStep(QWidget):
    """The card of Réglages, with why."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs = verbs
        self.copies = CopiesCard(verbs, tasks)
        self.copies.refresh()
        self.copies.look.hide()
        self.setLayout(
            column(
                label("Sauvegarde", "h1"),
                fact("usb-key", "Une clé USB, gardée au bureau", _OWN),
                4,
                plain(self.copies),
                -1,
                spacing=10,
            )
        )

    def made(self) -> bool:
        """Whether somebody made one."""
        return self._verbs.copies.last().made is not None
