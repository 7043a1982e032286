"""The recovery code, shown once: as text and as a QR code, to copy or to print for the office's safe."""

from html import escape

from PySide6.QtCore import QSysInfo, Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QCheckBox, QWidget

from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.qr import QrCode, code_image
from milomobile.ui.parts.secret_clipboard import copy_secret

WHAT = (
    "Ce code rouvre les fiches si un mot de passe est oublié ou si l’ordinateur est remplacé. Il n’est montré qu’une "
    "fois : rangez-le au coffre du bureau, jamais avec l’ordinateur."
)


class RecoveryCode(QWidget):
    """`kept` tells whether somebody says it is put away."""

    kept = Signal(bool)

    def __init__(self, code: str) -> None:
        super().__init__()
        shown = label(code, "h1")
        shown.setAccessibleName(f"Code de secours : {code}")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = button("Copier", lambda: copy_secret(code))
        self.print = button("Imprimer…", lambda: print_code(self.window(), code))
        self.put_away = QCheckBox("J’ai rangé le code au bureau")
        self.put_away.toggled.connect(self.kept)
        acts = column(-1, row(self.copy, self.print, -1, spacing=10), self.put_away, -1, spacing=14)
        beside = row(QrCode(code, "Code de secours", 132, enlarges=False), acts, spacing=20)
        beside.setStretch(1, 1)
        self.setLayout(column(label(WHAT, "second", wrap=True), shown, beside, spacing=12))


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
        "<h1>Milo Mobile : code de secours</h1>"
        f"<p>Ordinateur : {escape(laptop)}</p>"
        f"<p style='font-size: 18pt; font-weight: 600'>{code}</p><p><img src='code'></p><p>{escape(WHAT)}</p>"
        "<p>Écran d’ouverture, « Mot de passe oublié : utiliser le code de secours ». Un trait d’union, une espace, "
        "O ou 0, I, L ou 1 : tout est lu.</p>"
    )
    return made
