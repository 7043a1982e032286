"""Leaving a refused record aside: in few words, why."""

from PySide6.QtWidgets import QWidget

from milomobile.domain.sending import Refused
from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import button, label
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.verbs import Verbs


class LeaveSheet(Sheet):
    """Asks for the reason and keeps it; the record stays on this laptop."""

    def __init__(self, verbs: Verbs, one: Refused, parent: QWidget | None) -> None:
        super().__init__(f"Laisser de côté\u00a0: {one.name}\u00a0?", parent)
        self._verbs, self._one = verbs, one
        self.body.addWidget(label("La fiche reste sur ce poste et ne sera plus signalée.", "second", wrap=True))
        self.why = Field("Pourquoi", "Par exemple\u00a0: déjà inscrite par le bureau", required=True)
        self.body.addWidget(self.why)
        self.foot.addWidget(button("Revenir", self.reject, "ghost"))
        self.foot.addWidget(button("Laisser de côté", self.leave, "primary"))
        self.why.edit.setFocus()

    def leave(self) -> None:
        """Keeps the reason."""
        try:
            self._verbs.set_aside(self._one.seq, self.why.text())
        except Trouble as trouble:
            self.why.say(trouble.sentence)
            return
        self.accept()
