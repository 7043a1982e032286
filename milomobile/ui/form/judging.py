"""What is wrong, doubtful or missing in a form: said beside a field once it was left, counted on the rail and the bar."""

from collections.abc import Sequence
from datetime import datetime

from milomobile.domain.problems import Problem
from milomobile.ui.form.asking import tidied
from milomobile.ui.form.bar import SaveBar
from milomobile.ui.form.form import Form
from milomobile.ui.form.rail import Rail, State
from milomobile.ui.form.states import gaps, state_of
from milomobile.ui.parts.fields import Field
from milomobile.ui.questions import ESSENTIAL, QUESTIONS, SECTIONS


class Judging:
    """Over one form; `begin` with each that begins. `visited` are the questions that the keyboard went on from."""

    def __init__(self, form: Form, rail: Rail, bar: SaveBar) -> None:
        self._form, self._rail, self._bar = form, rail, bar
        self.guardian_missing = False
        self.begin()

    def begin(self) -> None:
        """Nothing was left and nothing refused."""
        self.visited: set[str] = set()
        self._refused: list[str] = []

    def tidy(self, name: str, at: datetime) -> None:
        """A question was left: its answer is written as it was understood."""
        self.visited.add(name)
        made = self._form.fields[name]
        if isinstance(made, Field) and (shown := tidied(name, made.text(), at)):
            made.edit.setText(shown.text)
            made.fact(shown.fact, right=shown.right)
        elif isinstance(made, Field):
            made.fact("")

    def say(self, problems: Sequence[Problem]) -> Problem | None:
        """Says what is wrong with all that was left: one answer may not fit another. Returns why somebody is only counted."""
        for one in QUESTIONS:
            if one.name in self.visited and self._form.is_answered(one.name):
                said = next((problem for problem in problems if problem.field == one.name), None)
                self._form.say(one.name, said)
                wrong = bool(said and said.refused)
                self._refused = [other for other in self._refused if other != one.name] + [one.name] * wrong
        return _only_counted([one for one in problems if one.field in self.visited])

    def say_all(self, problems: Sequence[Problem]) -> Problem | None:
        """Says everything, left or not: the form was to be saved. Returns why somebody is only counted."""
        self._refused = self._form.show_problems(problems)
        return _only_counted(problems)

    def count(self, section: int) -> Sequence[State]:
        """How far the form is; the keyboard stands in that section. Returns how each section stands."""
        answers = self._form.answers()
        left = len(gaps(answers))
        states = [state_of(number, answers, self._refused, self.guardian_missing) for number in range(len(SECTIONS))]
        self._rail.show_states(len(ESSENTIAL) - left, len(ESSENTIAL), states, section)
        self._bar.show_left(left, len(self._refused))
        return states

    def first_gap(self) -> str | None:
        """The first question to answer or to mend."""
        return next(iter(self._refused or gaps(self._form.answers())), None)


def _only_counted(problems: Sequence[Problem]) -> Problem | None:
    return next((one for one in problems if "anonyme" in one.sentence), None)
