"""Whose form it is: somebody known whose file is taken up or let go again, somebody of an office's list."""

from PySide6.QtCore import QObject, Signal

from milomobile.domain.people import Alike
from milomobile.errors import Trouble
from milomobile.ui.form.already import Already
from milomobile.ui.form.answers import Answers
from milomobile.ui.form.head import Head
from milomobile.ui.form.looked_for import LookedFor


class Whose(QObject):
    """`known` when the answers are somebody's, `unknown` when they are nobody's any more; `said` when a proposal was
    answered; `failed` carries the sentence why a file cannot be taken up.
    """

    known = Signal()
    unknown = Signal()
    said = Signal()
    failed = Signal(str)

    def __init__(self, answers: Answers, already: Already, looked_for: LookedFor, head: Head) -> None:
        super().__init__(already)
        self._answers, self._already, self._looked_for, self._head = answers, already, looked_for, head
        already.resumed.connect(self.resume)
        already.parted.connect(self._let_go)
        already.changed.connect(self.said)
        already.looked.connect(looked_for.look)
        looked_for.taken.connect(self._found)

    def begin(self, apart: object) -> None:
        """A form that begins; `apart` are those who were said to be somebody else."""
        self._head.say(self._answers.begun.title)
        self._already.begin(apart, self._answers.taken())
        self._looked_for.begin()

    def resume(self, person: str) -> None:
        """Takes up the file of someone known."""
        try:
            who = self._answers.take_up(person)
        except Trouble as trouble:
            self.failed.emit(trouble.sentence)
            return
        self._show(who)
        self.known.emit()

    def redraw(self, seen: bool) -> None:
        """The same people, told otherwise; where they are not seen, nobody."""
        self._looked_for.redraw()
        self._already.redraw(self._answers.taken() if seen else None)

    def _found(self, id: str) -> None:
        try:
            self._answers.take_sought(id)
        except Trouble as trouble:
            self.failed.emit(trouble.sentence)
            return
        self.known.emit()

    def _let_go(self, _person: str) -> None:
        self._answers.let_go()
        self._show(None)
        self.unknown.emit()

    def _show(self, taken: Alike | None) -> None:
        self._already.begin(self._already.apart(), taken)
        self._head.say(self._answers.begun.title)
