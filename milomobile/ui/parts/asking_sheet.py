"""A sheet that asks a few things, does one act on the worker, and closes when it is done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import button, label
from milomobile.ui.parts.said import Said
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks

Job = Callable[[], object]


class AskingSheet(Sheet):
    """`read` gives the job, or None where something is missing (it says so); `acted` carries the job's answer."""

    nameless = True

    acted = Signal(object)

    def __init__(
        self,
        window: QWidget,
        tasks: Tasks,
        words: tuple[str, str, str],
        parts: Sequence[QWidget],
        read: Callable[[], Job | None],
    ) -> None:
        title, said, verb = words
        super().__init__(title, window, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks, self._read, self.wrong = tasks, read, Said()
        self.body.addWidget(label(said, "second", wrap=True))
        for part in parts:
            self.body.addWidget(part)
        self.body.addWidget(self.wrong)
        self.leave = button("Annuler", self.reject, "ghost")
        self.go = button(verb, self._act, "primary")
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.go)

    def _act(self) -> None:
        job = self._read()
        if job is not None:
            self.wrong.say("", "err")
            work(self._tasks, (self.go, self.leave), job, self._done, self._failed)

    def reject(self) -> None:
        """Leaves the screen at once; an act under way goes on to its end, and is told by the page below."""
        self.hide()
        if self.leave.isEnabled():
            super().reject()

    def _done(self, answer: object) -> None:
        if isValid(self):
            self.acted.emit(answer)
            self.accept()

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        if isValid(self):
            self.wrong.say(wrong.sentence, "err")
