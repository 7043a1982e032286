"""The form's sections as cards in one column that scrolls."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from milomobile.ui import look
from milomobile.ui.form.form import Form, target
from milomobile.ui.form.rail import State
from milomobile.ui.form.where import Where
from milomobile.ui.parts.boxes import banner, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.questions import QUESTIONS, SECTIONS

_GUARDIAN_AFTER = 1
_EDGES = 64
"""Pixels beside a question: the column’s and the card’s, and the scroll bar."""


class Sections(QWidget):
    """`entered` carries the section that the keyboard came to, from 0. `under` are parts below a section's questions.

    Nothing of it is to be asked for before all is laid.
    """

    entered = Signal(int)

    def __init__(self, form: Form, where: Where, under: Mapping[int, QWidget]) -> None:
        super().__init__()
        self.now = 0
        self._form, self._where = form, where
        self._warning, self._reminder = column(), column()
        self.discreet = False
        self._under = under
        self._insides: list[QWidget] = []
        self._closed: list[QPushButton] = []
        self._cards: list[QWidget] = []
        self._minor = label("", "caption")
        self.body = column(self._warning, where, spacing=14, margins=(6, 6, 6, 14))
        self._area = scrolled(holder(self.body))
        self.setLayout(column(self._area))

    def lay(self) -> Iterator[None]:
        """Lays one section more at each step: each is moved once, and the window follows the hand between."""
        for number, name in enumerate(SECTIONS):
            if number == len(SECTIONS) - 1:
                self.body.addLayout(self._reminder)
            self.body.addWidget(self._lay(number, name))
            if number == _GUARDIAN_AFTER:
                yield
                self.body.addWidget(self._lay_guardian())
            yield
        self.body.addStretch(1)
        self.ask_guardian(None, False)
        QApplication.instance().focusChanged.connect(self._followed)  # type: ignore[union-attr]
        look.measured(self, Sections._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column questions stand one under the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._form.fit(self.width() - _EDGES)

    def _lay(self, number: int, name: str) -> QWidget:
        inside, closed = self._form.section(number), button("", partial(self.go_to, number), "link")
        made = card(row(label(name, "h2"), -1, closed), inside, spacing=12)
        if number in self._under:
            made.layout().addWidget(self._under[number])  # type: ignore[union-attr]
        self._insides.append(inside)
        self._closed.append(closed)
        self._cards.append(made)
        return made

    def _lay_guardian(self) -> QWidget:
        head = row(label("Représentant légal", "h2"), self._minor, -1)
        self._who_answers = holder(self._form.guardian())
        self._guardian = card(head, self._who_answers, spacing=12)
        return self._guardian

    def ask_guardian(self, age: int | None, missing: bool) -> None:
        """Asks who answers for a minor of that age; None asks nothing. While it is missing, section 6 says so too."""
        self._guardian.setVisible(age is not None)
        told = "La personne est mineure" if self.discreet else f"La personne a {age}\u00a0ans"
        self._minor.setText(told if age is not None else "")
        reminded = self._reminder.count() > 0
        if reminded != missing:
            clear(self._reminder)
            if missing:
                go = button("Compléter", lambda: self.focus_on("guardian.name"))
                self._reminder.addWidget(banner("Le représentant légal peut être complété plus tard.", "warn", go))

    def warn(self, sentence: str, tone: str = "err", *more: tuple[str, Callable[[], object], str]) -> None:
        """A sentence on top of the form, with at most one button (text, act, key) beside it; an empty one takes it away."""
        clear(self._warning)
        if sentence:
            buttons = [button(text, act, key=key) for text, act, key in more]
            self._warning.addWidget(banner(sentence, tone, *buttons))

    def top(self) -> None:
        """Scrolls to the beginning, now and once what was just shown has its place."""
        start = partial(self._area.verticalScrollBar().setValue, 0)
        start()
        QTimer.singleShot(0, self, start)

    def fold(self, states: Sequence[State], held: Collection[str]) -> None:
        """In mode discret, sections that are done fold to how they stand, and those of names and telephones once they
        hold an answer (`held`); the one at hand stays.
        """
        for number, (state, inside, closed) in enumerate(zip(states, self._insides, self._closed, strict=True)):
            answered = any(one.name in held for one in QUESTIONS if one.section == number)
            personal = number <= _GUARDIAN_AFTER and answered
            hidden = self.discreet and number != self.now and (state.done or personal)
            inside.setVisible(not hidden)
            closed.setVisible(hidden)
            if number == _GUARDIAN_AFTER:
                self._who_answers.setVisible(not hidden)
            closed.setText(state.words)
            closed.setAccessibleName(f"{SECTIONS[number]}, {state.words.lower()}, ouvrir")

    def _open(self, name: str) -> None:
        """Before the keyboard comes to a question."""
        number = next((one.section for one in QUESTIONS if one.name == name), self.now)
        if self._insides[number].isHidden():
            self.now = number
            self._insides[number].show()
            self._who_answers.setVisible(number == _GUARDIAN_AFTER or self._who_answers.isVisible())
            self._closed[number].hide()
            self.entered.emit(number)

    def go_to(self, number: int) -> None:
        """Scrolls to a section and puts the keyboard in its first question."""
        self._area.verticalScrollBar().setValue(self._cards[number].y() - 6)
        self.focus_on(next(question.name for question in QUESTIONS if question.section == number))

    def step(self, by: int) -> None:
        """The next section, or the one before."""
        self.go_to(max(0, min(len(SECTIONS) - 1, self.now + by)))

    def focus_on(self, name: str) -> None:
        """Puts the keyboard in a question, opened where it is folded away."""
        if name in self._form.fields:
            self._open(name)
            self._form.reveal(name)
        made: QWidget = self._form.fields.get(name, self._where.place)
        target(made).setFocus()
        self._area.ensureWidgetVisible(made, 0, 84)
        QTimer.singleShot(0, self, partial(self._area.ensureWidgetVisible, made, 0, 84))

    def _followed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._area.isAncestorOf(now):
            return
        if not QApplication.mouseButtons():
            self._area.ensureWidgetVisible(now, 0, 84)
        at = next((number for number, made in enumerate(self._cards) if made.isAncestorOf(now)), None)
        if at is None and self._guardian.isAncestorOf(now):
            at = _GUARDIAN_AFTER
        if at is not None and at != self.now:
            self.now = at
            self.entered.emit(at)
