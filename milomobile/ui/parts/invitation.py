"""What the office hands over to bind a laptop: its address, a code, its certificate; typed, or read from a file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from milomobile.domain.invitation import invited
from milomobile.ui.parts.boxes import button, clear, column
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.told import Told

_MOST = 65_536
"""So many characters of an invitation's file are read."""
_NO_CODE = "Ce fichier ne contient pas de code du bureau. Rien n’a changé. Demandez-le de nouveau."


class Invitation(QWidget):
    """Three fields; `from_file` is the button that reads them from a file, `said` where what came of it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.address = Field("Adresse du serveur", "https://…", required=True)
        self.code = Field("Code du bureau", "16 lettres et chiffres, valable 30 minutes", required=True)
        self.certificate = Field("Certificat du serveur, s’il a le sien", "Chemin du fichier")
        self.from_file = button("Lire l’invitation dans un fichier…", self._choose, "secondary", "folder")
        self.said = Told()
        self.setLayout(column(self.address, self.code, self.certificate, spacing=12))

    def value(self) -> tuple[str, str, Path | None] | None:
        """Address, code and certificate; None where one is missing, which is said."""
        address, code, file = self.address.text(), self.code.text(), self.certificate.text()
        self.address.say("" if address else "Écrivez l’adresse donnée par le bureau.")
        self.code.say("" if code else "Écrivez le code donné par le bureau.")
        if address and code:
            return address, code, Path(file) if file else None
        (self.code if address else self.address).edit.setFocus()
        return None

    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self.address.text() or self.code.text() or self.certificate.text())

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "Invitation du bureau")
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
            self.said.say(_NO_CODE, "err")
            return
        clear(self.said)
        self.code.edit.setText(code)
        if address:
            self.address.edit.setText(address)
