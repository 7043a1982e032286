"""The four counts above the charts: how far the programme is, who was met, registered, sent on."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QPushButton, QWidget

from milomobile.domain.charting import Chart, Kind, Mark, percent
from milomobile.domain.programme import Goal, Programme, foretold, pace
from milomobile.domain.summary import Summary
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, column, holder, label, row, rule
from milomobile.ui.parts.spoken import count, figure
from milomobile.ui.report.chart import ChartView, Draw


class Indicators(QFrame):
    """`choose` is called with the id of another programme, where the office has several."""

    def __init__(self, draw: Draw, choose: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._choose = choose
        self.goal = ChartView(draw)
        self._titles = [label("", "caption", wrap=True) for _ in range(4)]
        self._numbers = [label("0", "number") for _ in range(4)]
        self._said = [label("", "caption", wrap=True) for _ in range(4)]
        self._foretold = label("", "caption", wrap=True)
        self.other = button("Changer", self._offer, "link")
        self._programmes: Sequence[Programme] = ()
        first = row(_face("target", self._titles[0], self.other), spacing=0)
        reached = row(self._numbers[0], self._said[0], spacing=10)
        reached.setStretch(1, 1)
        cells: list[QWidget] = [holder(column(first, reached, self.goal, self._foretold, -1, spacing=2))]
        for number, drawn in enumerate(("messages", "id", "compass"), 1):
            face = _face(drawn, self._titles[number])
            cells.append(holder(column(face, self._numbers[number], self._said[number], -1, spacing=2)))
        self._rule = rule()
        pairs = [row(cells[first], rule(), cells[first + 1], spacing=16) for first in (0, 2)]
        self._laid = row(pairs[0], self._rule, pairs[1], spacing=16, margins=(18, 10, 18, 12))
        for laid, shares in ((pairs[0], (9, 0, 5)), (pairs[1], (5, 0, 5)), (self._laid, (14, 0, 10))):
            for number, share in enumerate(shares):
                laid.setStretch(number, share)
        self.setLayout(self._laid)

    def fit(self, tight: bool) -> None:
        """Two beside each other and two below, where there is no room for all four."""
        self._rule.setVisible(not tight)
        self._laid.setDirection(QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight)

    def show_summary(self, told: Summary, programmes: Sequence[Programme], period: str) -> None:
        """Says the counts of a period."""
        goal = told.goal
        self._programmes = programmes
        self.other.setVisible(len(programmes) > 1)
        name = goal.name if goal.name and len(programmes) > 1 else "Objectif"
        self._titles[0].setText(f"{name}\u00a0: {figure(goal.target)} jeunes{_years(goal)}")
        for place, words in enumerate(("Rencontres", "Inscriptions", "Orientations"), 1):
            self._titles[place].setText(words)
        numbers = (goal.reached, told.encounters, told.registrations, told.referrals)
        for shown, number in zip(self._numbers, numbers, strict=True):
            shown.setText(figure(number))
        self._said[0].setText(pace(goal))
        self._said[1].setText(period)
        self._said[2].setText(_registered(told))
        self._said[3].setText(_sent_on(told))
        self._foretold.setText(foretold(told.forecast) if told.forecast else "")
        self._foretold.setVisible(told.forecast is not None)
        mark = Mark("Jeunes", (goal.reached, goal.target))
        self.goal.show_chart(
            Chart("goal", Kind.GOAL, "Objectif", ("inscrits", "objectif"), (mark,), expected=goal.expected)
        )
        self.goal.setAccessibleDescription(f"{figure(goal.reached)} sur {figure(goal.target)}, {pace(goal)}")

    def _offer(self) -> None:
        menu = QMenu(self)
        for one in self._programmes:
            menu.addAction(one.name, partial(self._choose, one.id))
        menu.exec(self.other.mapToGlobal(self.other.rect().bottomLeft()))


def _face(drawn: str, words: QWidget, *more: QPushButton) -> QWidget:
    made = row(picture(drawn, size=18), words, *more, spacing=7)
    made.setStretch(1, 1)
    return holder(made)


def _years(goal: Goal) -> str:
    """« sur 2 ans », of a programme of whole years."""
    if goal.start is None or goal.end is None:
        return ""
    years = ((goal.end - goal.start).days + 2) / 365.25
    whole = round(years)
    return f" sur {whole}\u00a0an{'s' * (whole > 1)}" if whole and abs(years - whole) < 0.02 else ""


def _registered(told: Summary) -> str:
    """« 66 % des rencontres, 96 jeunes »: somebody met twice is one of these."""
    share = percent(told.registrations, told.encounters)
    return f"{share} des rencontres, {count(told.people, 'jeune')}" if share else ""


def _sent_on(told: Summary) -> str:
    """« jeunes, 48 % des inscrits »; of fewer where what came of some is at the office alone."""
    share = percent(told.referrals, told.told)
    if not share:
        return ""
    known = told.told >= told.people
    return f"jeunes, {share} des inscrits" if known else f"jeunes, {share} des {told.told} dont la suite est connue ici"
