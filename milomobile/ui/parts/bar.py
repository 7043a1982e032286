"""A hidden text: initials to a screen reader, a bar to the eye."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from milomobile.ui.parts import paint

_WIDE = 160


class Bar(QLabel):
    """As high as the text would be, of a width that tells nothing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = max(10, self.fontMetrics().xHeight() + 4)
        top = (min(self.height(), self.fontMetrics().height()) - high) // 2
        paint.box(painter, QRect(0, top, min(_WIDE, self.width()), high), "line", high // 2)
        painter.end()
