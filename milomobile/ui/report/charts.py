"""The charts of the page Bilan, each in a card with its title, its remark and « Voir les chiffres »."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from milomobile.domain.charting import Chart, Kind
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.report.chart import ChartView, Draw
from milomobile.ui.report.figures import FiguresSheet

_SHORT = 13
"""Letters of a remark that stands beside the title."""
_WIDE = (Kind.HEAT, Kind.GROUND)
_TWO = 620
"""From this width on, in pixels at 100 %, two charts stand side by side."""


class ChartCard(QFrame):
    """One chart; the space below it stays empty."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.view = ChartView(draw)
        self._title, self._note = label("", "h2"), label("", "caption")
        self._below = label("", "caption", wrap=True)
        self._below.setContentsMargins(4, 0, 0, 0)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table: QPushButton = button("Voir les chiffres", self._show_table, "link")
        self.view.table_asked.connect(self._show_table)
        self._chart: Chart | None = None
        self._leaving: Chart | None = None
        self._period = ""
        head = row(self._title, self._note, self.table, spacing=8)
        head.setStretch(1, 1)
        head.setContentsMargins(4, 0, 0, 0)
        self.setLayout(column(head, self._below, self.view, -1, spacing=4, margins=(14, 10, 14, 12)))

    def show_chart(self, chart: Chart, period: str, leaving: Chart | None = None) -> None:
        """Shows another chart in its place; `leaving` is what is copied."""
        self._chart, self._period, self._leaving = chart, period, leaving or chart
        self._title.setText(chart.title)
        beside = len(chart.note) < _SHORT
        self._note.setText(chart.note if beside else "")
        self._below.setText(chart.note)
        self._below.setVisible(bool(chart.note) and not beside)
        self.table.setAccessibleName(f"Voir les chiffres, {chart.title}")
        self.view.show_chart(chart, leaving)

    def _show_table(self) -> None:
        if self._chart and self._leaving:
            FiguresSheet(self._chart, self._leaving, self._period, self.window()).exec()


class Charts(QWidget):
    """Two beside each other where there is room; what crosses places and hours takes the whole width."""

    asked = Signal(str, str)

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw
        self.cards: list[ChartCard] = []
        self._shown: Sequence[Chart] = ()
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._grid)

    def show_charts(self, charts: Sequence[Chart], period: str, leaving: Sequence[Chart] = ()) -> None:
        """Shows these in place of those before; cards are made once."""
        while len(self.cards) < len(charts):
            card = ChartCard(self._draw)
            card.view.asked.connect(self.asked)
            self.cards.append(card)
            self._columns = 0
        kinds = [chart.kind in _WIDE for chart in charts]
        if len(charts) != len(self._shown) or kinds != [chart.kind in _WIDE for chart in self._shown]:
            self._columns = 0
        self._shown = tuple(charts)
        self._lay()
        for card, chart in zip(self.cards, charts, strict=False):
            card.show_chart(chart, period, next((one for one in leaving if one.code == chart.code), None))
        for number, card in enumerate(self.cards):
            card.setVisible(number < len(charts))

    def _lay(self) -> None:
        columns = 2 if self.width() >= look.px(_TWO) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for card in self.cards:
            self._grid.removeWidget(card)
        line = place = 0
        for card, chart in zip(self.cards, self._shown, strict=False):
            wide = columns if chart.kind in _WIDE else 1
            if place + wide > columns:
                line, place = line + 1, 0
            self._grid.addWidget(card, line, place, 1, wide)
            place += wide
        for number in range(2):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where it is narrow."""
        super().resizeEvent(event)
        self._lay()
