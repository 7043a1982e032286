"""People to choose from where they are many: a list, and a field that looks in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from milomobile.domain.texts import plain
from milomobile.ui import look
from milomobile.ui.parts.boxes import column, label
from milomobile.ui.parts.fields import Field


class PeopleList(QWidget):
    """The first is chosen; what is typed leaves those whose name holds it, whatever the accents."""

    changed = Signal()

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self.sought = Field("Chercher une personne")
        self.sought.changed.connect(self._filter)
        self.list = QListWidget()
        self.list.setObjectName("completions")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems(list(names))
        look.sized(self.list, height=150)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _: self.changed.emit())
        self.setLayout(column(label(title, "h2"), self.sought, self.list, spacing=8))

    def value(self) -> str:
        """The name chosen."""
        return self._names[max(0, self.list.currentRow())]

    def _filter(self) -> None:
        wanted = plain(self.sought.text())
        shown = [row for row, name in enumerate(self._names) if wanted in plain(name)]
        for row in range(len(self._names)):
            self.list.item(row).setHidden(bool(shown) and row not in shown)
        self.sought.say("" if shown else "Personne de ce nom sur ce poste.", "warn")
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
