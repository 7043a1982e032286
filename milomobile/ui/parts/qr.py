"""A QR code that a telephone reads off the screen: whole pixels, black on white in every theme; a click enlarges it."""

import math

import segno
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from milomobile.ui.parts.boxes import button, label, row
from milomobile.ui.parts.sheet import Sheet

QUIET = 4
"""White modules around the code (ISO/IEC 18004)."""
_LARGE = 320


class QrCode(QAbstractButton):
    """`text` as a square at least `size` pixels wide; `name` is what screen readers say."""

    def __init__(self, text: str, name: str, size: int = 168, enlarges: bool = True) -> None:
        super().__init__()
        self._image = code_image(text)
        self._text, self._name = text, name
        modules = self._image.width()
        side = modules * math.ceil(size / modules)
        self.setFixedSize(side, side)
        self.setAccessibleName(name)
        if enlarges:
            self.setToolTip("Agrandir")
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._enlarge)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The square."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Modules of a whole number of the screen's own pixels, so that none is blurred at 125 %."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        ratio = self.devicePixelRatioF()
        pixels = round(self.width() * ratio)
        side = self._image.width() * (pixels // self._image.width())
        drawn = QPixmap.fromImage(self._image.scaled(side, side))
        drawn.setDevicePixelRatio(ratio)
        at = (pixels - side) // 2 / ratio
        painter.drawPixmap(QRect(round(at), round(at), 0, 0).topLeft(), drawn)
        painter.end()

    def _enlarge(self) -> None:
        show_code(self.window(), self._name, self._text)


def code_image(text: str) -> QImage:
    """One pixel a module, with its white margin."""
    rows = list(segno.make(text, error="m", micro=False, encoding="utf-8").matrix_iter(border=QUIET))
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, line in enumerate(rows):
        for x, dark in enumerate(line):
            if dark:
                image.setPixel(x, y, 0xFF000000)
    return image


def show_code(window: QWidget, title: str, text: str) -> Sheet:
    """A sheet with the code large enough to be read at arm's length; the program does not wait for its end."""
    sheet = Sheet(title, window, 480)
    code = QrCode(text, title, _LARGE, enlarges=False)
    sheet.body.addLayout(row(-1, code, -1))
    said = label("À scanner avec son téléphone.", "strong", wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    sheet.body.addWidget(said)
    sheet.foot.addWidget(button("Fermer", sheet.accept, "primary"))
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet
