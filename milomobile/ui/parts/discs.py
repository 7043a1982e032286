"""Discs: somebody's letters, the dots of a line of time, the points of a list."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from milomobile.ui import look
from milomobile.ui.parts import paint


class Disc(QWidget):
    """Two letters, or an icon, on a disc `size` pixels wide; the name beside it says the same to screen readers."""

    def __init__(self, letters: str, size: int = 36, tone: str = "primary", picture: str = "") -> None:
        super().__init__()
        self._letters, self._tone, self._picture = letters, tone, picture
        look.sized(self, width=size, height=size)

    def tone(self, tone: str) -> None:
        """Another ground and ink."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc fills the widget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.avatar(painter, self.rect(), self._letters, self._picture, self._tone)
        painter.end()


class Dot(QWidget):
    """A step on a vertical line: gold while it goes on, grey once over, hollow while to come; the last has no line below."""

    def __init__(self, going: bool, last: bool, height: int = 0, hollow: bool = False) -> None:
        super().__init__()
        self._going, self._last, self._hollow = going, last, hollow
        look.sized(self, width=22)
        if height:
            look.sized(self, height=height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dot at the top, the line below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, y = look.px(10), look.px(11)
        if not self._last:
            paint.box(painter, QRect(middle - 1, y + 12, 2, self.height() - y - 14), "line", 0)
        if self._going:
            paint.box(painter, QRect(middle - 9, y - 9, 18, 18), "asoft", 9)
        radius, token = (6, "accent") if self._going else (5, "text2")
        paint.box(painter, QRect(middle - radius, y - radius, 2 * radius, 2 * radius), token, radius)
        if self._hollow:
            paint.box(painter, QRect(middle - 3, y - 3, 6, 6), "surface", 3)
        painter.end()


class Bullet(QWidget):
    """A point before a line of a list, or after a title, gold unless said otherwise; so many pixels wide."""

    def __init__(self, token: str = "accent", size: int = 8) -> None:
        super().__init__()
        self._token, self._size = token, size
        look.sized(self, width=size, height=18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Level with the first line of the text beside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(self._size)
        paint.box(painter, QRect(0, look.px(6), side, side), self._token, side // 2)
        painter.end()
