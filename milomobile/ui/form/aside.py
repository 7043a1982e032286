"""What stands beside the form: somebody known, what follows from the answers, what to say, the keys."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from milomobile.ui import look
from milomobile.ui.form import hints
from milomobile.ui.form.already import Already
from milomobile.ui.form.facts import Facts
from milomobile.ui.form.looked_for import LookedFor
from milomobile.ui.parts.boxes import column, holder, scrolled
from milomobile.ui.parts.zones import zone

_AFTER_IDENTITY = 3
"""The place in the form's column of what stands under the names."""


class Aside(QWidget):
    """A column of its own; in a narrow window its parts stand in the form's column `body`."""

    def __init__(self, already: Already, looked_for: LookedFor, body: QVBoxLayout) -> None:
        super().__init__()
        zone(self)
        self.already, self.facts, self._body = already, Facts(), body
        self.looked_for = looked_for
        self._words, self._keys = hints.words(), hints.keys()
        self._mine = column(
            already, looked_for, self.facts, self._words, -1, self._keys, spacing=14, margins=(0, 6, 2, 14)
        )
        look.sized(self, width=298)
        self.setLayout(column(scrolled(holder(self._mine)), margins=(0, 0, 8, 0)))

    def fit(self, compact: bool, narrow: bool) -> None:
        """Says how much room there is."""
        self._keys.setVisible(not compact)
        if narrow == self.isHidden():
            return
        self.setVisible(not narrow)
        for place, made in enumerate((self.already, self.looked_for, self.facts, self._words)):
            if not narrow:
                self._mine.insertWidget(place, made)
            elif made in (self.already, self.looked_for):
                self._body.insertWidget(_AFTER_IDENTITY + place, made)
            else:
                self._body.insertWidget(self._body.count() - 1, made)

    def follow(self, last: bool) -> None:
        """The words to say stand where there is room for them, and at the last section."""
        self._words.setVisible(last or self.isHidden())
