"""Bilan et exports: a period's figures, and the file for the office."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QGridLayout, QWidget

from milomobile.domain.dates import LOCAL, french_date, read_date
from milomobile.errors import Trouble
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import banner, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.parts.chart import Bar, Bars, spans
from milomobile.ui.parts.discs import Bullet
from milomobile.ui.parts.fields import Choices, Field
from milomobile.ui.parts.spoken import count
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_FIGURES = (
    ("encounters", "messages", "Rencontres"),
    ("registrations", "id", "Inscriptions"),
    ("people", "users", "Jeunes différents"),
    ("anonymous", "user-question", "Contacts anonymes"),
    ("groups", "users-group", "Groupes"),
    ("people_met", "heart-handshake", "Personnes rencontrées"),
)
_NOTE = (
    "Une ligne par rencontre, pour Excel et LibreOffice en français. Excel retire le zéro de tête des codes "
    "postaux 01 à 09 quand on ouvre le fichier par un double-clic. Critères protégés et commentaires n’y "
    "sont jamais."
)


class ReportPage(QWidget):
    """Both dates of the period are included."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs, self._tasks = verbs, tasks
        periods = [("week", "Semaine"), ("month", "Mois"), ("quarter", "Trimestre"), ("year", "Un an")]
        self.period = Choices("Période", periods, 4, segmented=True, titled=False)
        self.period.setMinimumWidth(400)
        self.period.choose(["month"])
        self.period.changed.connect(self._chosen)
        self.first, self.last = Field("Du"), Field("Au")
        for field in (self.first, self.last):
            field.left.connect(self.refresh)
        self._numbers = {name: label("0", "number") for name, _, _ in _FIGURES}
        self.outside = label("", "second", wrap=True)
        self._bars, self._cut = Bars("Inscriptions", "Contacts anonymes"), label("", "h2")
        legend = (_key("c1", "Inscriptions"), _key("c2", "Contacts anonymes"))
        chart = card(row(self._cut, -1, *legend, spacing=14), self._bars, spacing=6)
        body = row(holder(column(self._counts(), chart, -1, spacing=14)), self._export_card(), spacing=14)
        body.setStretch(0, 1)
        body.setContentsMargins(6, 0, 6, 6)
        head = row(label("Bilan et exports", "h1"), -1, self.period, spacing=16)
        head.setContentsMargins(6, 0, 6, 0)
        self.setLayout(column(head, scrolled(holder(body)), spacing=14, margins=(22, 14, 22, 14)))
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.export)
        self._chosen()

    def _counts(self) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for place, (name, drawn, words) in enumerate(_FIGURES):
            title = row(picture(drawn, size=18), label(words, "caption"), -1, spacing=7)
            grid.addLayout(column(title, self._numbers[name], spacing=0), place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
        return card(row(self.first, self.last, spacing=16), grid, self.outside, spacing=14)

    def _export_card(self) -> QFrame:
        self.folder = Field("Dossier")
        self.folder.edit.setText(str(Path.home()))
        self.name = label("", "strong", wrap=True)
        self._said = column()
        self.go = button("Exporter en CSV", self.export, "primary", "folder", "Ctrl E")
        self.locked = QCheckBox("Dossier protégé par mot de passe")
        self.locked.setToolTip("Un ZIP chiffré (AES-256) : donnez le mot de passe au bureau par une autre voie.")
        self.locked.toggled.connect(self._lock)
        self.secret = Field("Mot de passe du dossier", secret=True)
        self.secret.hide()
        choose = button("Choisir le dossier…", self._choose)
        warning = banner("Fichier nominatif : à garder sur le réseau du bureau.", "warn")
        parts = (label("Exporter les contacts", "h2"), warning, label(_NOTE, "second", wrap=True))
        where = (self.folder, choose, self.locked, self.secret, self.name)
        made = card(*parts, *where, self.go, self._said, -1, spacing=12)
        made.setFixedWidth(320)
        return made

    def _lock(self, on: bool) -> None:
        self.secret.setVisible(on)
        self.go.setText("Exporter en ZIP" if on else "Exporter en CSV")
        self._name()
        if on:
            self.secret.edit.setFocus()

    def _name(self) -> None:
        if dates := self._dates():
            ending = "zip" if self.locked.isChecked() else "csv"
            self.name.setText(f"milo_contacts_{dates[1].isoformat()}_v1.{ending}")

    def _password(self) -> str | None:
        """The password of the encrypted file, empty where it is not good enough; None for a file in clear."""
        if not self.locked.isChecked():
            return None
        typed = self.secret.edit.text()
        wrong = self._verbs.team.problem(typed, "")
        self.secret.say(wrong or "")
        return "" if wrong else typed

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
        apart = counts.get("outside", 0)
        self.outside.setText(f"Dont {count(apart, 'jeune')} hors du Pays Messin, d’une autre Mission Locale.")
        self.outside.setVisible(apart > 0)
        by_week, found = spans(*dates)
        self._cut.setText("Par semaine" if by_week else "Par mois")
        each = [(span.name, self._verbs.figures(span.first, span.last)) for span in found]
        self._bars.show_bars([Bar(name, n.get("registrations", 0), n.get("anonymous", 0)) for name, n in each])
        self._name()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Où écrire le fichier", self.folder.text())
        if chosen:
            self.folder.edit.setText(chosen)

    def export(self) -> None:
        """Writes the file on the worker thread and says how many lines it has."""
        dates = self._dates()
        if dates is None:
            return
        file, secret = Path(self.folder.text()) / self.name.text(), self._password()
        if secret == "":
            return self.secret.edit.setFocus()
        self.go.setEnabled(False)
        export = partial(self._verbs.export_contacts, dates[0], dates[1], file, secret)
        self._tasks.run(lambda: (export(), file), self._done, self._failed)

    def _done(self, written: tuple[int, Path]) -> None:
        rows, file = written
        self.go.setEnabled(True)
        self.secret.edit.clear()
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


def _key(token: str, words: str) -> QWidget:
    return holder(row(Bullet(token), label(words, "caption"), spacing=6))
