"""People to choose from, as tiles: disc, name, check mark."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from milomobile.domain.texts import initials
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import column, label, row
from milomobile.ui.parts.discs import Disc


class PeopleTiles(QWidget):
    """Who is there, two beside each other; the first is chosen. Arrows move, space chooses."""

    changed = Signal()

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__()
        self._names, self._group, grid = tuple(names), QButtonGroup(self), QGridLayout()
        grid.setSpacing(12)
        for place, name in enumerate(names):
            made = _Tile(name)
            self._group.addButton(made, place)
            grid.addWidget(made, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(lambda _, chosen: self.changed.emit() if chosen else None)
        self.setLayout(column(label(title, "h2"), grid, spacing=10))

    def value(self) -> str:
        """The name chosen."""
        return self._names[self._group.checkedId()]


class _Tile(QPushButton):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("kind", "tile")
        self.setAccessibleName(name)
        first, _, last = name.partition(" ")
        self._disc, self._mark = Disc(initials(first, last), 40), picture("check", "primary", 18)
        self._mark.hide()
        self.toggled.connect(self._show)
        self.setLayout(row(self._disc, label(name, "strong"), -1, self._mark, spacing=12, margins=(14, 8, 14, 8)))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _show(self, chosen: bool) -> None:
        self._mark.setVisible(chosen)
        self._disc.tone("selected" if chosen else "primary")
