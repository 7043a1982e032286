"""The focus ring: one overlay around the widget that has the keyboard, outside its edge, never cut by its parents."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from shiboken6 import isValid

from milomobile.ui import look
from milomobile.ui.parts.rows import paints_ring

_ROOM = 5
_WITHIN = 4
"""Pixels by which the ring goes inwards where what is beside has any colour: another segment, the edge of a field."""
_KINDS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextBrowser
)  # fmt: skip
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Ring(QWidget):
    """Two lines, 2 px each, around `target`: the halo, then the focus colour; it lies in what scrolls, or the window."""

    def __init__(self, target: QWidget) -> None:
        self._watched = _up_to_host(target)
        super().__init__(self._watched.pop())
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for one in self._watched:
            one.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the target and what it stands in."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None or not isValid(self._target):
            return
        at = self._target.mapTo(host, QPoint(0, 0))
        size = self._target.size()
        if isinstance(self._target, QCheckBox):
            size.setWidth(min(size.width(), self._target.sizeHint().width() + 4))
        room = _ROOM - (_WITHIN if self._target.property("kind") in ("segment", "eye") else 0)
        self.setGeometry(at.x() - room, at.y() - room, size.width() + 2 * room, size.height() + 2 * room)
        self.setVisible(self._target.isVisibleTo(host))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = self._target.property("kind") if isValid(self._target) else ""
        radius = look.px({"segment": 6, "chip": 15, "link": 4}.get(kind, 10 if kind else 8))
        for inset, grown, token in ((2, 3, "focus"), (4, 1, "halo")):
            painter.setPen(QPen(look.colour(token), 2))
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, radius + grown, radius + grown)
        painter.end()


def _up_to_host(target: QWidget) -> list[QWidget]:
    """The target and those it stands in, up to the widget that scrolls or the window: the ring's place."""
    chain = [target]
    while (above := chain[-1].parentWidget()) is not None:
        chain.append(above)
        within = above.parentWidget()
        if above.isWindow() or (within is not None and isinstance(within.parentWidget(), QScrollArea)):
            break
    return chain


class Follower(QObject):
    """Moves the ring with the focus of the application, as long as its window lives."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ring: Ring | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.setParent(None)
            self._ring.deleteLater()
        self._ring = Ring(now) if now is not None and _ringed(now) else None


def _ringed(widget: QWidget) -> bool:
    """Lists of Rows paint the ring on their row, unless they have none; a popup needs none."""
    if widget.isWindow() or widget.parentWidget() is None or not isinstance(widget, _KINDS):
        return False
    return not (isinstance(widget, QAbstractItemView) and paints_ring(widget))
