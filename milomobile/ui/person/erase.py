"""Effacer la fiche: asked twice, for nothing brings it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from milomobile.domain.erasure import REASONS
from milomobile.domain.people import Sheet as Kept
from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import banner, button, column, label
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import count
from milomobile.ui.verbs import Verbs

WORD = "EFFACER"


class EraseSheet(Sheet):
    """`erased` says what was done. The keyboard stands at the button that keeps the file."""

    guide = "droits"

    erased = Signal(str)

    def __init__(self, verbs: Verbs, kept: Kept, parent: QWidget | None) -> None:
        super().__init__(f"Effacer la fiche de {kept.person.name}\u00a0?", parent, 620)
        self._verbs, self._id = verbs, kept.id
        self.reason = Choices("Motif", list(REASONS.items()), 2, required=True)
        self.word = Field(f"Écrivez {WORD}", required=True)
        self.word.changed.connect(lambda: self.word.say(""))
        self._said = column()
        for part in (label(_what(kept), wrap=True), self.reason, self.word):
            self.body.addWidget(part)
        self.body.addLayout(self._said)
        self.keep = button("Garder la fiche", self.reject, "primary")
        self.go = button("Effacer définitivement", self.erase, "secondary")
        self.foot.addWidget(self.go)
        self.foot.addWidget(self.keep)
        self.keep.setFocus()

    def erase(self) -> None:
        """Erases, or says what is missing."""
        reason, typed = self.reason.value(), self.word.text().strip()
        self.reason.say("" if reason else "Choisissez le motif.")
        self.word.say("" if typed == WORD else f"Écrivez {WORD}, en majuscules, pour confirmer.")
        if not reason or typed != WORD:
            (self.word.edit if reason else self.reason.first()).setFocus()
            return
        try:
            self._verbs.law.erase(self._id, reason)
        except Trouble as trouble:
            self._said.addWidget(banner(trouble.sentence, "err"))
            return
        self.erased.emit("La fiche est effacée de ce poste. L’effacement partira au prochain envoi.")
        self.accept()


def _what(kept: Kept) -> str:
    """« Ses 3 rencontres et son rendez-vous seront effacés… »: everything that goes, and where."""
    parts = ["Sa rencontre" if len(kept.encounters) == 1 else f"Ses {count(len(kept.encounters), 'rencontre')}"]
    if kept.appointments:
        parts.append("son rendez-vous" if len(kept.appointments) == 1 else f"ses {len(kept.appointments)} rendez-vous")
    if kept.parts:
        parts.append(
            "la fiche réunie avec elle" if len(kept.parts) == 1 else f"les {len(kept.parts)} fiches réunies avec elle"
        )
    listed = ", ".join(parts)
    return (
        f"{listed}, ses réponses et ses accords seront effacés de ce poste. Les chiffres gardent une rencontre sans "
        "nom. L’effacement sera demandé au serveur au prochain envoi, et aux autres postes. C’est définitif."
    )
