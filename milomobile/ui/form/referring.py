"""Under section 5: the service of the directory that somebody is sent to, kept with the answers until Save."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from milomobile.domain.referrals import OF_NEED, Offer
from milomobile.ui.form.following import Following
from milomobile.ui.form.form import Form
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, clear, column, label, row
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.services import ServicesSheet
from milomobile.ui.verbs import Verbs

SENT, NOT_SENT = "ORIENTE_PARTENAIRE", "INFORMATION_SIMPLE"
"""What came of the encounter, with and without a service, as long as nobody chose otherwise."""


class Referring(QFrame):
    """`changed` when a service was chosen or taken away. `form` tells needs and commune, and has the outcome."""

    changed = Signal()

    def __init__(self, verbs: Verbs, form: Form) -> None:
        super().__init__()
        self._verbs, self._form = verbs, form
        self._chosen: dict[str, str] = {}
        self._outcome: Following | None = None
        self._shown = column()
        self.ask: QPushButton = button("Orienter vers un service", self._ask, "secondary", "heart-handshake")
        self.setLayout(column(self._shown, row(self.ask, -1), spacing=10))

    def fill(self, answers: Mapping[str, object]) -> None:
        """What a draft kept; the outcome follows from now on."""
        kept = answers.get("referral")
        self._chosen = {str(name): str(said) for name, said in kept.items()} if isinstance(kept, Mapping) else {}
        outcome = self._form.fields["outcome"]
        assert isinstance(outcome, Codes)
        self._outcome = Following(outcome)
        self._show()

    def kept(self) -> dict[str, object]:
        """What a draft keeps: the service's id, its name and its structure's."""
        return {"referral": dict(self._chosen)} if self._chosen else {}

    def answers(self) -> dict[str, object]:
        """What a `register` line says of it."""
        return {"referral": self._chosen["id"]} if self._chosen else {}

    def _ask(self) -> None:
        said = self._form.answers()
        needs, barriers, commune = (said.get(name) for name in ("needs", "barriers", "person.commune"))
        told = [OF_NEED[code] for code in needs if code in OF_NEED] if isinstance(needs, list) else []
        told = [*(barriers if isinstance(barriers, list) else ()), *told]
        where = commune if isinstance(commune, str) else None
        ServicesSheet(self._verbs, self._take, where, list(dict.fromkeys(told)), self.window()).open()

    def _take(self, offer: Offer) -> None:
        self._say({"id": offer.service.id, "name": offer.service.name, "structure": offer.structure.name})

    def _remove(self) -> None:
        self.ask.setFocus()
        self._say({})

    def _say(self, chosen: dict[str, str]) -> None:
        self._chosen = chosen
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        clear(self._shown)
        if self._outcome:
            self._outcome.follow(SENT if self._chosen else NOT_SENT)
        self.ask.setText("Choisir un autre service" if self._chosen else "Orienter vers un service")
        if self._chosen:
            name = self._chosen["name"]
            away = button("Retirer", self._remove, "link")
            away.setAccessibleName(f"Retirer l’orientation vers {name}")
            words = column(label(name, "strong", wrap=True), label(self._chosen["structure"], "caption", wrap=True))
            words.setSpacing(0)
            made = QFrame()
            made.setProperty("quiet", True)
            layout = row(picture("heart-handshake"), words, away, spacing=12, margins=(14, 10, 14, 10))
            layout.setStretch(1, 1)
            made.setLayout(layout)
            self._shown.addWidget(made)
