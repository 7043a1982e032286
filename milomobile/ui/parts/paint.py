"""Brush strokes shared by painted widgets: texts, discs, pills, keycaps, the focus ring; pixels, colours by token."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from milomobile.ui import icons, look, style
from milomobile.ui.look import px

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


def body() -> int:
    """Height of a row's first line."""
    return px(21)


def small() -> int:
    """Height of those below."""
    return px(19)


def font(named: str, size: int = 0) -> QFont:
    """The font of a style of ui/tokens, or of that weight at another size in pixels, at the size of the text."""
    pixels, weight = style.kinds(look.theme())[named]
    made = QFont(style.FAMILY)
    made.setPixelSize(size or px(pixels))
    made.setWeight(QFont.Weight(weight))
    return made


def width(painter: QPainter, text: str, named: str) -> int:
    """How wide a text is, in pixels."""
    return QFontMetrics(font(named), painter.device()).horizontalAdvance(text)


def words(painter: QPainter, left: int, box: QRect, text: str, named: str, token: str) -> None:
    """A text from `left` to the box's right edge, elided there and centred in its height."""
    room = QRect(left, box.top(), max(0, box.right() - left), box.height())
    painter.setFont(font(named))
    painter.setPen(look.colour(token))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def words_right(painter: QPainter, box: QRect, text: str, named: str, token: str) -> int:
    """A text against the box's right edge; returns where it begins."""
    left = box.right() - width(painter, text, named) - 2
    words(painter, left, box.adjusted(0, 0, 4, 0), text, named, token)
    return left


def box(painter: QPainter, rect: QRect, token: str, radius: int) -> None:
    """A filled box with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(token))
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def framed(painter: QPainter, rect: QRect, token: str, edge: str, radius: int) -> None:
    """The same with a hairline around it."""
    painter.setPen(QPen(look.colour(edge), 1))
    painter.setBrush(look.colour(token))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def bordered(painter: QPainter, rect: QRect, token: str, radius: int) -> None:
    """A filled box; with an edge in Plein soleil, where its ground is that of the card."""
    box(painter, rect, token, radius)
    if look.theme() == "sun":
        painter.setPen(QPen(look.colour("text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)


def marker(painter: QPainter, rect: QRect) -> None:
    """The short bar at the left edge of what is chosen: the ground alone does not tell it to everybody."""
    middle = rect.top() + rect.height() // 2
    box(painter, QRect(rect.left() + 2, middle - look.px(11), 4, look.px(22)), "primary", 2)


def rule(painter: QPainter, left: int, right: int, y: int) -> None:
    """A hairline."""
    painter.fillRect(QRect(left, y, right - left, 1), look.colour("line"))


def avatar(painter: QPainter, disc: QRect, letters: str, picture: str = "", tone: str = "primary") -> None:
    """A disc with two letters, or with an icon where there are none: a person's if not said otherwise."""
    ground, ink = _DISCS[tone]
    bordered(painter, disc, ground, disc.width() // 2)
    if letters:
        painter.setFont(font("strong", round(disc.width() * 0.37)))
        painter.setPen(look.colour(ink))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, letters)
    else:
        size = disc.width() // 2
        at = disc.topLeft()
        icons.draw(painter, at.x() + (disc.width() - size) // 2, at.y() + size // 2, picture or "user", ink, size)


def pill(painter: QPainter, right: int, inner: QRect, text: str, tone: str) -> int:
    """A state in words with its icon, against `right`; returns its left edge."""
    ground, ink, picture = _TONES[tone]
    icon = px(18) if picture else 0
    wide, high, side = width(painter, text, "pill") + icon + 20, px(26), px(14)
    rect = QRect(right - wide, inner.center().y() - high // 2 + 1, wide, high)
    bordered(painter, rect, ground, high // 2)
    if picture:
        icons.draw(painter, rect.left() + 8, rect.top() + (high - side) // 2, picture, ink, side)
    words(painter, rect.left() + icon + 10, rect, text, "pill", ink)
    return rect.left()


def act(painter: QPainter, right: int, inner: QRect, text: str) -> int:
    """What a click on the row does, drawn as a tonal button; returns its left edge."""
    wide = width(painter, text, "strong") + 30
    high = px(36)
    rect = QRect(right - wide, inner.center().y() - high // 2 + 1, wide, high)
    bordered(painter, rect, "psoft", 8)
    words(painter, rect.left() + 15, rect, text, "strong", "on_psoft")
    return rect.left()


def keycap(painter: QPainter, left: int, inner: QRect, text: str, ink: str, ground: str = "") -> None:
    """A key's name in a small frame, centred in the height of `inner`."""
    high = px(22)
    rect = QRectF(left + 0.5, inner.center().y() - (high - 1) / 2, keycap_width(text) - 1, high)
    edge = look.colour(ink)
    edge.setAlphaF(0.45)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(look.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setFont(font("key"))
    painter.setPen(look.colour(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def keycap_width(text: str) -> int:
    """How wide a keycap is, in pixels."""
    return QFontMetrics(font("key")).horizontalAdvance(text) + 17


def ring(painter: QPainter, rect: QRect, radius: int = 8, *, lies_on_colours: bool = False) -> None:
    """The focus ring along the inside of a box: the focus colour outside, the halo within.

    The other way about where it lies on colours, as between the squares of a chart: on a dark neighbour the halo is seen,
    on a light one and in the gap the focus colour.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outside, inside = ("halo", "focus") if lies_on_colours else ("focus", "halo")
    for inset, token in ((1.0, outside), (3.0, inside)):
        painter.setPen(QPen(look.colour(token), 2))
        painter.drawRoundedRect(
            QRectF(rect).adjusted(inset, inset, -inset, -inset), radius + 2 - inset, radius + 2 - inset
        )
