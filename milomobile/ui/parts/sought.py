"""Lists of people to look for in Réglages: those on this laptop, one imported, and what is told of its lines."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit

from milomobile.domain.dates import french_date
from milomobile.domain.sought import ListReport, SoughtList
from milomobile.domain.sought_columns import Opened
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.sought_sheet import SoughtSheet
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_KINDS = "Listes (*.csv *.txt *.xlsx);;Tous les fichiers (*)"
_WHAT = (
    "Une liste du bureau ou d’un partenaire (PSAD, CFA…), en CSV ou XLSX\u00a0: noms, date de naissance, téléphone, commune\u00a0; "
    "le reste n’est pas lu. Elle ne crée aucune fiche, reste sur ce poste, et n’est gardée que douze mois au plus."
)
_SHOWN = 50
"""Lines told on the screen; a list that is all wrong says the same many times."""


class SoughtCard(QFrame):
    """Reads and imports on the worker thread; a sheet between the two asks what the columns are and what it is for."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._tasks = verbs, tasks
        self._known = column(spacing=4)
        self.go = button("Importer une liste de personnes à chercher…", self._choose, "secondary", "folder")
        self._said = column()
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setAccessibleName("Lignes refusées ou à vérifier")
        look.sized(self.lines, height=160)
        self.lines.setTabChangesFocus(True)
        self.lines.hide()
        parts = (label(_WHAT, "second", wrap=True), row(self.go, -1), self._said, self.lines)
        head = label("Personnes à chercher", "h2")
        self.setLayout(column(head, self._known, *parts, spacing=10, margins=(20, 16, 20, 18)))
        self.refresh()

    def refresh(self) -> None:
        """The lists on this laptop."""
        clear(self._known)
        for one in self._verbs.sought_lists():
            self._known.addWidget(label(_line(one), wrap=True))

    def forget(self) -> None:
        """What was told of the last list may name people."""
        self.lines.clear()
        self.lines.hide()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Liste à importer", "", _KINDS)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Reads a file's columns, then asks about them."""
        self.lines.hide()
        clear(self._said)
        work(self._tasks, (self.go,), partial(self._verbs.open_list, file), partial(self._ask, file), self._failed)

    def _ask(self, file: Path, opened: Opened) -> None:
        self.sheet = SoughtSheet(self._verbs, self._tasks, file, opened, self.window())
        self.sheet.imported.connect(self._done)
        self.sheet.open()

    def _done(self, done: ListReport) -> None:
        self.refresh()
        lines = [f"Ligne {one.line}, refusée\u00a0: {one.reason}" for one in done.refused[:_SHOWN]]
        lines += [f"Ligne {one.line}, à vérifier\u00a0: {one.reason}" for one in done.warned[:_SHOWN]]
        more = max(0, len(done.refused) - _SHOWN) + max(0, len(done.warned) - _SHOWN)
        lines += [f"… et {count(more, 'autre')}."] if more else []
        self.lines.setVisible(bool(lines))
        self.lines.setPlainText("\n".join(lines))
        self._say(_sentence(done), "warn" if lines else "ok")

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self.lines.hide()
        self._say(wrong.sentence, "err")

    def _say(self, text: str, tone: str) -> None:
        clear(self._said)
        self._said.addWidget(banner(text, tone))


def _line(one: SoughtList) -> str:
    found = f", dont {count(one.found, 'rencontrée')}" if one.found else ""
    there = f"«\u00a0{one.purpose}\u00a0»\u00a0: {count(one.people, 'personne')}{found}"
    return (
        f"{there} ({one.source}, reçue le {french_date(one.imported)}, gardée jusqu’au {french_date(one.keep_until)})"
    )


def _sentence(done: ListReport) -> str:
    taken = f"{count(done.taken, 'personne')} à chercher, jusqu’au {french_date(done.keep_until)}"
    parts = [taken if done.taken else "Personne de nouveau"]
    if done.already:
        parts.append(f"{count(done.already, 'personne')} déjà sur une liste")
    if done.refused:
        parts.append(count(len(done.refused), "ligne") + " refusée" + "s" * (len(done.refused) > 1))
    if done.warned:
        parts.append(f"{count(len(done.warned), 'remarque')} à vérifier")
    left = f" Colonnes non lues\u00a0: {', '.join(done.left)}." if done.left else ""
    return " ; ".join(parts) + "." + left
