"""Code de secours: shown once, and put away before one goes on; at a later start another one can be made."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from milomobile.ui.parts.asking_sheet import AskingSheet
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.recovery_code import PUT_AWAY, RecoveryCode
from milomobile.ui.tasks import Tasks
from milomobile.ui.team import Team

_UNSEEN = (
    "Ce code ne sera plus montré, et il n’est pas encore rangé. Notez-le, puis «\u00a0Continuer\u00a0». Fermer encore une fois ferme "
    "quand même\u00a0: la prochaine ouverture propose d’en faire un nouveau."
)
_AGAIN = (
    "Le code de secours a été montré une fois, au premier démarrage. S’il est au coffre du bureau, cochez. Sinon, faites-en "
    "un nouveau\u00a0: l’ancien n’ouvrira plus rien."
)
_OWN = ("Nouveau code de secours", "Le code d’avant n’ouvrira plus rien.", "Créer le code")


class CodeStep(QWidget):
    """`kept` tells whether somebody says that the code is put away."""

    kept = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._inside, self._warned = column(spacing=12), False
        self._box: QCheckBox | None = None
        self.code: RecoveryCode | None = None
        self.setLayout(column(label("Code de secours", "h1"), self._inside, -1, spacing=10))

    def show_code(self, code: str, warning: str | None = None) -> None:
        """The code, and what is to be known of this laptop's keyring."""
        clear(self._inside)
        self.code, self._warned = RecoveryCode(code), False
        self._inside.addWidget(self.code)
        self._watch(self.code.put_away)
        if warning:
            self._inside.addWidget(banner(warning))

    def ask_again(self, team: Team, tasks: Tasks) -> None:
        """At a later start: whether it was put away, or else another."""
        clear(self._inside)
        box = QCheckBox(PUT_AWAY)
        self.another = button("Faire un nouveau code…", partial(self._ask, team, tasks), "secondary", "key")
        self._inside.addWidget(label(_AGAIN, "body", wrap=True))
        self._inside.addWidget(box)
        self._inside.addLayout(row(self.another, -1))
        self._watch(box)

    def put_away(self) -> bool:
        """Whether somebody said so."""
        return self._box is not None and self._box.isChecked()

    def may_close(self) -> bool:
        """Not at the first try, where a code is shown that nobody put away: it says so."""
        if self.code is None or self.put_away() or self._warned:
            return True
        self._warned = True
        self._inside.insertWidget(0, banner(_UNSEEN))
        return False

    def focus(self) -> None:
        """The keyboard stands at what is done first."""
        first: QWidget | None = self.code.copy if self.code else self._box
        if first:
            first.setFocus()

    def _watch(self, box: QCheckBox) -> None:
        self._box = box
        box.toggled.connect(self.kept)
        self.kept.emit(box.isChecked())

    def _ask(self, team: Team, tasks: Tasks) -> None:
        own = Field("Votre mot de passe", required=True, secret=True)
        sheet = AskingSheet(
            self.window(), tasks, _OWN, (own,), lambda: partial(team.new_recovery_code, own.edit.text())
        )
        sheet.acted.connect(self._remade, Qt.ConnectionType.QueuedConnection)
        sheet.open()

    def _remade(self, code: str) -> None:
        self.show_code(code)
        self.focus()
