"""What follows from the answers as they come: what is computed, what is asked besides, how far the form is."""

import re

from milomobile.ui.form.answers import Answers
from milomobile.ui.form.asking import look
from milomobile.ui.form.facts import Facts
from milomobile.ui.form.following import Following
from milomobile.ui.form.form import Form
from milomobile.ui.form.home import Home
from milomobile.ui.form.judging import Judging
from milomobile.ui.form.sections import Sections
from milomobile.ui.parts.codes import Codes

_AGE = re.compile(r"\d+\s+ans")


class Follows:
    """Over a form that is laid; `begin` with each that begins, `follow` at each answer."""

    def __init__(
        self, form: Form, home: Home, answers: Answers, judging: Judging, sections: Sections, facts: Facts
    ) -> None:
        self._form, self._home, self._answers = form, home, answers
        self._judging, self._sections, self._facts = judging, sections, facts
        home.join(form)
        handover = form.fields["handover"]
        assert isinstance(handover, Codes)
        self._handover = Following(handover)

    def begin(self) -> None:
        """Nobody chose a handover yet."""
        self._handover.begin()

    def follow(self) -> None:
        """Everything anew."""
        where, left = self._home.follow(), "person.birth_date" in self._judging.visited
        seen = look(self._answers.read()[0], self._form.kept(), left, where)
        self._facts.show_facts(fact for fact in seen.facts if not (self._sections.discreet and _AGE.search(fact)))
        self._form.ask(seen.asked)
        self._sections.ask_guardian(seen.minor, seen.guardian_missing)
        self._judging.guardian_missing = seen.guardian_missing
        self._handover.follow(seen.handover)
        self._judging.count()
