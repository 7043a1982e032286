"""A picture of the guide as large as the window has room for."""

from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from milomobile.ui import look
from milomobile.ui.parts.boxes import button
from milomobile.ui.parts.sheet import Sheet

_WIDEST, _AROUND = 1440, 32
"""Logical pixels: of the sheet, and around it."""


class EnlargedSheet(Sheet):
    """The picture of `file`, which is of invented people; `words` say what is seen."""

    guide = None
    nameless = True

    def __init__(self, file: str, words: str, parent: QWidget | None) -> None:
        super().__init__(words, parent, _WIDEST)
        look.measured(self, EnlargedSheet._widen_over)
        self.picture = _Picture(file)
        self.picture.setAccessibleName(words)
        self.body.addWidget(self.picture)
        close = button("Fermer", self.accept, "primary")
        self.foot.addWidget(close)
        close.setFocus()

    def _widen_over(self) -> None:
        """As wide as the window that the help is over."""
        over: QWidget | None = self
        while over and over.parentWidget():
            over = over.parentWidget()
        self.setFixedWidth(min(_WIDEST, (over or self).width() - _AROUND))


class _Picture(QLabel):
    """As wide as it is let be, in its own shape."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._drawn = QPixmap(file)
        self.setScaledContents(True)
        self.setPixmap(self._drawn)
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its height follows its width."""
        super().resizeEvent(event)
        self.setFixedHeight(max(1, self.width() * self._drawn.height() // max(1, self._drawn.width())))
