"""What stands over the form: what it is for, at which place and time; and another place than the stop."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from milomobile.domain.dates import LOCAL
from milomobile.ui.form.where import Where
from milomobile.ui.parts.boxes import label, row
from milomobile.ui.parts.discs import Dot
from milomobile.ui.parts.spoken import french_moment
from milomobile.ui.parts.toast import Room


class Head(QWidget):
    """The gold dot stands for an open stop alone. What is said in passing lies beside its title, over no field."""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self._where, room = where, Room()
        self._title, self._here = label("", "h1"), label("", "caption")
        self._going = Dot(going=True, last=True, height=22)
        parts = (self._title, room, where.elsewhere, self._going, self._here)
        laid = row(*parts, spacing=6, margins=(28, 14, 24, 8))
        laid.setStretchFactor(room, 1)
        self.setLayout(laid)

    def title(self) -> str:
        """What the form is for."""
        return self._title.text()

    def say(self, title: str) -> None:
        """What the form is for."""
        self._title.setText(title)

    def say_here(self, now: datetime) -> None:
        """Where and when the person is met."""
        at = french_moment((self._where.at or now).astimezone(LOCAL), now.astimezone(LOCAL).date())
        self._going.setVisible(bool(self._where.name()))
        self._here.setText(" · ".join(word for word in (self._where.name(), at) if word))
