"""The fields of the form, made from its list of questions: laid in lines, filled, and read back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from milomobile.domain.choices import DECLARED_AUDIENCES, Lists
from milomobile.domain.communes import Index
from milomobile.domain.notice import Chosen
from milomobile.domain.problems import Problem
from milomobile.ui.form import lines as laid
from milomobile.ui.parts.boxes import column, holder, row
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.communes import CommuneField
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.fold import Fold
from milomobile.ui.parts.said import Said
from milomobile.ui.questions import COUNTRIES, FOLDS, GUARDIAN, QUESTIONS, SHORT, Question

Asked = Field | Choices | Codes | Check
RESERVED = "reserved."
_RESERVED = "Ne notez jamais le motif. Scellé pour le serveur à l’enregistrement\u00a0: rien ne se relit ici, ni d’un brouillon."


class Form(QObject):
    """`fields` by name; `changed` at each key or choice, `left` with the name of the question that was left.

    `ended` is Entrée on the last question. `after` are parts that stand under a question, by its name.
    """

    changed = Signal()
    left = Signal(str)
    ended = Signal()

    def __init__(self, lists: Lists, communes: Callable[[], Index], after: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._lists, self._communes, self._after = lists, communes, after
        self.fields: dict[str, Asked] = {}
        self.folds: dict[str, Fold] = {}
        self._parts: list[tuple[str, QWidget]] = []
        self._rows: list[QHBoxLayout] = []
        self._said: dict[str, Said] = {}
        self._not_asked: set[str] = set()
        self._sections: dict[int, QWidget] = {}

    def section(self, number: int) -> QWidget:
        """The fields of one section, laid once; what is folded away stands under the others."""
        if number not in self._sections:
            self._sections[number] = holder(self._lay(number))
        return self._sections[number]

    def _lay(self, number: int) -> QVBoxLayout:
        mine = [one for one in QUESTIONS if one.section == number]
        lines = column(self._lines([one for one in mine if not one.fold]), spacing=10)
        for name, title in FOLDS.items():
            if inside := [one for one in mine if one.fold == name]:
                secret = name == "reserved"
                drawn = "lock" if secret else ""
                self.folds[name] = Fold(title, self._lines(inside), _RESERVED if secret else "", drawn)
                lines.addWidget(self.folds[name])
        return lines

    def guardian(self) -> QVBoxLayout:
        """Who answers for a minor."""
        return self._lines([one for one in QUESTIONS if one.fold == GUARDIAN])

    def _lines(self, questions: Sequence[Question]) -> QVBoxLayout:
        """As wide as they need in lines of twelve twelfths; those of one condition together."""
        lines = column(spacing=12)
        line, room, when = row(spacing=16), 12, ""
        for question in questions:
            made = self._make(question)
            self.fields[question.name] = made
            if question.span > room or room == 12 or question.when != when:
                _leave(line, room % 12)
                line, room, when = row(spacing=16), 12, question.when
                part = holder(line)
                self._parts.append((when, part))
                self._rows.append(line)
                lines.addWidget(part)
            line.addWidget(self._with_sentence(question.name), question.span, Qt.AlignmentFlag.AlignTop)
            room -= question.span
            if question.name in self._after:
                lines.addWidget(self._after[question.name])
        _leave(line, room % 12)
        return lines

    def fit(self, width: int) -> None:
        """Lays the questions for a width in pixels."""
        laid.fit(self._rows, width)

    def _with_sentence(self, name: str) -> QWidget:
        """A field; a box to tick has no room of its own for a sentence."""
        made = self.fields[name]
        if not isinstance(made, Check):
            return made
        self._said[name] = Said()
        return holder(column(made, self._said[name], spacing=5))

    def _make(self, question: Question) -> Asked:
        made: Asked
        if question.kind in ("check", "consent"):
            made = Check(question.title)
            made.toggled.connect(self.changed)
            made.advance = partial(self.advance, question.name)
            return made
        if question.kind == "commune":
            made = CommuneField(question.title, self._communes, question.hint)
        elif question.kind == "codes":
            made = Codes(question.title, self._options(question.list), question.hint)
        elif question.kind in ("choice", "several"):
            several = question.kind == "several"
            options = self._options(question.list)
            line = len(options) <= question.columns and not several
            columns = len(options) if line else question.columns
            made = Choices(
                question.title, options, columns, several=several, required=question.required, segmented=line
            )
        else:
            made = Field(question.title, question.hint, question.required)
            if question.name == "person.country":
                made.complete(COUNTRIES)
            if question.kind == "time":
                made.edit.setAccessibleName("Heure du rendez-vous")
        made.advance = partial(self.advance, question.name)
        made.changed.connect(self.changed)
        made.left.connect(lambda name=question.name: self.left.emit(name))
        return made

    def _options(self, name: str) -> list[tuple[str, str]]:
        if name == "missions":
            return []
        whole = self._lists["public_cible" if name == "public_declare" else name]
        codes = DECLARED_AUDIENCES if name == "public_declare" else whole
        return [(code, SHORT.get(name, {}).get(code, whole[code])) for code in codes]

    def advance(self, name: str) -> None:
        """Puts the keyboard in the next question shown."""
        names = [question.name for question in QUESTIONS]
        for after in names[names.index(name) + 1 :]:
            if self.fields[after].isVisible() and self.fields[after].isEnabled():
                target(self.fields[after]).setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.ended.emit()

    def ask(self, conditions: frozenset[str]) -> None:
        """Shows the questions whose condition holds and hides those of the others, whose answers then do not count."""
        for when, part in self._parts:
            if when:
                part.setVisible(when in conditions)
        self._not_asked = {one.name for one in QUESTIONS if one.when and one.when not in conditions}

    def ask_reserved(self, why_not: str | None) -> None:
        """Whether the protected criteria can be noted, or the sentence why they cannot."""
        self.folds["reserved"].say(why_not or _RESERVED, why_not is None)

    def fill(self, answers: dict[str, object]) -> None:
        """Puts answers in their fields and empties the others, without `changed`; what is folded away opens where it holds an answer."""
        defaults = {question.name: question.default for question in QUESTIONS}
        blocked = self.blockSignals(True)
        for name, made in self.fields.items():
            value = answers.get(name)
            if isinstance(made, Check):
                made.setChecked(bool(value))
                self._said[name].say("", "err")
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
        self.blockSignals(blocked)
        held = {name for name, value in answers.items() if value and value != defaults.get(name)}
        for fold in self.folds.values():
            fold.open(any(fold.isAncestorOf(self.fields[name]) for name in held & self.fields.keys()))

    def answers(self) -> dict[str, object]:
        """What stands in the form, by name; empty answers, and those of questions not asked, left out."""
        return {name: value for name, value in self.kept(True).items() if name not in self._not_asked}

    def kept(self, reserved: bool = False) -> dict[str, object]:
        """What a draft keeps: every answer but the protected ones."""
        found: dict[str, object] = {}
        for question in QUESTIONS:
            if question.name.startswith(RESERVED) and not reserved:
                continue
            made = self.fields[question.name]
            value: object
            if isinstance(made, Check):
                value = made.isChecked() and ("OUI" if question.kind == "consent" else True)
            elif isinstance(made, Choices):
                value = made.values() if question.kind == "several" else made.value()
            elif isinstance(made, Codes):
                value = made.value()
            else:
                value = made.text()
            if value:
                found[question.name] = value
        return found

    def take(self, chosen: Chosen) -> None:
        """What came of the turned screen: the agreements, and that the notice was read there."""
        for name, made in self.fields.items():
            if isinstance(made, Check) and name.startswith("agrees."):
                made.setChecked(chosen.agrees.get(name.removeprefix("agrees."), False))
            elif isinstance(made, Choices) and name == "notice.how":
                made.choose(["ECRAN"])

    def holds_reserved(self) -> bool:
        """Whether a protected criterion was noted."""
        noted = ("reserved.justice", "reserved.ase", "reserved.rqth")
        return any(self.answers().get(name, "NON_DEMANDE") != "NON_DEMANDE" for name in noted)

    def is_answered(self, name: str) -> bool:
        """Whether something stands there, right or not."""
        made = self.fields[name]
        return name in self.answers() or (isinstance(made, Codes) and bool(made.text()))

    def show_problems(self, problems: Sequence[Problem]) -> list[str]:
        """Shows the first problem of each field under it, unheard; returns the fields whose answer is refused."""
        for name in self.fields:
            self.say(name, next((problem for problem in problems if problem.field == name), None), heard=False)
        return [problem.field for problem in problems if problem.refused and problem.field in self.fields]

    def say(self, name: str, problem: Problem | None, heard: bool = True) -> None:
        """Says a problem under its field, or takes the sentence away; what is folded away opens."""
        made = self.fields[name]
        said = self._said[name] if isinstance(made, Check) else made
        said.say(problem.sentence if problem else "", "err" if problem and problem.refused else "warn", heard)
        if problem:
            self.reveal(name)

    def reveal(self, name: str) -> None:
        """Opens what a field is folded away in."""
        for fold in self.folds.values():
            if fold.isAncestorOf(self.fields[name]):
                fold.open(True)

    def unlisted(self) -> list[Problem]:
        """Texts that are in no list."""
        return [
            Problem(name, "Choisissez une réponse de la liste.")
            for name, made in self.fields.items()
            if isinstance(made, Codes) and made.text() and not made.value() and name not in self._not_asked
        ]


def target(made: QWidget) -> QWidget:
    """What takes the keyboard in a field."""
    return made.edit if isinstance(made, Field) else made.first() if isinstance(made, Choices) else made


def _leave(line: QHBoxLayout, room: int) -> None:
    if room:
        line.addWidget(QWidget(), room)
