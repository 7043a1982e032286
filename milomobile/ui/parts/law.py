"""In Réglages, Données et confidentialité: the journal of consultations."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QListWidget

from milomobile.domain import journal
from milomobile.domain.dates import LOCAL, french_date, french_time
from milomobile.domain.journal import Entry
from milomobile.errors import TAMPERED, Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_WHAT = "Qui a consulté, modifié, exporté ou effacé, et quand\u00a0; jamais ce que contient une fiche. Gardé douze mois au plus."


class LawCard(QFrame):
    """Reads on the worker thread."""

    guide = "confidentialite"

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._tasks = verbs, tasks
        self.show_journal = button("Voir le journal", self.read, "secondary")
        self._said = column()
        self.lines = QListWidget()
        self.lines.setAccessibleName("Journal des consultations, du plus récent au plus ancien")
        look.sized(self.lines, height=220)
        self.lines.hide()
        head = label("Journal des consultations", "h2")
        shown = (label(_WHAT, "second", wrap=True), row(self.show_journal, -1), self._said, self.lines)
        self.setLayout(column(head, *shown, spacing=10, margins=(20, 16, 20, 18)))

    def read(self) -> None:
        """Shows the last lines."""
        self._tasks.run(self._verbs.law.journal, self._shown, self._failed)

    def _shown(self, found: tuple[Sequence[Entry], bool]) -> None:
        entries, whole = found
        clear(self._said)
        if not whole:
            self._said.addWidget(banner(TAMPERED, "err"))
        self.lines.clear()
        self.lines.addItems([_line(entry) for entry in entries])
        self.lines.show()
        self.lines.setCurrentRow(0)

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        clear(self._said)
        self._said.addWidget(banner(wrong.sentence, "err"))


def _line(entry: Entry) -> str:
    at = entry.at.astimezone(LOCAL)
    who = "Le bureau" if entry.who == "office" else entry.who
    return f"{french_date(at.date())}, {french_time(at)} · {journal.words(entry.what)} · {who}"
