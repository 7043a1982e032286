"""What follows from the answers, computed at once: age, minor, duty of training…"""

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame

from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import clear, column, label, row
from milomobile.ui.parts.discs import Bullet


class Facts(QFrame):
    """Hidden while nothing is known yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._shown: tuple[str, ...] = ()
        self._lines = column(spacing=6)
        head = row(picture("list-check", "primary", 22), label("D’après ces réponses", "h2"), -1)
        self.setLayout(column(head, self._lines, spacing=9, margins=(20, 16, 20, 18)))
        self.hide()

    def show_facts(self, facts: Iterable[str]) -> None:
        """One line a fact; nothing is drawn again where nothing changed."""
        found = tuple(facts)
        if found == self._shown:
            return
        self._shown = found
        clear(self._lines)
        for fact in found:
            line = row(column(Bullet(), -1), label(fact, "second", wrap=True), spacing=8)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
        self.setVisible(bool(found))

    def texts(self) -> list[str]:
        """What is shown."""
        return list(self._shown)
