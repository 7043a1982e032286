"""Two files that may be of one person, side by side: shown as one, or said to be of two people."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Alike
from milomobile.domain.phones import show_phone
from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import banner, button, column, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.hidden import HIDDEN, Hidden
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import full_day
from milomobile.ui.verbs import Verbs


class CompareSheet(Sheet):
    """`told` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, verbs: Verbs, one: Alike, other: Alike, parent: QWidget | None) -> None:
        super().__init__("La même personne\u00a0?", parent, 700)
        self._verbs, self._one, self._other = verbs, one, other
        why = ", ".join(other.why)
        self.body.addWidget(label(f"Ce qui se ressemble\u00a0: {why}.", "second", wrap=True))
        self.body.addLayout(row(_column(one), _column(other), spacing=14))
        options = [("one", one.person.name), ("other", other.person.name)]
        self.keep = Choices("Garder le nom et les réponses de", options, 2)
        self.keep.choose(["one"])
        self.body.addWidget(self.keep)
        said = "Toutes les rencontres restent. Cela se défait depuis la fiche, et le bureau en est informé à l’envoi."
        self.body.addWidget(label(said, "caption", wrap=True))
        self._said: QVBoxLayout = column()
        self.body.addLayout(self._said)
        self.foot.addWidget(button("Fermer", self.reject))
        self.foot.addWidget(button("Ce sont deux personnes", self.set_apart))
        self.foot.addWidget(button("Réunir les deux fiches", self.merge, "primary"))
        self.keep.first().setFocus()

    def merge(self) -> None:
        """Shows the file that was not chosen as part of the other."""
        one, other = self._one.id, self._other.id
        loser, winner = (one, other) if self.keep.value() == "other" else (other, one)
        self._do(partial(self._verbs.merge, loser, winner), "Les deux fiches n’en font plus qu’une.")

    def set_apart(self) -> None:
        """Two people: they are not proposed again."""
        self._do(
            partial(self._verbs.set_apart, self._one.id, self._other.id), "Ce sont deux personnes\u00a0: c’est noté."
        )

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except Trouble as trouble:
            self._said.addWidget(banner(trouble.sentence, "err"))
            return
        self.accept()
        self.told.emit(said)


def _column(one: Alike) -> QFrame:
    who, made = one.person, QFrame()
    made.setProperty("quiet", True)
    if isinstance(who.name, Hidden):
        made.setLayout(column(label(who.name, "h2"), label(HIDDEN, wrap=True), -1, spacing=8, margins=(16, 14, 16, 14)))
        return made
    met = full_day(one.last_at.astimezone(LOCAL).date())
    facts = (
        ("Naissance", full_day(who.birth_date) if who.birth_date else "inconnue"),
        ("Téléphone", show_phone(who.phone) if who.phone else "aucun"),
        ("E-mail", who.email or "aucun"),
        ("Dernière rencontre", f"{met}, {one.place}"),
    )
    lines = [column(label(name, "caption"), label(said, wrap=True), spacing=0) for name, said in facts]
    made.setLayout(column(label(who.name, "h2", wrap=True), *lines, -1, spacing=8, margins=(16, 14, 16, 14)))
    return made
