"""A password to choose: the rule before, the field with its meter, and the same once more."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from milomobile.ui.parts.boxes import column, label
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.meter import Measure, Meter
from milomobile.ui.tasks import Tasks

RULE = "Au moins 12 caractères variés, ou une phrase de 7 mots."


class NewPassword(QWidget):
    """`whose` is read at each key: nobody's own name is a password."""

    def __init__(
        self, problem: Callable[[str, str], str | None], strength: Measure, tasks: Tasks, whose: Callable[[], str]
    ) -> None:
        super().__init__()
        self._problem, self._whose = problem, whose
        self.first = Field("Nouveau mot de passe", required=True, secret=True)
        self.second = Field("Le même mot de passe", required=True, secret=True)
        self.meter = Meter(strength, tasks)
        self.first.edit.textChanged.connect(lambda typed: self.meter.follow(typed, whose()))
        self.first.left.connect(self._judge)
        self.setLayout(column(label(RULE, "second"), self.first, self.meter, 2, self.second, spacing=8))

    def value(self) -> str | None:
        """What was typed twice and is strong enough; else None, and what is wrong is said."""
        typed, again = self.first.edit.text(), self.second.edit.text()
        wrong = self._problem(typed, self._whose()) or ""
        self.first.say(wrong)
        self.second.say("" if wrong or again == typed else "Les deux mots de passe diffèrent.")
        return typed if not wrong and again == typed else None

    def _judge(self) -> None:
        typed = self.first.edit.text()
        self.first.say(self._problem(typed, self._whose()) or "" if typed else "")
