"""Chips above a list: one of them is always on, each says how many it lets through."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from milomobile.ui.parts.boxes import chip
from milomobile.ui.parts.flow import Flow
from milomobile.ui.parts.spoken import figure

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Chips(QWidget):
    """Of (name, words), the first on at the start; `changed` is called when another is chosen."""

    def __init__(self, named: Iterable[tuple[str, str]], said: str, changed: Callable[[], object]) -> None:
        super().__init__()
        self._words = dict(named)
        self.setAccessibleName(said)
        lines = Flow(6)
        self.buttons = {name: chip(words, partial(self._pressed, name)) for name, words in self._words.items()}
        for made in self.buttons.values():
            lines.addWidget(made)
            made.installEventFilter(self)
        self.setLayout(lines)
        self.name, self._changed = next(iter(self._words)), changed
        self.choose(self.name)

    @property
    def words(self) -> str:
        """Those of the chip that is on."""
        return self._words[self.name]

    def choose(self, name: str) -> None:
        """Puts one on, without a word."""
        self.name = name
        self.buttons[name].setChecked(True)

    def count(self, counts: Mapping[str, int]) -> None:
        """How many each lets through."""
        for name, made in self.buttons.items():
            made.setText(f"{self._words[name]}\u00a0\u00a0{figure(counts[name])}")
            made.setAccessibleName(f"{self._words[name]}, {counts[name]}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go through them in their order, whatever line each stands on."""
        step = _STEPS.get(Qt.Key(event.key())) if isinstance(event, QKeyEvent) else None
        if step is None or event.type() != QEvent.Type.KeyPress:
            return False
        made = list(self.buttons.values())
        at = list(self.buttons).index(self.name) + step
        if 0 <= at < len(made):
            made[at].setFocus()
            made[at].click()
        return True

    def _pressed(self, name: str) -> None:
        if name != self.name:
            self.name = name
            self._changed()
