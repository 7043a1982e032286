"""A field with its label above and its sentence below; choices for fingers and digits."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCompleter, QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from milomobile.domain.dates import digits_from_azerty
from milomobile.domain.likeness import plain
from milomobile.ui.icons import icon
from milomobile.ui.look import restyle
from milomobile.ui.parts.boxes import column, label, row
from milomobile.ui.parts.eye import Eye


class Field(QWidget):
    """One question with a text answer. `changed` at each key, `left` when the focus goes or Entrée is pressed.

    A `secret` answer shows as dots until its eye is pressed.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, title: str, hint: str = "", required: bool = False, secret: bool = False) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self._eye = Eye(self.edit) if secret else None
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(title)
        name = label(f"{title} ●" if required else title, "label")
        name.setBuddy(self.edit)
        self.note = label("", "caption")
        self._said = label("", wrap=True)
        self._said.hide()
        self.setLayout(column(row(name, -1, self.note), self.edit, self._said, spacing=5))
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self.left)
        self.edit.returnPressed.connect(self._next)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text().strip()

    def say(self, sentence: str, tone: str = "err") -> None:
        """Shows a sentence under the field, or takes it away where it is empty."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._said.setProperty("role", None)
        restyle(self._said, "tone", tone)
        restyle(self.edit, "wrong", bool(sentence) and tone == "err")
        self.edit.setAccessibleDescription(sentence)

    def complete(self, words: Sequence[str]) -> None:
        """Offers completions that contain what is typed, whatever the accents."""
        completer = QCompleter(list(words), self.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)

    def _edited(self) -> None:
        self.changed.emit()

    def _next(self) -> None:
        if self._eye:
            self._eye.setFocus()
        self.focusNextChild()


class _Choice(QPushButton):
    """A button of a group, which hands its keys to the group first."""

    def __init__(self, text: str, key: Callable[[QKeyEvent], bool], kind: str) -> None:
        super().__init__(text)
        self._key = key
        self.setCheckable(True)
        self.setProperty("kind", kind)
        self.setIconSize(QSize(16, 16))
        self.toggled.connect(partial(self._mark, "on_primary" if kind == "segment" else "primary"))

    def _mark(self, token: str, checked: bool) -> None:
        self.setIcon(icon("check", token, 16) if checked else QIcon())

    def sizeHint(self) -> QSize:
        """Room for the check mark, so that choosing moves nothing."""
        hint = super().sizeHint()
        return QSize(hint.width() + (0 if self.isChecked() else 20), hint.height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The group's keys, else the button's own."""
        if not self._key(event):
            super().keyPressEvent(event)


class Choices(QWidget):
    """Codes to choose from: buttons in a grid, by click, arrows, space or the digits 1 to 9 (shift not needed).

    `segmented` puts a few short answers of one line in one box.
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
    ) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        grid = QGridLayout()
        grid.setSpacing(2 if segmented else 8)
        self.note = label("", "caption")
        self._said = label("", wrap=True)
        self._said.hide()
        for place, (code, text) in enumerate(options):
            made = _Choice(text, self.key, "segment" if segmented else "choice")
            made.setAccessibleName(f"{title} : {text}")
            made.setToolTip(f"Touche {place + 1}" if place < 9 else text)
            made.clicked.connect(self._chosen)
            self._group.addButton(made)
            self._buttons[code] = made
            grid.addWidget(made, place // columns, place % columns)
        for one in range(columns):
            grid.setColumnStretch(one, 1)
        name = label(f"{title} ●" if required else title, "label")
        answers = QFrame()
        answers.setProperty("segments", segmented)
        edge = 3 if segmented else 0
        grid.setContentsMargins(edge, edge, edge, edge)
        answers.setLayout(grid)
        self.setLayout(column(row(name, -1, self.note), answers, self._said, spacing=5))

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

    def say(self, sentence: str, tone: str = "err") -> None:
        """Shows a sentence under the choices."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._said.setProperty("role", None)
        restyle(self._said, "tone", tone)

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
        last = list(self._buttons.values())[-1]
        after = last.nextInFocusChain()
        if after:
            after.setFocus(Qt.FocusReason.TabFocusReason)
        self.left.emit()

    def _chosen(self) -> None:
        self.changed.emit()
        self.left.emit()


class Codes(Field):
    """A long list of codes behind a text with completion: « met » → Metz."""

    def __init__(self, title: str, options: Sequence[tuple[str, str]], hint: str = "") -> None:
        super().__init__(title, hint or "Écrivez quelques lettres")
        self._codes = {plain(text): code for code, text in options}
        self._texts = dict(options)
        self.complete([text for _, text in options])

    def value(self) -> str | None:
        """The code of the text, or None where the text is not in the list."""
        return self._codes.get(plain(self.text()))

    def choose(self, code: str | None) -> None:
        """Writes the text of a code."""
        self.edit.setText(self._texts.get(code or "", ""))
