"""Première personne: her name and her password; with them the profile is made."""

from PySide6.QtWidgets import QWidget

from milomobile.ui.gate import Gate
from milomobile.ui.parts.boxes import column, label
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.new_password import NewPassword
from milomobile.ui.tasks import Tasks

_WHAT = "C’est la clé des fiches\u00a0: personne d’autre ne pourra les lire. Vos collègues s’ajoutent ensuite, dans les réglages."
_MADE = "Le profil est fait. Le nom et le mot de passe se changent dans «\u00a0Réglages\u00a0», «\u00a0Équipe\u00a0»."


class PersonStep(QWidget):
    """Once the profile is `made` its answers stand as they are."""

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        super().__init__()
        self.name = Field("Votre prénom et votre nom", required=True)
        self.password = NewPassword(gate.password_problem, gate.strength, tasks, self.name.text)
        self.first, self.second = self.password.first, self.password.second
        self.first.ask("Mot de passe", "")
        self._said = label(_WHAT, "second", wrap=True)
        self.setLayout(column(label("Première personne", "h1"), self._said, self.name, self.password, -1, spacing=10))

    def value(self) -> tuple[str, str] | None:
        """Name and password; None where one is missing or weak, which is said."""
        name, typed = self.name.text(), self.password.value()
        self.name.say("" if name else "Écrivez votre nom.")
        if name and typed is not None:
            return name, typed
        first = self.name if not name else self.second if self.first.edit.accessibleDescription() == "" else self.first
        first.edit.setFocus()
        return None

    def settle(self) -> None:
        """The profile is made: nothing is asked any more, and no password stays in a field."""
        self._said.setText(_MADE)
        self.name.setEnabled(False)
        self.password.hide()
        for field in (self.first, self.second):
            field.edit.clear()
