"""Questions that are folded away behind a ▸ until somebody asks for them."""

from PySide6.QtWidgets import QLayout, QWidget

from milomobile.ui import look
from milomobile.ui.icons import icon
from milomobile.ui.parts.boxes import button, column, holder, label, row


class Fold(QWidget):
    """A line to click or to press with Espace, and what it opens; `note` stands above the questions."""

    def __init__(self, title: str, inside: QLayout, note: str = "", drawn: str = "") -> None:
        super().__init__()
        self._title, self._drawn = title, drawn
        self.toggle = button(title, lambda: self.open(not self.is_open()), "fold")
        look.sized(self.toggle, icon_width=24, icon_height=18)
        self._note = label(note, "second", wrap=True)
        self.questions = holder(inside)
        self._body = holder(column(self._note, self.questions, spacing=10))
        self.setLayout(column(row(self.toggle, -1), self._body, spacing=6))
        self._note.setVisible(bool(note))
        self.open(False)

    def is_open(self) -> bool:
        """Whether what is inside can be seen."""
        return not self._body.isHidden()

    def open(self, opened: bool) -> None:
        """Shows or hides what is inside."""
        self._body.setVisible(opened)
        self.toggle.setIcon(icon("chevron-down" if opened else self._drawn or "chevron-right", "primary"))
        self.toggle.setAccessibleName(f"{self._title}, {'ouvert' if opened else 'replié'}")

    def say(self, note: str, asked: bool) -> None:
        """The sentence above the questions, and whether these are asked at all."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.questions.setVisible(asked)
