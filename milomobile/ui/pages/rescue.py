"""A forgotten password: the recovery code, then a new password, and the fiches open."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.gate import Gate
from milomobile.ui.pages.unlock import brand, centred, foot
from milomobile.ui.parts.boxes import button, card, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.new_password import NewPassword
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks


class RescuePage(QWidget):
    """For the adviser chosen on the unlock page; `opened` carries the verbs."""

    guide = "ouvrir"

    opened = Signal(object)
    left = Signal()

    def __init__(self, gate: Gate, tasks: Tasks, who: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._gate, self._tasks, self._who, self._code = gate, tasks, who, ""
        self.code = Field("Code de secours", "4 lettres ou chiffres, 7 fois")
        self.code.edit.returnPressed.connect(self._step)
        self.password = NewPassword(gate.password_problem, gate.strength, tasks, lambda: who)
        self.password.second.edit.returnPressed.connect(self._step)
        self.password.hide()
        self.go = button("Vérifier le code", self._step, "hero", "key")
        self.back = button("Retour", self.left.emit, "ghost")
        asked = "Demandez au bureau le code de secours de ce poste."
        parts = (label(f"Code de secours pour {who}", "h1", wrap=True), label(asked, "second", wrap=True))
        verbs = row(self.back, self.go, spacing=10)
        verbs.setStretch(1, 1)
        inside = card(*parts, self.code, self.password, verbs, spacing=10)
        look.sized(inside, width=620)
        self.setLayout(centred(brand("Mission Locale du Pays Messin"), 18, inside, -1, foot()))

    def _step(self) -> None:
        if not self.go.isEnabled():
            return
        if not self._code:
            typed = self.code.edit.text()
            self._work(lambda: self._gate.check_code(self._who, typed), lambda _: self._ask(typed))
        elif (new := self.password.value()) is not None:
            self._work(lambda: self._gate.recover(self._who, self._code, new), self.opened.emit)

    def _work(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        work(self._tasks, (self.go,), job, done, self._failed)

    def _ask(self, code: str) -> None:
        self._code = code
        self.code.say("Ce code est juste.", "ok")
        self.code.edit.setReadOnly(True)
        self.password.show()
        self.go.setText("Changer le mot de passe et ouvrir")
        self.password.first.edit.setFocus()

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        (self.password.first if self._code else self.code).say(wrong.sentence)
