"""At a start: a newer version is ready, now or later."""

from PySide6.QtWidgets import QFrame

from milomobile.domain.updates import Ready
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.installing import Installing
from milomobile.ui.tasks import Tasks
from milomobile.ui.updates import Install


class Proposed(QFrame):
    """A banner of the unlock page; « Plus tard » takes it away until the next start."""

    def __init__(self, ready: Ready, install: Install, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("banner", "ok")
        self.installing = Installing(install, tasks, "secondary")
        self.later = button("Plus tard", self.hide, "secondary")
        self.installing.beside(self.later)
        said = label(f"La version {ready.version} est prête. Les fiches restent en place.", "strong", wrap=True)
        drawn = column(picture("check"), -1)
        layout = row(drawn, column(said, self.installing, spacing=10), spacing=12, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
