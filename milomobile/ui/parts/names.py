"""Names painted in any script, the letters typed lit up."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from milomobile.domain.texts import plain
from milomobile.ui import look
from milomobile.ui.parts.paint import font


def write(painter: QPainter, box: QRect, text: str, typed: str = "") -> int:
    """A name in bold, the letters typed lit up, elided; returns its right edge. Any script, read from the left."""
    bold = font("strong")
    metrics = QFontMetrics(bold, painter.device())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, box.width()))
    layout = QTextLayout(shown, bold, painter.device())
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.setFormats([_lit(start, length) for start, length in found(shown, typed)])
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    painter.setPen(look.colour("text"))
    layout.draw(painter, QPointF(box.left(), box.top() + (box.height() - line.height()) / 2))
    return box.left() + round(line.naturalTextWidth())


def found(text: str, typed: str) -> list[tuple[int, int]]:
    """Where the words typed begin a word of `text`, without accents: (start, length) in UTF-16 units."""
    parts, place = [], 0
    for word in text.split(" "):
        for one in plain(typed).split():
            length = next((n for n in range(1, len(word) + 1) if plain(word[:n]) == one), 0)
            if length:
                parts.append((_units(text[:place]), _units(word[:length])))
                break
        place += len(word) + 1
    return parts


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _lit(start: int, length: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    lit = QTextCharFormat()
    lit.setBackground(look.colour("asoft"))
    lit.setForeground(look.colour("on_asoft"))
    made.format = lit
    return made
