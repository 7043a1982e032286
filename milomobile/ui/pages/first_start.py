"""The first start: the profile is made, and the recovery code shown once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from milomobile.errors import Trouble
from milomobile.ui.gate import Gate
from milomobile.ui.pages.unlock import brand, centred, foot
from milomobile.ui.parts.boxes import banner, button, card, column, holder, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.new_password import NewPassword
from milomobile.ui.parts.recovery_code import RecoveryCode
from milomobile.ui.tasks import Tasks

_UNSEEN = (
    "Ce code ne sera plus montré, et il n’est pas encore rangé. Notez-le, puis « Continuer ». Fermer encore une fois ferme "
    "quand même : « Équipe », dans les réglages, en fait alors un nouveau."
)


class FirstStartPage(QWidget):
    """Makes the profile, then shows the recovery code once; `made` when it was put away."""

    made = Signal()
    restore_asked = Signal()

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("page")
        self._gate, self._tasks = gate, tasks
        self._making = self._warned = False
        self._shown_code: RecoveryCode | None = None
        self.name = Field("Votre prénom et votre nom", required=True)
        self.password = NewPassword(gate.password_problem, gate.strength, tasks, self.name.text)
        self.first, self.second = self.password.first, self.password.second
        self.first.ask("Mot de passe", "")
        self.go = button("Créer le profil", self._create, "hero", "shield-lock")
        said = "Les fiches seront chiffrées sur cet ordinateur. Personne d’autre ne pourra les lire."
        self._card = card(
            label("Premier démarrage", "h1"),
            label(said, "second", True),
            self.name,
            self.password,
            self.go,
            row(button("Restaurer une sauvegarde…", self.restore_asked.emit, "ghost"), -1),
            spacing=10,
        )
        self._card.setFixedWidth(620)
        self._shown = column(self._card, spacing=0)
        self.setLayout(centred(brand("Mission Locale du Pays Messin"), 18, holder(self._shown), -1, foot()))

    def _create(self) -> None:
        name, typed = self.name.text(), self.password.value()
        self.name.say("" if name else "Écrivez votre nom.")
        if name and typed is not None:
            self.go.setEnabled(False)
            self._making = True
            self._tasks.run(lambda: self._gate.create(name, typed), self._show_code, self._failed)

    def may_close(self) -> bool:
        """Not while the profile is made; and once the code is shown, not at the first try unless it was put away."""
        if self._making or self._shown_code is None:
            return not self._making
        if self._shown_code.put_away.isChecked() or self._warned:
            return True
        self._warned = True
        self._shown.insertWidget(0, banner(_UNSEEN))
        return False

    def _failed(self, wrong: Exception) -> None:
        self._making = False
        if not isinstance(wrong, Trouble):
            raise wrong
        self.go.setEnabled(True)
        self.name.say(wrong.sentence)

    def _show_code(self, code: str) -> None:
        self._making = False
        self._card.hide()
        self.code = self._shown_code = RecoveryCode(code)
        self.on = button("Continuer", self.made.emit, "hero")
        self.on.setEnabled(False)
        self.code.kept.connect(self.on.setEnabled)
        parts: list[QWidget] = [label("Code de secours", "h1"), self.code, self.on]
        if warning := self._gate.keyring_warning():
            parts.insert(2, banner(warning))
        made = card(*parts, spacing=12)
        made.setFixedWidth(620)
        self._shown.addWidget(made)
        self.code.copy.setFocus()
