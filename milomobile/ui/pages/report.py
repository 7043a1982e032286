"""Bilan et exports: a period's figures, and the file for the office."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from milomobile.domain.dates import LOCAL, french_date, read_date
from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import banner, button, card, clear, column, label, row
from milomobile.ui.parts.fields import Choices, Field
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_FIGURES = (
    ("encounters", "Rencontres"),
    ("registrations", "Inscriptions"),
    ("people", "Jeunes différents"),
    ("anonymous", "Contacts anonymes"),
    ("groups", "Groupes"),
    ("people_met", "Personnes rencontrées"),
)


class ReportPage(QWidget):
    """Both dates of the period are included."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs, self._tasks = verbs, tasks
        periods = [("week", "Semaine"), ("month", "Mois"), ("quarter", "Trimestre"), ("year", "Un an")]
        self.period = Choices("Période", periods, 4, segmented=True)
        self.period.choose(["month"])
        self.period.changed.connect(self._chosen)
        self.first, self.last = Field("Du"), Field("Au")
        for field in (self.first, self.last):
            field.left.connect(self.refresh)
        self._numbers = {name: label("0", "number") for name, _ in _FIGURES}
        figures = row(spacing=24)
        for name, words in _FIGURES:
            figures.addLayout(column(label(words, "second"), self._numbers[name], spacing=0), 1)
        self.folder = Field("Dossier")
        self.folder.edit.setText(str(Path.home()))
        self.name = label("", "strong")
        self._said = column()
        self.go = button("Exporter en CSV", self.export, "primary", "folder")
        note = (
            "Une ligne par rencontre, pour Excel et LibreOffice en français. Excel retire le zéro de tête des codes "
            "postaux 01 à 09 quand on ouvre le fichier par un double-clic. Critères protégés et commentaires n’y "
            "sont jamais."
        )
        choose = button("Choisir…", self._choose)
        export = card(
            label("Fichier des contacts", "h2"),
            banner("Fichier nominatif : à garder sur le réseau du bureau.", "warn"),
            label(note, "second", wrap=True),
            row(self.folder, column(-1, choose), spacing=10),
            row(label("Fichier :", "second"), self.name, -1, self.go),
            self._said,
            spacing=12,
        )
        dates = row(self.period, self.first, self.last, spacing=16)
        dates.setStretch(0, 2)
        self.setLayout(
            column(
                label("Bilan et exports", "h1"),
                card(dates),
                card(figures),
                export,
                -1,
                spacing=14,
                margins=(28, 16, 28, 20),
            )
        )
        self._chosen()

    def _chosen(self) -> None:
        today = self._verbs.now().astimezone(LOCAL).date()
        first = {
            "week": today - timedelta(days=today.weekday()),
            "month": today.replace(day=1),
            "quarter": today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
            "year": today - timedelta(days=364),
        }[self.period.value() or "month"]
        self.first.edit.setText(french_date(first))
        self.last.edit.setText(french_date(today))
        self.refresh()

    def _dates(self) -> tuple[date, date] | None:
        found = []
        ahead = self._verbs.now().astimezone(LOCAL).date()
        for field in (self.first, self.last):
            try:
                found.append(read_date(field.text(), ahead))
                field.say("")
            except ValueError as wrong:
                field.say(str(wrong))
        if len(found) == 2 and found[0] > found[1]:
            self.last.say("La période finit avant de commencer.")
            return None
        return (found[0], found[1]) if len(found) == 2 else None

    def refresh(self) -> None:
        """Counts the period again."""
        dates = self._dates()
        if dates is None:
            return
        counts = self._verbs.figures(*dates)
        for name, shown in self._numbers.items():
            shown.setText(str(counts.get(name, 0)))
        self.name.setText(f"milo_contacts_{dates[1].isoformat()}_v1.csv")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Où écrire le fichier", self.folder.text())
        if chosen:
            self.folder.edit.setText(chosen)

    def export(self) -> None:
        """Writes the file on the worker thread and says how many lines it has."""
        dates = self._dates()
        if dates is None:
            return
        file = Path(self.folder.text()) / self.name.text()
        self.go.setEnabled(False)
        self._tasks.run(lambda: (self._verbs.export_contacts(dates[0], dates[1], file), file), self._done, self._failed)

    def _done(self, written: tuple[int, Path]) -> None:
        rows, file = written
        self.go.setEnabled(True)
        clear(self._said)
        folder = QUrl.fromLocalFile(str(file.parent))
        opened = button("Ouvrir le dossier", lambda: QDesktopServices.openUrl(folder))
        self._said.addWidget(banner(f"Export terminé : {rows} ligne{'s' * (rows > 1)}.", "ok", opened))

    def _failed(self, wrong: Exception) -> None:
        self.go.setEnabled(True)
        if not isinstance(wrong, Trouble):
            raise wrong
        clear(self._said)
        self._said.addWidget(banner(wrong.sentence, "err"))
