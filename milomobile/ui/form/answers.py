"""Everything that a form says: begun from a draft or somebody's file, kept, read back, and saved."""

from collections.abc import Mapping

from milomobile.domain.encounters import WAYS, Registration
from milomobile.domain.form import to_line
from milomobile.domain.people import Alike
from milomobile.domain.problems import Problem
from milomobile.errors import Trouble
from milomobile.ui.form.already import Already
from milomobile.ui.form.asking import as_refused
from milomobile.ui.form.begun import USUAL, Begun, begun, from_list, taken_up
from milomobile.ui.form.form import Form
from milomobile.ui.form.home import Home
from milomobile.ui.form.referring import Referring
from milomobile.ui.form.turning import Turning
from milomobile.ui.form.where import Where
from milomobile.ui.verbs import Verbs


class Answers:
    """Over the parts that answer; `begun` is whose file it takes up or corrects."""

    def __init__(
        self,
        verbs: Verbs,
        form: Form,
        where: Where,
        home: Home,
        turning: Turning,
        referring: Referring,
        already: Already,
    ) -> None:
        self._verbs, self._form, self._where, self._home = verbs, form, where, home
        self._turning, self._referring, self._already = turning, referring, already
        self.begun = Begun()

    def begin(self, answers: Mapping[str, object]) -> None:
        """A form begins: with these, or none."""
        self.begun = begun(answers)
        self.fill(answers)

    def fill(self, answers: Mapping[str, object]) -> None:
        """These in place of all that stands there."""
        self._form.fill(USUAL | dict(answers))
        self._home.begin()
        self._turning.fill(answers, self._verbs.partners())
        self._referring.fill(answers)

    def empty(self) -> None:
        """Nothing stands there."""
        self._form.fill({})
        self._turning.fill({}, ())
        self._referring.fill({})

    def take_up(self, person: str) -> Alike:
        """The file of someone known: who they are is as kept, what was typed besides stays. Raises Trouble."""
        known, who = self._verbs.met_again(person), self._verbs.known(person)
        before = self.kept()
        self.begun = Begun({**self.begun.said, "same_as": known.pop("same_as")}, self.begun.before or before)
        self.fill(taken_up(known, before))
        return who

    def let_go(self) -> None:
        """Who was taken up is somebody else: the form is again as it was before."""
        self.begin({**(self.begun.before or {}), "apart": self._already.apart()})

    def take_sought(self, id: str) -> None:
        """Somebody of an office's list: what it says of them, where nothing was typed. Raises Trouble."""
        self.fill(from_list(self.kept(), self._verbs.sought_person(id)))

    def taken(self) -> Alike | None:
        """Whose file is taken up; one that is gone since is not any more."""
        try:
            return self._verbs.known(self.begun.of("same_as")) if self.begun.of("same_as") else None
        except Trouble:
            self.begun = Begun()
            return None

    def kept(self) -> dict[str, object]:
        """What a draft keeps. Protected criteria are never part of it."""
        whose = {**self.begun.said, "apart": self._already.apart()}
        return self._turning.answers() | self._form.kept() | self._referring.kept() | self._where.kept() | whose

    def agrees(self) -> dict[str, bool]:
        """Which ways to reach them are ticked."""
        return {way: bool(self._form.answers().get(f"agrees.{way}")) for way in WAYS}

    def read(self) -> tuple[Registration | None, tuple[Problem, ...]]:
        """As a `register` line reads it; what is wrong stands under the question's name."""
        place, setting = self._where.answers()
        at = self._where.at or self._verbs.now()
        answers = self._turning.answers() | self._form.answers() | self._referring.answers()
        answers |= self.begun.whose(answers, self._already.apart())
        line, unread = to_line(answers, place, setting, self._verbs.notice_version, at)
        value, problems = self._verbs.read(line)
        return value, (*unread, *self._form.unlisted(), *as_refused(problems))

    def save(self, value: Registration, draft: str) -> str:
        """Registers, or keeps what was corrected, and forgets the draft; returns the encounter's id. Raises Trouble."""
        if seq := self.begun.of("corrects"):
            self._verbs.correct(int(seq), value)
        elif encounter := self.begun.of("amends"):
            self._verbs.amend(draft, encounter, value)
        else:
            return self._verbs.complete(draft, value)
        return self.begun.of("amends")
