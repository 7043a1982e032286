"""Who is aboard: names to tick, and one more to write."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from milomobile.ui.parts.boxes import column
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field


class Aboard(QWidget):
    """The names of a team: those known, and `others` between commas, laid out where there is room."""

    def __init__(self, known: Sequence[str], team: Sequence[str]) -> None:
        super().__init__()
        names = dict.fromkeys((*known, *team))
        self._known = Choices("Équipe", [(name, name) for name in names], 3, several=True)
        self._known.choose(list(team))
        self.others = Field("Autre personne à bord", "Prénom Nom, Prénom Nom")
        self.setLayout(column(self._known))

    def names(self) -> tuple[str, ...]:
        """Everyone, each once."""
        written = (" ".join(name.split()) for name in self.others.text().split(","))
        return tuple(dict.fromkeys((*self._known.values(), *(name for name in written if name))))
