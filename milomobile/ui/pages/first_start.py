"""The first start: the profile is made, and the recovery code shown once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from milomobile.errors import Trouble
from milomobile.ui.gate import Gate
from milomobile.ui.pages.unlock import brand, centred, foot
from milomobile.ui.parts.boxes import banner, button, card, label
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.secret_clipboard import copy_secret
from milomobile.ui.tasks import Tasks

RULE = "Au moins 12 caractères variés, ou une phrase de 7 mots."


class FirstStartPage(QWidget):
    """Makes the profile, then shows the recovery code once; `made` when it was put away."""

    made = Signal()

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("page")
        self._gate, self._tasks = gate, tasks
        self.name = Field("Votre prénom et votre nom", required=True)
        self.first = Field("Mot de passe", required=True, secret=True)
        self.second = Field("Le même mot de passe", required=True, secret=True)
        self.first.left.connect(self._judge)
        self.go = button("Créer le profil", self._create, "hero", "shield-lock")
        self._card = card(
            label("Premier démarrage", "h1"),
            label(
                "Les fiches seront chiffrées sur cet ordinateur. Personne d’autre ne pourra les lire.", "second", True
            ),
            self.name,
            label(RULE, "second"),
            self.first,
            self.second,
            self.go,
            spacing=10,
        )
        self._card.setFixedWidth(620)
        self.setLayout(centred(brand("Mission Locale du Pays Messin"), 18, self._card, -1, foot()))

    def _judge(self) -> None:
        typed = self.first.edit.text()
        self.first.say(self._gate.password_problem(typed, self.name.text()) or "" if typed else "")

    def _create(self) -> None:
        name, typed = self.name.text(), self.first.edit.text()
        wrong = self._gate.password_problem(typed, self.name.text()) or ""
        self.name.say("" if name else "Écrivez votre nom.")
        self.first.say(wrong)
        self.second.say("" if self.second.edit.text() == typed else "Les deux mots de passe diffèrent.")
        if name and not wrong and self.second.edit.text() == typed:
            self.go.setEnabled(False)
            self._tasks.run(lambda: self._gate.create(name, typed), self._show_code, self._failed)

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self.go.setEnabled(True)
        self.name.say(wrong.sentence)

    def _show_code(self, code: str) -> None:
        self._card.hide()
        shown = label(code, "display")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        kept = QCheckBox("J’ai rangé le code au bureau")
        go = button("Continuer", self.made.emit, "hero")
        go.setEnabled(False)
        kept.toggled.connect(go.setEnabled)
        said = "Ce code rouvre les fiches si le mot de passe est oublié. Il n’est montré qu’une fois : notez-le."
        parts: list[QWidget] = [label("Code de secours", "h1"), label(said, "second", True), shown]
        copy = button("Copier", lambda: copy_secret(code))
        if warning := self._gate.keyring_warning():
            parts.append(banner(warning))
        made = card(*parts, copy, kept, go, spacing=12)
        made.setFixedWidth(620)
        self.layout().insertWidget(3, made, 0, Qt.AlignmentFlag.AlignHCenter)  # type: ignore[union-attr]
