"""The bar under the form: set aside, what is left to answer, and Save."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, label, row
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.zones import zone

_SAVE = "Enregistrer la fiche"
_TWO_LINES = 0.65
"""The share of a sentence that the longer of its two lines may be."""


class SaveBar(QFrame):
    """`aside`, `go` (to the next gap) and `save` were asked."""

    aside = Signal()
    go = Signal()
    save = Signal()

    def __init__(self) -> None:
        super().__init__()
        zone(self)
        self.setObjectName("bar")
        self._picture = picture("list-check")
        self._said = label("", "medium")
        self._go = button("Y aller", self.go.emit, "link")
        self._go.setToolTip("F3")
        self._aside = button("Mettre de côté", self.aside.emit, "ghost", "player-pause", "Échap")
        self.saving = button(_SAVE, self.save.emit, "primary", "check", "Ctrl Entrée")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._laid = row(
            self._aside, -1, self._picture, self._said, self._go, self.saving, spacing=8, margins=(10, 10, 22, 10)
        )
        self.setLayout(self._laid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence goes on two lines where one is too long; where two are, its picture and a word leave it their place."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        half = round(self._said.fontMetrics().horizontalAdvance(self._said.text()) * _TWO_LINES)
        self.saving.setText(_SAVE)
        tight = self._room() < half
        self.saving.setText("Enregistrer" if tight else _SAVE)
        self.saving.setAccessibleName(_SAVE)
        self._picture.setVisible(not tight)
        self._said.setWordWrap(False)
        self._said.setMinimumWidth(0)
        self._laid.invalidate()
        folded = self._laid.sizeHint().width() > self.width()
        self._said.setWordWrap(folded)
        self._said.setMinimumWidth(max(0, min(half, self._room())) if folded else 0)
        self._laid.setStretchFactor(self._said, 100 if folded else 0)

    def _room(self) -> int:
        """Pixels for the sentence where everything else is as narrow as its words."""
        shown = [one for one in (self._aside, self._go, self.saving) if not one.isHidden()]
        edges = self._laid.contentsMargins()
        taken = sum(one.minimumSizeHint().width() for one in shown)
        taken += 0 if self._picture.isHidden() else self._picture.width()
        return self.width() - taken - edges.left() - edges.right() - 5 * self._laid.spacing()

    def show_left(self, left: int, wrong: int) -> None:
        """How many essential answers are missing, and how many are not taken."""
        said = f"Il reste {count(left, 'réponse')} essentielle{'s' * (left > 1)}" if left else "Prête à enregistrer"
        self._said.setText(f"{count(wrong, 'champ')} à vérifier" if wrong else said)
        drawn = ("alert-octagon", "err") if wrong else ("list-check", "text2") if left else ("circle-check", "ok")
        self._picture.show_other(*drawn)
        self._go.setVisible(left > 0 or wrong > 0)
        self._fit()
