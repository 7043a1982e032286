"""The bar under the form: set aside, what is left to answer, and Save."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, label, row
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.zones import zone


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
        aside = button("Mettre de côté", self.aside.emit, "ghost", "player-pause", "Échap")
        self.saving = button("Enregistrer la fiche", self.save.emit, "primary", "check", "Ctrl Entrée")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._laid = row(
            aside, -1, self._picture, self._said, self._go, self.saving, spacing=8, margins=(10, 10, 22, 10)
        )
        self.setLayout(self._laid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence goes on two lines where one is too long."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._said.setWordWrap(False)
        self._laid.invalidate()
        folded = self._laid.sizeHint().width() > self.width()
        self._said.setWordWrap(folded)
        self._laid.setStretchFactor(self._said, 100 if folded else 0)

    def show_left(self, left: int, wrong: int) -> None:
        """How many essential answers are missing, and how many are not taken."""
        said = f"Il reste {count(left, 'réponse')} essentielle{'s' * (left > 1)}" if left else "Prête à enregistrer"
        self._said.setText(f"{count(wrong, 'champ')} à vérifier" if wrong else said)
        drawn = ("alert-circle", "err") if wrong else ("list-check", "text2") if left else ("circle-check", "ok")
        self._picture.show_other(*drawn)
        self._go.setVisible(left > 0 or wrong > 0)
        self._fit()
