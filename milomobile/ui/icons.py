"""Outline icons (Tabler, MIT) in the colours of the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from milomobile.paths import RESOURCES
from milomobile.ui.look import LIGHT


def pixmap(name: str, token: str = "text2", size: int = 20) -> QPixmap:
    """The icon drawn at twice its logical size, sharp at 200 %; kept, for lists that are painted often."""
    key = f"{name} {token} {size}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = _drawn(name, token, size)
        QPixmapCache.insert(key, drawn)
    return drawn


def _drawn(name: str, token: str, size: int) -> QPixmap:
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", LIGHT[token])
    if size > 16:
        svg = svg.replace('stroke-width="2"', 'stroke-width="1.75"')
    drawn = QPixmap(size * 2, size * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    drawn.setDevicePixelRatio(2)
    return drawn


def icon(name: str, token: str = "text2", size: int = 20) -> QIcon:
    """The same for a button."""
    return QIcon(pixmap(name, token, size))


def apart(name: str, token: str, size: int, gap: int) -> QIcon:
    """The same with `gap` empty pixels at its right, where the words beside it stand too near."""
    drawn = QPixmap((size + gap) * 2, size * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(2)
    painter = QPainter(drawn)
    painter.drawPixmap(0, 0, pixmap(name, token, size))
    painter.end()
    return QIcon(drawn)


def picture(name: str, token: str = "text2", size: int = 20) -> QLabel:
    """The same as a label without a name for screen readers: the words beside it say it."""
    label = QLabel()
    label.setPixmap(pixmap(name, token, size))
    label.setFixedSize(size, size)
    return label
