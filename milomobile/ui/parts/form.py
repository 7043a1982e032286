"""The fields of the form, made from its list of questions: laid in lines, filled, and read back."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from milomobile.domain.choices import Commune, Lists
from milomobile.domain.problems import Problem
from milomobile.ui.parts.boxes import column, row
from milomobile.ui.parts.fields import Choices, Codes, Field
from milomobile.ui.questions import QUESTIONS, SHORT, Question

Asked = Field | Choices | Codes | QCheckBox
_SPANS = {"appointment.day": 4, "appointment.time": 3, "appointment.place": 5}
"""Twelfths of the form's width; others take half of it or all."""


class Form(QObject):
    """`fields` by name; `changed` at each key or choice, `left` with the name of the question that was left."""

    changed = Signal()
    left = Signal(str)

    def __init__(self, lists: Lists, communes: Sequence[Commune]) -> None:
        super().__init__()
        self._lists, self._communes = lists, communes
        self.fields: dict[str, Asked] = {}

    def section(self, number: int) -> QVBoxLayout:
        """The fields of one section, as wide as they need in lines of twelve twelfths."""
        lines = column(spacing=12)
        line, room = row(spacing=16), 12
        for question in (one for one in QUESTIONS if one.section == number):
            made = self._make(question)
            self.fields[question.name] = made
            span = _SPANS.get(question.name, 12 if question.wide or question.kind == "check" else 6)
            if span > room or room == 12:
                _leave(line, room % 12)
                line, room = row(spacing=16), 12
                lines.addLayout(line)
            line.addWidget(made, span, Qt.AlignmentFlag.AlignTop)
            room -= span
        _leave(line, room)
        return lines

    def _make(self, question: Question) -> Asked:
        if question.kind == "check":
            box = QCheckBox(question.title)
            box.toggled.connect(self.changed)
            return box
        made: Field | Choices | Codes
        if question.kind == "codes":
            made = Codes(question.title, self._options(question.list), question.hint)
        elif question.kind in ("choice", "several"):
            several = question.kind == "several"
            options = self._options(question.list)
            line = len(options) <= question.columns and not several
            made = Choices(
                question.title, options, question.columns, several=several, required=question.required, segmented=line
            )
        else:
            made = Field(question.title, question.hint, question.required)
            if question.kind == "time":
                made.edit.setAccessibleName("Heure du rendez-vous")
        made.changed.connect(self.changed)
        made.left.connect(lambda name=question.name: self.left.emit(name))
        return made

    def _options(self, name: str) -> list[tuple[str, str]]:
        if name == "communes":
            return list({one.code: one.name for one in self._communes}.items())
        return [(code, SHORT.get(name, {}).get(code, text)) for code, text in self._lists[name].items()]

    def fill(self, answers: dict[str, object]) -> None:
        """Puts answers in their fields and empties the others."""
        for name, made in self.fields.items():
            value = answers.get(name)
            if isinstance(made, QCheckBox):
                made.setChecked(bool(value))
                continue
            made.say("")
            if isinstance(made, Field):
                made.fact("")
            if isinstance(made, Choices):
                made.choose(value if isinstance(value, list) else [str(value)] if value else [])
            elif isinstance(made, Codes):
                made.choose(str(value) if value else None)
            else:
                made.edit.setText(str(value or ""))

    def answers(self) -> dict[str, object]:
        """What stands in the form, by name; empty answers left out."""
        found: dict[str, object] = {}
        for question in QUESTIONS:
            made = self.fields[question.name]
            value: object
            if isinstance(made, QCheckBox):
                value = made.isChecked()
            elif isinstance(made, Choices):
                value = made.values() if question.kind == "several" else made.value()
            elif isinstance(made, Codes):
                value = made.value()
            else:
                value = made.text()
            if value:
                found[question.name] = value
        return found

    def is_answered(self, name: str) -> bool:
        """Whether something stands there, right or not."""
        made = self.fields[name]
        return name in self.answers() or (isinstance(made, Codes) and bool(made.text()))

    def show_problems(self, problems: Sequence[Problem]) -> list[str]:
        """Says the first problem of each field under it; returns the fields whose answer is refused."""
        for name, made in self.fields.items():
            said = next((problem for problem in problems if problem.field == name), None)
            if isinstance(made, Field | Choices):
                made.say(said.sentence if said else "", "err" if said and said.refused else "warn")
        return [problem.field for problem in problems if problem.refused and problem.field in self.fields]

    def unlisted(self) -> list[Problem]:
        """Texts that are in no list."""
        return [
            Problem(name, "Choisissez une réponse de la liste.")
            for name, made in self.fields.items()
            if isinstance(made, Codes) and made.text() and not made.value()
        ]


def _leave(line: QHBoxLayout, room: int) -> None:
    if room:
        line.addWidget(QWidget(), room)
