"""Where someone signs: with a pen, a finger or the mouse; dark on white in every theme."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from milomobile.domain.strokes import Point, is_signature, packed, unpacked
from milomobile.ui import look, tokens
from milomobile.ui.parts.heard import heard_as


class Pad(QWidget):
    """`changed` after each stroke. Fingers come as the mouse does; the keyboard passes by (signing is never required)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[Point]] = []
        self._drawing = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.sized(self, least_height=96)
        self.setCursor(Qt.CursorShape.CrossCursor)
        heard_as(self, QAccessible.Role.Graphic)

    def sizeHint(self) -> QSize:
        """As in the picture."""
        return QSize(504, 150)

    def text(self) -> str:
        """What was drawn, as `domain.strokes` keeps it."""
        return packed(self._strokes)

    def show_text(self, text: str) -> None:
        """Draws a signature kept; raises ValueError where the text is none."""
        self._strokes = unpacked(text)
        self.update()

    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def is_signed(self) -> bool:
        """Whether what was drawn is more than a dot."""
        return is_signature(self._strokes, self.width())

    def clear(self) -> None:
        """Begins again."""
        self._strokes = []
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._draw(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QEvent.Type.TabletMove:
            self._draw(event.position())
        else:
            self._end()
        event.accept()

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([self._share(at)])
        self.update()

    def _draw(self, at: QPointF) -> None:
        if self._drawing:
            self._strokes[-1].append(self._share(at))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def _share(self, at: QPointF) -> Point:
        return min(1.0, max(0.0, at.x() / self.width())), min(1.0, max(0.0, at.y() / self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, a dashed line to sign on, and the strokes, smoothed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("control"), 1))
        painter.setBrush(QColor(tokens.PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(QPen(QColor(tokens.DASHES), 1, Qt.PenStyle.DashLine))
        base = round(self.height() * 0.85)
        painter.drawLine(20, base, self.width() - 20, base)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(QColor(tokens.INK), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for stroke in self._strokes:
            painter.drawPath(self._path(stroke))
        painter.end()

    def _path(self, stroke: list[Point]) -> QPainterPath:
        points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
        path = QPainterPath(points[0])
        for before, after in pairwise(points[1:]):
            path.quadTo(before, (before + after) / 2)
        path.lineTo(points[-1] + QPointF(0.01, 0))
        return path
