"""One chart on the screen: sharp at every scale, its bars reached by mouse and by keyboard, copied as a picture."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QByteArray, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from milomobile.domain import charting
from milomobile.domain.charting import Chart, Drawn, Kind, Spot
from milomobile.ui import look
from milomobile.ui.parts import paint
from milomobile.ui.parts.heard import heard_as
from milomobile.ui.parts.spoken import announce

Draw = Callable[[Chart, Mapping[str, str], int, bool], Drawn]
_LEAST, _EDGE, _TWICE = 240, 4, 2
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChartView(QWidget):
    """As high as the chart needs at its width. `asked` says whose bar was clicked, or left with Entrée, and its words."""

    asked = Signal(str, str)
    table_asked = Signal()

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw
        self._chart: Chart | None = None
        self._leaving: Chart | None = None
        self._drawn = Drawn("", 0, 0, ())
        self._renderer = QSvgRenderer(self)
        self._at = 0
        heard_as(self, QAccessible.Role.Chart)
        self.setMouseTracking(True)
        look.sized(self, least_width=_LEAST)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where the bars are."""
        return self._drawn.spots

    def show_chart(self, chart: Chart, leaving: Chart | None = None) -> None:
        """Shows another chart in its place; `leaving` is the one whose picture is copied."""
        self._chart, self._leaving, self._at = chart, leaving or chart, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(chart.title)
        self._redraw()
        said = (charting.words(chart, number) for number in range(len(chart.marks)))
        self.setAccessibleDescription("\u00a0; ".join(said))

    def _redraw(self) -> None:
        if self._chart is None:
            return
        by = look.display().size / 100
        wide = round((max(look.px(_LEAST), self.width()) - 2 * _EDGE) / by)
        self._drawn = _grown(self._draw(self._chart, look.colours(), wide, False), by)
        self._renderer.load(QByteArray(self._drawn.svg.encode()))
        self.setFixedHeight(round(self._drawn.height) + 2 * _EDGE)
        self.update()

    def picture(self) -> QImage:
        """The chart as it may leave, with its title, on its ground, at twice its size."""
        assert self._leaving is not None
        ground, drawing = look.colour("surface"), look.colours()
        drawn = self._draw(self._leaving, drawing, round(self._drawn.width * 100 / look.display().size), True)
        edge = 16
        made = QImage(
            round(drawn.width + 2 * edge) * _TWICE, round(drawn.height + 2 * edge) * _TWICE, QImage.Format.Format_RGB32
        )
        made.fill(ground)
        painter = QPainter(made)
        painter.scale(_TWICE, _TWICE)
        QSvgRenderer(QByteArray(drawn.svg.encode())).render(painter, QRectF(edge, edge, drawn.width, drawn.height))
        painter.end()
        return made

    def copy(self) -> None:
        """The picture goes to the clipboard; no names and no small counts are in it."""
        QApplication.clipboard().setImage(self.picture())
        announce(self, "Image copiée.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chart, and the ring around the bar that the keyboard is at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart is not None:
            self._renderer.render(painter, QRectF(_EDGE, _EDGE, self._drawn.width, self._drawn.height))
        if self.hasFocus():
            here = self.spots[self._at] if self.spots else Spot(0, 0, self.width(), self.height(), "")
            box = QRectF(here.left, here.top, here.width + 2 * _EDGE, here.height + 2 * _EDGE)
            paint.ring(painter, box.toAlignedRect().intersected(self.rect()), 6, lies_on_colours=True)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drawn anew for its width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Drawn anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Says where it is."""
        super().focusInEvent(event)
        self._go_to(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows from bar to bar, Entrée for who is behind one, Ctrl C for the picture."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in _STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            there = self._at + _STEPS[Qt.Key(event.key())] * self._stride(event.key())
            self._go_to(there if 0 <= there < len(self.spots) else self._at)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if event.key() == Qt.Key.Key_Home else len(self.spots) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self._at)
        else:
            super().keyPressEvent(event)

    def _stride(self, key: int) -> int:
        """Up and down go from place to place where hours stand beside each other."""
        crossed = self._chart is not None and self._chart.kind == Kind.HEAT
        return len(self._chart.columns) if self._chart and crossed and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) else 1

    def _go_to(self, number: int) -> None:
        self._at = max(0, min(number, len(self.spots) - 1))
        if self.spots:
            announce(self, self.spots[self._at].words)
        self.update()

    def _ask(self, number: int | None) -> None:
        if number is not None and number < len(self.spots) and self.spots[number].behind:
            self.asked.emit(self.spots[number].behind, self.spots[number].words)

    def _under(self, event: QMouseEvent) -> int | None:
        x, y = event.position().x() - _EDGE, event.position().y() - _EDGE
        return next(
            (
                number
                for number, spot in enumerate(self.spots)
                if 0 <= x - spot.left < spot.width and 0 <= y - spot.top < spot.height
            ),
            None,
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be opened; the bar's words beside it."""
        number = self._under(event)
        opens = number is not None and bool(self.spots[number].behind)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        if number is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.spots[number].words, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a bar asks who is behind it."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and (number := self._under(event)) is not None:
            self._at = number
            self.update()
            self._ask(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The picture, or the table."""
        menu = QMenu(self)
        menu.addAction("Copier l’image\tCtrl+C", self.copy)
        menu.addAction("Voir les chiffres", self.table_asked.emit)
        menu.exec(event.globalPos())


def _grown(drawn: Drawn, by: float) -> Drawn:
    """The same picture larger, where its parts are too."""
    spots = tuple(
        replace(one, left=one.left * by, top=one.top * by, width=one.width * by, height=one.height * by)
        for one in drawn.spots
    )
    return replace(drawn, width=drawn.width * by, height=drawn.height * by, spots=spots)
