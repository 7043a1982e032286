"""What is wrong, doubtful or missing in a form: said beside a field once it was left, counted on the rail and the bar."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from milomobile.domain.problems import Problem
from milomobile.ui.form.asking import tidied
from milomobile.ui.form.bar import SaveBar
from milomobile.ui.form.form import Form
from milomobile.ui.form.rail import Rail
from milomobile.ui.form.sections import Sections
from milomobile.ui.form.states import gaps, state_of
from milomobile.ui.form.where import Where
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.spoken import announce
from milomobile.ui.questions import ESSENTIAL, QUESTIONS, SECTIONS

_AGE = re.compile(r"La personne a(urait)? \d+\s+ans\s*[.:]\s*")


class Judging(QObject):
    """Over one form; `begin` with each that begins. `visited` are the questions that the keyboard went on from.

    Of somebody `too_young` the form says on top that they are only counted: `only_counted` asks for it.
    """

    only_counted = Signal()

    def __init__(self, form: Form, where: Where, sections: Sections, rail: Rail, bar: SaveBar) -> None:
        super().__init__(sections)
        self._form, self._where, self._sections, self._rail, self._bar = form, where, sections, rail, bar
        self.guardian_missing = False
        self.begin()

    def begin(self) -> None:
        """Nothing was left and nothing refused."""
        self.visited: set[str] = set()
        self._refused: list[str] = []
        self._under: Problem | None = None
        self._aged: tuple[Problem, ...] = ()
        self._facts: dict[Field, str] = {}

    @property
    def too_young(self) -> bool:
        """Whether somebody under 16 is being typed."""
        return self._under is not None

    def judge(self, name: str, at: datetime, read: Callable[[], Sequence[Problem]]) -> None:
        """A question was left: its answer is written as it was understood, then judged with all that was left before."""
        self._tidy(name, at)
        self._say(read())

    def _tidy(self, name: str, at: datetime) -> None:
        self.visited.add(name)
        made = self._form.fields[name]
        if isinstance(made, Field) and (shown := tidied(name, made.text(), at)):
            made.edit.setText(shown.text)
            self._facts[made] = shown.fact
            self._mark(made, right=shown.right)
        elif isinstance(made, Field):
            self._facts.pop(made, None)
            made.fact("")

    def _mark(self, made: Field, right: bool = False) -> None:
        """What an answer means, an age in mode discret by its check mark alone."""
        fact = self._facts[made]
        made.fact("" if self._sections.discreet else fact, right=right or bool(fact))

    def _say(self, problems: Sequence[Problem]) -> None:
        """Says what is wrong with all that was left: one answer may not fit another."""
        for one in QUESTIONS:
            if one.name in self.visited and self._form.is_answered(one.name):
                said = next((problem for problem in problems if problem.field == one.name), None)
                self._form.say(one.name, said and self._worded(said))
                wrong = bool(said and said.refused)
                self._refused = [other for other in self._refused if other != one.name] + [one.name] * wrong
        self._offer_to_count([one for one in problems if one.field in self.visited])

    def say_all(self, problems: Sequence[Problem]) -> None:
        """Says everything, left or not: the form was to be saved.

        A screen reader hears how many answers are refused and which is the first: the keyboard goes there, and why is read
        with it.
        """
        self._refused = self._form.show_problems([self._worded(one) for one in problems])
        if refused := [one for one in problems if one.refused]:
            announce(self._bar, _spoken(refused))
        self._offer_to_count(problems)

    def _offer_to_count(self, problems: Sequence[Problem]) -> None:
        """Said on top of the form as long as it holds."""
        self._aged = tuple(one for one in problems if _AGE.match(one.sentence))
        before = self._under
        self._under = next((one for one in problems if "anonyme" in one.sentence), None)
        if before and not self._under:
            self._sections.warn("")
        self.redraw()

    def redraw(self) -> None:
        """In mode discret without the age."""
        for made, fact in self._facts.items():
            if fact:
                self._mark(made)
        for problem in self._aged:
            self._form.say(problem.field, self._worded(problem), heard=False)
        if self._under:
            act = ("Contact anonyme", self.only_counted.emit, "Ctrl Maj N")
            self._sections.warn(self._worded(self._under).sentence, "warn", act)

    def _worded(self, problem: Problem) -> Problem:
        """As it is said here: in mode discret without the age."""
        rest = _AGE.sub("", problem.sentence) if self._sections.discreet else problem.sentence
        return replace(problem, sentence=rest[:1].upper() + rest[1:])

    def count(self) -> None:
        """How far the form is, and how each section stands."""
        answers, section = self._form.answers(), self._sections.now
        left, asked = len(gaps(answers)) + self._where.asks(), len(ESSENTIAL) + self._where.asked
        states = [state_of(number, answers, self._refused, self.guardian_missing) for number in range(len(SECTIONS))]
        self._rail.show_states(asked - left, asked, states, section)
        self._bar.show_left(left, len(self._refused))
        self._sections.fold(states, answers)

    def first_gap(self) -> str | None:
        """The first question to answer or to mend: where they met is asked last, who they are is typed at once."""
        gap = next(iter(self._refused or gaps(self._form.answers())), None)
        return gap or ("place" if self._where.asks() else None)


def _spoken(refused: Sequence[Problem]) -> str:
    many, first = len({one.field for one in refused}), refused[0]
    said = next((f"{one.title}." for one in QUESTIONS if one.name == first.field), first.sentence)
    one = f"Une réponse à revoir\u00a0: {said}"
    return one if many == 1 else f"{many} réponses à revoir. La première\u00a0: {said}"
