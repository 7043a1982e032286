"""Bilan et exports: how far the programme is, a period in charts, and what of it goes to the office."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from milomobile.domain import periods
from milomobile.domain.dates import LOCAL
from milomobile.domain.periods import Period
from milomobile.domain.summary import Summary
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import NARROW, banner, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.parts.empty import empty
from milomobile.ui.parts.spoken import count, short_day
from milomobile.ui.parts.zones import zone
from milomobile.ui.report.charts import Charts
from milomobile.ui.report.export import ExportCard
from milomobile.ui.report.figures import BehindSheet
from milomobile.ui.report.indicators import Indicators
from milomobile.ui.report.papers import PapersCard
from milomobile.ui.report.span import PeriodPicker
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_OTHER = "Choisissez une autre période avec les flèches, ou regardez depuis le début."
_FIRST = "Ils viennent avec la première rencontre enregistrée sur ce poste."
_RIGHT, _ONE_LINE, _TIGHT = 320, 1000, 760
"""Widths in pixels at 100 %: of the right column; of the window, from which the page’s head is one line, and from which
counts and files stand beside each other.
"""
_ANY = 16_777_215
"""Qt’s own largest width: no limit."""
_LONG, _SOON, _STAYED = 100, 200, 1500
"""Days from which on counting may be felt; milliseconds after which a count that still runs is told, and after which
somebody reads the page and does not only pass it.
"""


class ReportPage(QWidget):
    """`person_asked` is who was chosen in a list behind a bar; `today_asked` where nothing was counted yet."""

    guide = "bilan"

    person_asked = Signal(str)
    today_asked = Signal()

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs, self._tasks, self._bilan = verbs, tasks, verbs.bilan
        self.summary: Summary | None = None
        self.picker = PeriodPicker("Bilan et exports", verbs.now, verbs.bilan.began)
        self._ahead: dict[Period, Summary] = {}
        self._wanted: Period | None = None
        self.picker.changed.connect(self._count)
        self._soon = QTimer(self, interval=_STAYED, singleShot=True)
        self._soon.timeout.connect(self._count_ahead)
        self.indicators = Indicators(verbs.bilan.draw, self._choose)
        self.charts = Charts(verbs.bilan.draw)
        self.charts.asked.connect(self._show_behind)
        today = verbs.now().astimezone(LOCAL).date()
        self.card = ExportCard(verbs, tasks, (today, today))
        self.papers = PapersCard(verbs.bilan, tasks)
        self._told, self._caption = column(), label("", "caption", wrap=True)
        self._empty = column()
        self._nothing = card(self._empty)
        self._undated = card(label("Corrigez les dates pour voir les chiffres.", "h2"), margins=(20, 40, 20, 40))
        self._undated.hide()
        self._beside = column(self.card, self.papers, -1, spacing=14)
        for one in (self.card, self.papers):
            self._beside.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        self._right = zone(holder(self._beside))
        left = column(
            self.indicators, self._told, self._undated, self._nothing, self.charts, self._caption, -1, spacing=14
        )
        self._body = row(holder(left), self._right, spacing=14)
        self._body.setStretch(0, 1)
        self._body.setContentsMargins(6, 0, 6, 6)
        parts = (self.picker, self.picker.dates, scrolled(holder(self._body)))
        self.setLayout(column(*parts, spacing=14, margins=(22, 14, 22, 14)))
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.activated.connect(self.card.export)
        look.measured(self, ReportPage._fit)

    def _say_nothing(self, found: Period) -> None:
        """Where nothing was counted: the whole project, or, where that is empty too, what fills it."""
        clear(self._empty)
        if found == self.picker.project():
            act = button("Aller à Aujourd’hui", self.today_asked.emit, "secondary", "calendar-event")
            said = empty("chart-bar", "Pas encore de chiffres", _FIRST, act)
        else:
            whole = button("Voir tout le projet", self.picker.show_project, "secondary")
            said = empty("chart-bar", "Rien sur cette période", _OTHER, whole)
        self._empty.addWidget(said)

    def refresh(self) -> None:
        """Counts everything anew."""
        self._ahead.clear()
        self._count()
        self._soon.start()

    def _count(self) -> None:
        """The period's figures: those counted ahead, else counted beside what else runs; those before stay meanwhile."""
        found = self.picker.period()
        self._undated.setVisible(found is None)
        self.papers.setEnabled(found is not None)
        if found is None:
            return self._show_no_period()
        read = partial(self._bilan.read, found.first, found.last, self._left)
        self.papers.show_day(found.last)
        if found in self._ahead:
            self._came(found, self._ahead[found])
        else:
            self._wanted = found
            self._tasks.read(read, partial(self._came, found), self._failed)
            QTimer.singleShot(_SOON, self, self._say_counting)
        QTimer.singleShot(0, self, self._show_card)
        return None

    def _left(self) -> bool:
        return self._tasks.stopping

    def _say_counting(self) -> None:
        if self._wanted is not None:
            self._caption.setText("Calcul en cours…")

    def _show_no_period(self) -> None:
        """Nothing of the period before stays where the dates typed are not right."""
        self.summary = self._wanted = None
        clear(self._told)
        for part in (self.indicators, self.charts, self._nothing):
            part.hide()
        self._caption.setText("")
        self.card.show_period(None, None)

    def _count_ahead(self) -> None:
        """The whole project takes longest and is what the office asks next: the worker counts it meanwhile."""
        if self._tasks.stopping or not self.isVisible():
            return
        whole = self.picker.project()
        if _long(whole) and whole != self.picker.period():
            self._tasks.meanwhile(
                partial(self._bilan.read, whole.first, whole.last, self._left), partial(self._keep, whole), self._failed
            )

    def _keep(self, counted: Period, told: Summary) -> None:
        self._ahead[counted] = told

    def redraw(self) -> None:
        """The first lines of a file are told anew where they are seen, else forgotten until the page is."""
        self.card.redraw()

    def _show_card(self) -> None:
        """Once the charts are there: the first lines of a file take as long to find."""
        if self._tasks.stopping:
            return
        try:
            self.card.show_period(self.picker.period(), self.picker.to_call())
        except Trouble as wrong:
            self._failed(wrong)

    def _came(self, found: Period, told: Summary) -> None:
        if _long(found):
            self._keep(found, told)
        if found == self.picker.period():
            self._wanted = None
            clear(self._told)
            self._show(told, found)

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self._wanted = None
        clear(self._told)
        self._told.addWidget(banner(wrong.sentence, "err"))

    def _show(self, told: Summary, found: Period) -> None:
        self.summary = told
        self.indicators.show()
        words = periods.in_words(found.first, found.last)
        self.indicators.show_summary(told, self._bilan.programmes(), words)
        self._nothing.setVisible(told.empty)
        if told.empty:
            self._say_nothing(found)
        self.charts.setVisible(not told.empty)
        if not told.empty:
            self.charts.show_charts([chart for chart in told.charts if not chart.empty], words, told.leaving)
        self._caption.setText(_source(told, self._verbs.now().astimezone(LOCAL).date()))

    def _choose(self, programme: str) -> None:
        self._bilan.choose(programme)
        self.refresh()

    def _show_behind(self, behind: str, words: str) -> None:
        if (found := self.picker.period()) is None:
            return
        sheet = BehindSheet(words, self._bilan.behind(behind, found.first, found.last), self.window())
        sheet.chosen.connect(self.person_asked)
        sheet.exec()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what is exported stands under the charts."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.window().width()
        narrow, tight = width < look.px(NARROW), width < look.px(_TIGHT)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if narrow else across)
        self.picker.fit(width < look.px(_ONE_LINE))
        self.indicators.fit(tight)
        self._beside.setDirection(across if narrow and not tight else down)
        self._right.setMinimumWidth(0 if narrow else look.px(_RIGHT))
        self._right.setMaximumWidth(_ANY if narrow else look.px(_RIGHT))
        # A card narrower than its column would be as high as it is where it fills it.
        self.card.setMaximumWidth(_ANY if tight else look.px(_RIGHT))


def _long(period: Period) -> bool:
    return (period.last - period.first).days > _LONG


def _source(told: Summary, today: date) -> str:
    said = "Données de ce poste"
    if told.updated:
        at = told.updated.astimezone(LOCAL).date()
        day = short_day(at, today) if (today - at).days < 2 else f"le {short_day(at, today)}"
        said += f", bureau mis à jour {day}"
    if told.outside:
        said += f". Dont {count(told.outside, 'jeune')} hors du Pays Messin, d’une autre Mission Locale"
    return said + "."
