"""A field with its label above and its sentence below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from milomobile.domain.texts import plain
from milomobile.ui.icons import picture
from milomobile.ui.look import restyle
from milomobile.ui.parts.boxes import Part, column, label, row
from milomobile.ui.parts.discs import Bullet
from milomobile.ui.parts.eye import Eye
from milomobile.ui.parts.proposals import propose
from milomobile.ui.parts.said import Said


class Field(QWidget):
    """One question with a text answer. `changed` at each key, `left` when the focus goes or Entrée is pressed.

    A `secret` answer shows as dots until its eye is pressed. `advance` is what Entrée does, where it is not just the next
    widget.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, title: str, hint: str = "", required: bool = False, secret: bool = False) -> None:
        super().__init__()
        self.advance: Callable[[], None] | None = None
        self._words: list[tuple[str, str]] = []
        self._listed: QStringListModel | None = None
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(hint)
        self._required = required
        self.edit.setAccessibleName(spoken(title, required))
        self._fact = label("", "caption")
        self._check = picture("check", "ok", 18)
        inside: list[Part] = [-1, self._fact, self._check]
        if secret:
            self._eye: Eye | None = Eye(self.edit)
            inside.append(self._eye)
        else:
            self._eye = None
        self.edit.setLayout(row(*inside, spacing=6, margins=(0, 0, 5 if secret else 12, 0)))
        for part in (self._fact, self._check):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._said = Said()
        self._title = label(title, "label")
        self._title.setBuddy(self.edit)
        self.setLayout(column(with_mark(self._title, required), self.edit, self._said, spacing=5))
        self.fact("")
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self.left)
        self.edit.returnPressed.connect(self._next)

    def ask(self, title: str, hint: str) -> None:
        """Asks something else in its place."""
        self._title.setText(title)
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(spoken(title, self._required))

    def text(self) -> str:
        """What was typed."""
        return self.edit.text().strip()

    def fact(self, text: str, right: bool = False) -> None:
        """What the answer means, at the right end of the field with a check mark: « 19 ans »; or the mark alone."""
        self._fact.setText(text)
        self._fact.setVisible(bool(text))
        self._check.setVisible(right or bool(text))

    def say(self, sentence: str, tone: str = "err", heard: bool = True) -> None:
        """Shows a sentence under the field, or takes it away where it is empty."""
        self._said.say(sentence, tone, heard)
        restyle(self.edit, "wrong", bool(sentence) and tone == "err")
        self.edit.setAccessibleDescription(sentence)

    def complete(self, words: Sequence[str]) -> None:
        """Offers completions that contain what is typed, whatever the accents.

        What is spelled like one of them is written as it is; Entrée takes the only one listed that begins so.
        """
        self._words = [(plain(word), word) for word in words]
        if self._listed is None:
            self._listed = propose(self.edit, self._meant, self._took)
            self.edit.editingFinished.connect(self._spell)
        self._listed.setStringList(list(words))

    def _meant(self, typed: str) -> Sequence[str]:
        """What may be meant by what is typed, as it is listed."""
        return [word for bare, word in self._words if plain(typed) in bare]

    def _took(self, text: str) -> None:
        self.edit.setText(text)
        self.changed.emit()

    def _spell(self) -> None:
        """What was typed as it is listed: « marche de borny » is « Marché de Borny »."""
        typed = self.text()
        known = dict(self._words).get(plain(typed), typed)
        if known != typed:
            self._took(known)

    def _take_only(self) -> None:
        completer = self.edit.completer()
        popup = completer.popup() if completer else None
        listed = self._listed.stringList() if self._listed and popup and popup.isVisible() else []
        if len(listed) == 1 and f" {plain(self.text())}" in f" {plain(listed[0])}":
            self._took(listed[0])

    def _edited(self) -> None:
        self.changed.emit()

    def _next(self) -> None:
        self._take_only()
        if self.advance:
            self.advance()
            return
        if self._eye:
            self._eye.setFocus()
        self.focusNextChild()


def spoken(title: str, required: bool) -> str:
    """A question for who does not see its mark."""
    return f"{title}, essentiel" if required else title


def with_mark(name: QLabel, required: bool) -> QHBoxLayout:
    """A question's words, and the mark of what is essential."""
    mark = Bullet("primary", 6)
    mark.setToolTip("Réponse essentielle")
    return row(name, mark, -1, spacing=6) if required else row(name, -1)
