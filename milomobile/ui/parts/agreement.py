"""One agreement that somebody may give: a large tile with its check, unticked until they tick it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from milomobile.ui import icons, look
from milomobile.ui.parts.boxes import column, label, row

_BOX = 26


class Agreement(QPushButton):
    """The whole tile is pressed; `more` is a second line."""

    def __init__(self, checked: bool) -> None:
        super().__init__()
        self.setProperty("kind", "agree")
        self.setCheckable(True)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._head, self._more = label("", "person_agree", wrap=True), label("", "second", wrap=True)
        inside = column(-1, self._head, self._more, -1, spacing=2)
        self.setLayout(row(_BOX + 36, inside, 16, spacing=0, margins=(0, 8, 0, 8)))
        for part in (self._head, self._more):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, head: str, more: str = "") -> None:
        """The words, in the language chosen."""
        self._head.setText(head)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(head)
        self.setAccessibleDescription(more)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its words."""
        layout = self.layout()
        assert layout is not None
        return QSize(layout.sizeHint().width(), max(52, layout.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """The same height, as narrow as need be."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tile by the style sheet, its box by hand at the side where the writing begins."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 20 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - 20 - _BOX
        top = (self.height() - _BOX) // 2
        checked = self.isChecked()
        painter.setPen(QPen(look.colour("primary" if checked else "control"), 2))
        painter.setBrush(look.colour("primary" if checked else "surface"))
        painter.drawRoundedRect(left + 1, top + 1, _BOX - 2, _BOX - 2, 5, 5)
        if checked:
            icons.draw(painter, left + 3, top + 3, "check", "on_primary", 20)
        painter.end()
