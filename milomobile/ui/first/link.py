"""Relier ce poste au bureau: the office's code, typed or in a file; kept until there is a profile to keep it in."""

from PySide6.QtWidgets import QWidget

from milomobile.ui.parts.boxes import column, label, row
from milomobile.ui.parts.invitation import Invitation

_WHAT = (
    "Le bureau donne une adresse et un code, sur papier ou dans un fichier. Sans eux, continuez\u00a0: tout reste sur ce "
    "poste, et «\u00a0Réglages\u00a0», «\u00a0Serveur\u00a0» relie plus tard."
)


class LinkStep(QWidget):
    """`invitation` holds the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.invitation = Invitation()
        self.setLayout(
            column(
                label("Relier ce poste au bureau", "h1"),
                label(_WHAT, "second", wrap=True),
                self.invitation,
                row(self.invitation.from_file, -1),
                self.invitation.said,
                -1,
                spacing=10,
            )
        )
