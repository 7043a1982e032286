"""The disc with somebody's letters."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from milomobile.ui.parts import paint


class Disc(QWidget):
    """Two letters, or an icon, on a disc `size` pixels wide; the name beside it says the same to screen readers."""

    def __init__(self, letters: str, size: int = 36, tone: str = "primary", picture: str = "") -> None:
        super().__init__()
        self._letters, self._tone, self._picture = letters, tone, picture
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc fills the widget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.avatar(painter, self.rect(), self._letters, self._picture, self._tone)
        painter.end()
