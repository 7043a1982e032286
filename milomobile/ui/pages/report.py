"""Bilan et exports: a period's figures, and the file for the office."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from milomobile.domain.dates import LOCAL, french_date, read_date
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import card, column, holder, label, row, scrolled
from milomobile.ui.parts.chart import Bar, Bars, spans
from milomobile.ui.parts.discs import Bullet
from milomobile.ui.parts.fields import Choices, Field
from milomobile.ui.parts.spoken import count
from milomobile.ui.report.export import ExportCard
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


class ReportPage(QWidget):
    """Both dates of the period are included."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs = verbs
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
        today = verbs.now().astimezone(LOCAL).date()
        self.card = ExportCard(verbs, tasks, (today, today))
        body = row(holder(column(self._counts(), chart, -1, spacing=14)), self.card, spacing=14)
        body.setStretch(0, 1)
        body.setContentsMargins(6, 0, 6, 6)
        head = row(label("Bilan et exports", "h1"), -1, self.period, spacing=16)
        head.setContentsMargins(6, 0, 6, 0)
        self.setLayout(column(head, scrolled(holder(body)), spacing=14, margins=(22, 14, 22, 14)))
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.card.export)
        self._chosen()

    def _counts(self) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for place, (name, drawn, words) in enumerate(_FIGURES):
            title = row(picture(drawn, size=18), label(words, "caption"), -1, spacing=7)
            grid.addLayout(column(title, self._numbers[name], spacing=0), place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
        return card(row(self.first, self.last, spacing=16), grid, self.outside, spacing=14)

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
        self.card.show_period(*dates)


def _key(token: str, words: str) -> QWidget:
    return holder(row(Bullet(token), label(words, "caption"), spacing=6))
