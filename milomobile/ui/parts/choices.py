"""Choices for fingers and digits: codes to choose from, as buttons."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPushButton,
    QWidget,
)

from milomobile.domain.texts import digits_from_azerty
from milomobile.ui import look
from milomobile.ui.icons import icon
from milomobile.ui.parts import paint
from milomobile.ui.parts.boxes import Part, column, label
from milomobile.ui.parts.fields import spoken, with_mark
from milomobile.ui.parts.said import Said

_AROUND = 8
"""Pixels beside a digit's keycap."""


class _Choice(QPushButton):
    """A button of a group, which hands its keys to the group first."""

    def __init__(self, text: str, key: Callable[[QKeyEvent], bool], kind: str, digit: str) -> None:
        super().__init__(text)
        self._key, self._digit, self._roomy = key, digit, False
        self.setCheckable(True)
        self.setProperty("kind", kind)
        look.sized(self, icon_width=20, icon_height=16)
        self.toggled.connect(partial(self._mark, "on_primary" if kind == "segment" else "primary"))

    def _mark(self, token: str, checked: bool) -> None:
        self.setIcon(icon("check", token) if checked else QIcon())

    def sizeHint(self) -> QSize:
        """Room for the check mark, so that choosing moves nothing."""
        hint = super().sizeHint()
        return QSize(hint.width() + (0 if self.isChecked() else look.px(20) + 4), hint.height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whether there is room for its digit."""
        super().resizeEvent(event)
        wide = paint.keycap_width(self._digit) + _AROUND
        self._roomy = self.width() >= self.sizeHint().width() + 2 * wide

    def paintEvent(self, event: QPaintEvent) -> None:
        """Its digit at the right end, where the words of the whole group leave room for it."""
        super().paintEvent(event)
        wide, group = paint.keycap_width(self._digit), self.group()
        if self._digit and group and all(one._roomy for one in group.buttons() if isinstance(one, _Choice)):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = "text3" if not self.isEnabled() else "on_psoft" if self.isChecked() else "text2"
            paint.keycap(painter, self.width() - wide - _AROUND, self.rect(), self._digit, ink)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The group's keys, else the button's own."""
        if not self._key(event):
            super().keyPressEvent(event)


class Choices(QWidget):
    """Codes to choose from: buttons in a grid, by click, arrows, space or the digits 1 to 9 (shift not needed).

    `segmented` puts a few short answers of one line in one box; without `titled` only screen readers get the title.
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str]],
        columns: int,
        *,
        several: bool = False,
        required: bool = False,
        segmented: bool = False,
        titled: bool = True,
    ) -> None:
        super().__init__()
        self.advance: Callable[[], None] | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        self._grid, self._columns, self._across = QGridLayout(), columns, columns
        self._grid.setSpacing(2 if segmented else 8)
        self._said = Said()
        for place, (code, text) in enumerate(options):
            digit = str(place + 1) if place < 9 and not segmented else ""
            made = _Choice(text, self.key, "segment" if segmented else "choice", digit)
            made.setAccessibleName(f"{spoken(title, required)}\u00a0: {text}")
            made.setToolTip(f"Touche {place + 1}" if place < 9 else text)
            made.clicked.connect(self._chosen)
            made.setAutoExclusive(not several)
            self._group.addButton(made)
            self._buttons[code] = made
        self._lay()
        answers = QFrame()
        answers.setProperty("segments", segmented)
        edge = 3 if segmented else 0
        self._grid.setContentsMargins(edge, edge, edge, edge)
        answers.setLayout(self._grid)
        parts: list[Part] = [answers, self._said]
        if titled:
            parts.insert(0, with_mark(label(title, "label"), required))
        self.setLayout(column(*parts, spacing=5))

    def least(self, columns: int = 0) -> int:
        """The width, in pixels, below which a word is cut in so many columns; else in those asked for."""
        columns = columns or self._columns
        made = list(self._buttons.values())
        for one in made:
            one.ensurePolished()
        wide = [max(one.minimumSizeHint().width() for one in made[first::columns]) for first in range(columns)]
        edges = self._grid.contentsMargins()
        return sum(wide) + (columns - 1) * self._grid.spacing() + edges.left() + edges.right()

    def fit(self, width: int | None) -> None:
        """The columns asked for, or as many fewer as a width in pixels has room for; None: there is room."""
        columns = self._columns
        while width is not None and columns > 1 and self.least(columns) > width:
            columns -= 1
        if columns != self._across:
            self._across = columns
            self._lay()

    def _lay(self) -> None:
        for place, made in enumerate(self._buttons.values()):
            self._grid.addWidget(made, place // self._across, place % self._across)
        for one in range(self._columns):
            self._grid.setColumnStretch(one, int(one < self._across))

    def values(self) -> list[str]:
        """The codes chosen."""
        return [code for code, made in self._buttons.items() if made.isChecked()]

    def value(self) -> str | None:
        """The code chosen, where there is one."""
        return next(iter(self.values()), None)

    def choose(self, codes: Sequence[str]) -> None:
        """Checks these codes and no other."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        for code, made in self._buttons.items():
            made.setChecked(code in codes)
        self._group.setExclusive(exclusive)

    def say(self, sentence: str, tone: str = "err", heard: bool = True) -> None:
        """Shows a sentence under the choices."""
        self._said.say(sentence, tone, heard)
        for made in self._buttons.values():
            made.setAccessibleDescription(sentence)

    def first(self) -> QPushButton:
        """The button that takes the focus: the chosen one, else the first."""
        return self._buttons[self.value() or next(iter(self._buttons))]

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key pressed on one of the buttons was ours: digits choose, Entrée goes on to the next question."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        typed = digits_from_azerty(event.text())
        made = list(self._buttons.values())
        if typed.isdigit() and 1 <= int(typed) <= len(made):
            made[int(typed) - 1].click()
            made[int(typed) - 1].setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave()
            return True
        return False

    def _leave(self) -> None:
        after = list(self._buttons.values())[-1].nextInFocusChain()
        if self.advance:
            self.advance()
        elif after:
            after.setFocus(Qt.FocusReason.TabFocusReason)
        self.left.emit()

    def _chosen(self) -> None:
        self.changed.emit()
        self.left.emit()
