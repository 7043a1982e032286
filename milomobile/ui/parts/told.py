"""What came of an act, as a banner under its buttons; the next act's takes its place."""

from PySide6.QtWidgets import QVBoxLayout

from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import banner, clear


class Told(QVBoxLayout):
    """Empty until something was done."""

    def say(self, text: str, tone: str) -> None:
        """A sentence in a tone (err, warn or ok)."""
        clear(self)
        self.addWidget(banner(text, tone))

    def failed(self, wrong: Exception) -> None:
        """The sentence of a Trouble; anything else is a bug and goes on as one."""
        if not isinstance(wrong, Trouble):
            raise wrong
        self.say(wrong.sentence, "err")
