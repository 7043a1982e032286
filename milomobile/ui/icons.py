"""Outline icons (Tabler, MIT), drawn in the theme shown when they are painted: nothing is set anew when it changes."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from milomobile.paths import RESOURCES
from milomobile.ui import look

OF_TONE = {"info": "info-circle", "warn": "alert-triangle", "err": "alert-octagon", "ok": "circle-check"}
"""What stands before a sentence of a tone: a form of its own for each, so that none is told by its colour alone."""


def pixmap(name: str, token: str = "text2", size: int = 20, ratio: float = 1.0) -> QPixmap:
    """The icon `size` logical pixels wide on a screen of that ratio; kept, for lists that are painted often."""
    ink = look.colour(token).name()
    key = f"{name} {ink} {size} {ratio}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = _drawn(name, ink, size, ratio)
        QPixmapCache.insert(key, drawn)
    return drawn


def _drawn(name: str, ink: str, size: int, ratio: float) -> QPixmap:
    svg = _svg(name).replace("currentColor", ink)
    if size > 16:
        svg = svg.replace('stroke-width="2"', 'stroke-width="1.75"')
    side = round(size * ratio)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _svg(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def draw(painter: QPainter, left: int, top: int, name: str, token: str, size: int) -> None:
    """Paints the icon, `size` logical pixels wide, sharp on the painter's screen."""
    painter.drawPixmap(left, top, pixmap(name, token, size, painter.device().devicePixelRatioF()))


class _Engine(QIconEngine):
    """Draws the icon each time, in the theme of that time; paler on what is disabled, in colour on what is chosen."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """At the left of the box, without the gap."""
        on = "primary" if state == QIcon.State.On and self._token == "text2" else self._token
        token = "text3" if mode == QIcon.Mode.Disabled else on
        size = min(rect.height(), rect.width())
        draw(painter, rect.left(), rect.top() + (rect.height() - size) // 2, self._name, token, size)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The same on its own."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """The same for a screen of that ratio; `size` is in logical pixels."""
        drawn = QPixmap(size * scale)
        drawn.fill(Qt.GlobalColor.transparent)
        drawn.setDevicePixelRatio(scale)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        """Any size is drawn."""
        return size

    def isNull(self) -> bool:
        """Never."""
        return False

    def clone(self) -> QIconEngine:
        """Another like it."""
        return _Engine(self._name, self._token)


@cache
def icon(name: str, token: str = "text2") -> QIcon:
    """The same for a button, as large as its icon size is high."""
    return QIcon(_Engine(name, token))


def put(button: QAbstractButton, name: str, token: str = "text2", size: int = 20, gap: int = 0) -> None:
    """Gives a button its icon, that grows with the text; `gap` is left empty at its right, before the words."""
    button.setIcon(icon(name, token))
    look.sized(button, icon_width=size + gap, icon_height=size)


class Picture(QWidget):
    """The same beside words that say it: it has no name for screen readers."""

    def __init__(self, name: str, token: str, size: int) -> None:
        super().__init__()
        self.name, self._token, self._size = name, token, size
        look.sized(self, width=size, height=size)

    def show_other(self, name: str, token: str = "text2") -> None:
        """Another one, as large."""
        self.name, self._token = name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """It fills the widget."""
        painter = QPainter(self)
        draw(painter, 0, 0, self.name, self._token, look.px(self._size))
        painter.end()


def picture(name: str, token: str = "text2", size: int = 20) -> Picture:
    """An icon among words."""
    return Picture(name, token, size)
