"""The six steps of the first-run assistant, on the left of each: those done, the one that is on, those to come."""

from PySide6.QtWidgets import QWidget

from milomobile.ui import look
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import Part, clear, column, holder, label, row
from milomobile.ui.parts.discs import Disc

STEPS = (
    "Bienvenue",
    "Relier ce poste au bureau",
    "Première personne",
    "Code de secours",
    "Listes",
    "Sauvegarde",
)


class Rail(QWidget):
    """`show_step` from 0; at the number of steps all are done."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=6)
        self.setLayout(self._lines)

    def show_step(self, now: int) -> None:
        """Draws the steps anew."""
        clear(self._lines)
        for place, name in enumerate(STEPS):
            drawn: Part = (
                picture("circle-check", "ok", 26) if place < now else Disc(str(place + 1), 26, _tone(place, now))
            )
            said = label(name, "strong" if place == now else "second", wrap=True)
            said.setAccessibleName(f"Étape {place + 1}\u00a0: {name}, {_state(place, now)}")
            line = row(drawn, said, spacing=10)
            line.setStretch(1, 1)
            made = holder(line)
            look.sized(made, least_height=34)
            self._lines.addWidget(made)
        self.setAccessibleName(spoken(now))


def spoken(now: int) -> str:
    """« Étape 2 sur 6 : Relier ce poste au bureau »."""
    return f"Étape {now + 1} sur {len(STEPS)}\u00a0: {STEPS[now]}" if now < len(STEPS) else "Tout est prêt."


def _tone(place: int, now: int) -> str:
    return "primary" if place == now else "quiet"


def _state(place: int, now: int) -> str:
    return "faite" if place < now else "en cours" if place == now else "à venir"
