"""The recovery code, shown once: as text and as a QR code, to copy or to print for the office's safe."""

from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QSysInfo, Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.qr import QrCode, code_image
from milomobile.ui.parts.said import Said
from milomobile.ui.parts.secret_clipboard import copy_secret

WHAT = (
    "Ce code rouvre les fiches si un mot de passe est oublié ou si l’ordinateur est remplacé. Il n’est montré qu’une "
    "fois\u00a0: rangez-le au coffre du bureau, jamais avec l’ordinateur."
)


PUT_AWAY = "J’ai rangé le code au bureau"
_KIND = "Fichiers PDF (*.pdf)"
_KEY = "Écrit sur la clé\u00a0: {}. Cette clé reste au bureau, jamais avec l’ordinateur."
_NO_KEY = "La clé n’a pas pu être écrite. Le code reste affiché ici\u00a0: choisissez un autre endroit, ou notez-le."


class RecoveryCode(QWidget):
    """`kept` tells whether somebody says it is put away."""

    kept = Signal(bool)

    def __init__(self, code: str) -> None:
        super().__init__()
        shown = label(code, "h1")
        shown.setAccessibleName(f"Code de secours\u00a0: {code}")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = button("Copier", lambda: copy_secret(code))
        self.print = button("Imprimer…", lambda: print_code(self.window(), code))
        self.put_away = QCheckBox(PUT_AWAY)
        self.put_away.toggled.connect(self.kept)
        self.key = button("Copier sur une clé…", partial(self._choose, code))
        self._told = Said()
        buttons = (row(self.copy, self.print, -1, spacing=10), row(self.key, -1), self._told)
        acts = column(-1, *buttons, self.put_away, -1, spacing=10)
        beside = row(QrCode(code, "Code de secours", 132, enlarges=False), acts, spacing=20)
        beside.setStretch(1, 1)
        self.setLayout(column(label(WHAT, "second", wrap=True), shown, beside, spacing=12))

    def _choose(self, code: str) -> None:
        name = str(Path.home() / "code-de-secours.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self.window(), "Code de secours, sur la clé du bureau", name, _KIND)
        if chosen:
            self.write(code, Path(chosen))

    def write(self, code: str, file: Path) -> None:
        """The page to print, as a PDF on the office's key."""
        done = write_code(file, code)
        self._told.say(_KEY.format(file.name) if done else _NO_KEY, "ok" if done else "err")


def write_code(file: Path, code: str) -> bool:
    """The same page as a PDF, whole or not at all; False where it cannot be written."""
    from PySide6.QtCore import QBuffer, QIODevice, QSaveFile
    from PySide6.QtGui import QPdfWriter

    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(drawn)
    writer.setTitle("Milo Mobile")
    sheet(code, QSysInfo.machineHostName()).print_(writer)
    out = QSaveFile(str(file))
    return out.open(QIODevice.OpenModeFlag.WriteOnly) and out.write(drawn.data()) > 0 and out.commit()


def print_code(window: QWidget, code: str) -> None:
    """The system's print dialog, then one page."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    printer.setDocName("Milo Mobile")
    dialog = QPrintDialog(printer, window)
    if dialog.exec():
        sheet(code, QSysInfo.machineHostName()).print_(printer)


def sheet(code: str, laptop: str) -> QTextDocument:
    """The page to print: for which laptop, the code, its QR code, what it is for and where it is kept."""
    made = QTextDocument()
    image = code_image(code).scaledToWidth(264)
    made.addResource(QTextDocument.ResourceType.ImageResource, QUrl("code"), image)
    made.setHtml(
        "<h1>Milo Mobile\u00a0: code de secours</h1>"
        f"<p>Poste\u00a0: {escape(laptop)}</p>"
        f"<p style='font-size: 18pt; font-weight: 600'>{code}</p><p><img src='code'></p><p>{escape(WHAT)}</p>"
        "<p>Écran d’ouverture, «\u00a0Mot de passe oublié\u00a0: utiliser le code de secours\u00a0». Un trait d’union, une espace, "
        "O ou 0, I, L ou 1\u00a0: tout est lu.</p>"
    )
    return made
