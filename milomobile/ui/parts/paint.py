"""Brush strokes shared by painted widgets: texts, discs, pills, keycaps, the focus ring; pixels, colours by token."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from milomobile.ui.icons import pixmap
from milomobile.ui.look import FAMILY, LIGHT

BODY, SMALL = 21, 19
"""Line heights of a row's first line and of those below."""
_STYLES = {
    "strong": (15, QFont.Weight.DemiBold),
    "medium": (15, QFont.Weight.Medium),
    "body": (15, QFont.Weight.Normal),
    "caption": (13, QFont.Weight.Normal),
    "pill": (13, QFont.Weight.DemiBold),
    "key": (12, QFont.Weight.Medium),
}
_TONES = {
    "neutral": ("sunken", "text2", ""),
    "ok": ("oksoft", "on_oksoft", "check"),
    "warn": ("warnsoft", "on_warnsoft", "pencil"),
    "info": ("infosoft", "on_infosoft", "clock"),
}
"""Ground, text and icon of a pill."""
_DISCS = {
    "primary": ("psoft", "on_psoft"),
    "quiet": ("sunken", "text2"),
    "warn": ("warnsoft", "on_warnsoft"),
    "selected": ("surface", "on_psoft"),
}


def font(style: str, size: int = 0) -> QFont:
    """The font of a style, or of that weight at another size in pixels."""
    pixels, weight = _STYLES[style]
    made = QFont(FAMILY)
    made.setPixelSize(size or pixels)
    made.setWeight(weight)
    return made


def width(painter: QPainter, text: str, style: str) -> int:
    """How wide a text is, in pixels."""
    return QFontMetrics(font(style), painter.device()).horizontalAdvance(text)


def words(painter: QPainter, left: int, box: QRect, text: str, style: str, token: str) -> None:
    """A text from `left` to the box's right edge, elided there and centred in its height."""
    room = QRect(left, box.top(), max(0, box.right() - left), box.height())
    painter.setFont(font(style))
    painter.setPen(QColor(LIGHT[token]))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def words_right(painter: QPainter, box: QRect, text: str, style: str, token: str) -> int:
    """A text against the box's right edge; returns where it begins."""
    left = box.right() - width(painter, text, style) - 2
    words(painter, left, box.adjusted(0, 0, 4, 0), text, style, token)
    return left


def box(painter: QPainter, rect: QRect, token: str, radius: int) -> None:
    """A filled box with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT[token]))
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def framed(painter: QPainter, rect: QRect, token: str, edge: str, radius: int) -> None:
    """The same with a hairline around it."""
    painter.setPen(QPen(QColor(LIGHT[edge]), 1))
    painter.setBrush(QColor(LIGHT[token]))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def rule(painter: QPainter, left: int, right: int, y: int) -> None:
    """A hairline."""
    painter.fillRect(QRect(left, y, right - left, 1), QColor(LIGHT["line"]))


def avatar(painter: QPainter, disc: QRect, letters: str, picture: str = "", tone: str = "primary") -> None:
    """A disc with two letters, or with an icon where there are none: a person's if not said otherwise."""
    ground, ink = _DISCS[tone]
    box(painter, disc, ground, disc.width() // 2)
    if letters:
        painter.setFont(font("strong", round(disc.width() * 0.37)))
        painter.setPen(QColor(LIGHT[ink]))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, letters)
    else:
        size = disc.width() // 2
        at = disc.topLeft()
        painter.drawPixmap(
            at.x() + (disc.width() - size) // 2, at.y() + size // 2, pixmap(picture or "user", ink, size)
        )


def pill(painter: QPainter, right: int, inner: QRect, text: str, tone: str) -> int:
    """A state in words with its icon, against `right`; returns its left edge."""
    ground, ink, picture = _TONES[tone]
    icon = 18 if picture else 0
    wide = width(painter, text, "pill") + icon + 20
    rect = QRect(right - wide, inner.center().y() - 12, wide, 26)
    box(painter, rect, ground, 13)
    if picture:
        painter.drawPixmap(rect.left() + 8, rect.top() + 6, pixmap(picture, ink, 14))
    words(painter, rect.left() + icon + 10, rect, text, "pill", ink)
    return rect.left()


def act(painter: QPainter, right: int, inner: QRect, text: str) -> int:
    """What a click on the row does, drawn as a tonal button; returns its left edge."""
    wide = width(painter, text, "strong") + 30
    rect = QRect(right - wide, inner.center().y() - 17, wide, 36)
    box(painter, rect, "psoft", 8)
    words(painter, rect.left() + 15, rect, text, "strong", "on_psoft")
    return rect.left()


def keycap(painter: QPainter, left: int, inner: QRect, text: str, ink: str, ground: str = "") -> None:
    """A key's name in a small frame, centred in the height of `inner`."""
    rect = QRectF(left + 0.5, inner.center().y() - 10.5, keycap_width(text) - 1, 22)
    edge = QColor(LIGHT[ink])
    edge.setAlphaF(0.45)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(QColor(LIGHT[ground]) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setFont(font("key"))
    painter.setPen(QColor(LIGHT[ink]))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def keycap_width(text: str) -> int:
    """How wide a keycap is, in pixels."""
    return QFontMetrics(font("key")).horizontalAdvance(text) + 17


def ring(painter: QPainter, rect: QRect, radius: int = 8) -> None:
    """The focus ring along the inside of a box: the focus colour outside, the halo within."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, token in ((1.0, "focus"), (3.0, "halo")):
        painter.setPen(QPen(QColor(LIGHT[token]), 2))
        painter.drawRoundedRect(
            QRectF(rect).adjusted(inset, inset, -inset, -inset), radius + 2 - inset, radius + 2 - inset
        )
