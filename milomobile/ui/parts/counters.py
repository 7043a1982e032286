"""A number of people: typed, or moved by its two buttons or the arrows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from milomobile.ui import look
from milomobile.ui.parts.boxes import label, row

_MOST = 999


class Counter(QWidget):
    """From 0 to 999, with the word of what is counted."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = _Number()
        self.edit.setAccessibleName(name)
        less, more = self._button("−", -1, f"Moins de {name}"), self._button("+", 1, f"Plus de {name}")
        self.setLayout(row(less, self.edit, more, 4, label(name, "caption"), spacing=0))

    def value(self) -> int:
        """How many."""
        return self.edit.value()

    def _button(self, text: str, by: int, name: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setAccessibleName(name)
        made.setAutoRepeat(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.sized(made, width=30, height=40)
        made.clicked.connect(lambda: self.edit.step(by))
        return made


class _Number(QLineEdit):
    def __init__(self) -> None:
        super().__init__("0")
        self.setValidator(QIntValidator(0, _MOST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("kind", "number")
        look.sized(self, width=50)

    def value(self) -> int:
        return int(self.text() or 0)

    def step(self, by: int) -> None:
        self.setText(str(min(_MOST, max(0, self.value() + by))))
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if by:
            self.step(by)
        else:
            super().keyPressEvent(event)
