"""How strong the password being typed is: a bar, and the same in words."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from milomobile.domain.team import Strength
from milomobile.ui import look
from milomobile.ui.look import restyle
from milomobile.ui.parts.boxes import label, row
from milomobile.ui.tasks import Tasks

Measure = Callable[[str, str], Strength]


class Meter(QWidget):
    """Follows what is typed; `measure` (password, whose) runs on the worker, so that no key waits."""

    def __init__(self, measure: Measure, tasks: Tasks) -> None:
        super().__init__()
        self._measure, self._tasks, self._asked = measure, tasks, ""
        self.bar, self.words = QProgressBar(), label("", "second")
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setProperty("thin", True)
        self.bar.setAccessibleName("Solidité du mot de passe")
        look.sized(self.words, least_width=190)
        layout = row(self.bar, self.words, spacing=12)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._show(Strength(0.0, "", False))

    def follow(self, password: str, name: str) -> None:
        """Shows how strong this is, in a moment."""
        self._asked = password

        def show(found: Strength) -> None:
            if self._asked == password:
                self._show(found)

        self._tasks.run(lambda: self._measure(password, name), show, _raise)

    def _show(self, found: Strength) -> None:
        self.bar.setValue(round(100 * found.share))
        restyle(self.bar, "tone", "ok" if found.enough else "warn")
        self.words.setText(found.words)
        self.bar.setAccessibleDescription(found.words)


def _raise(wrong: Exception) -> None:
    raise wrong
