"""Objectif du projet: how many were registered of those aimed at, and where that should be today."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from milomobile.domain.programme import Goal
from milomobile.ui import look
from milomobile.ui.parts import paint
from milomobile.ui.parts.boxes import column, label, row
from milomobile.ui.parts.heard import heard_as
from milomobile.ui.parts.spoken import figure

_HIGH = 10


class GoalCard(QFrame):
    """The people of this laptop; the words under the bar say what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._share, self._bar = label("", "strong"), _Bar()
        self._said, self._pace = label("", "caption"), label("", "caption")
        head = row(label("Objectif du projet", "h2"), -1, self._share)
        foot = row(self._said, -1, self._pace)
        self.setLayout(column(head, self._bar, foot, spacing=8, margins=(18, 12, 18, 14)))

    def show_goal(self, goal: Goal) -> None:
        """Says how far it is."""
        share = goal.reached / goal.target
        self._share.setText(_percent(share))
        self._said.setText(f"{figure(goal.reached)} sur {figure(goal.target)} jeunes, sur ce poste")
        pace = "" if goal.expected is None else f"rythme prévu\u00a0: {_percent(goal.expected)}"
        self._pace.setText(pace)
        self._bar.show_share(min(1.0, share), goal.expected)
        self._bar.setAccessibleName(", ".join(word for word in (self._said.text(), pace) if word))


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share: float = 0
        self._mark: float | None = None
        look.sized(self, height=_HIGH + 8)
        heard_as(self, QAccessible.Role.Graphic)

    def show_share(self, share: float, mark: float | None) -> None:
        self._share, self._mark = share, mark
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = look.px(_HIGH + 8) - 8
        whole = QRect(0, 4, self.width(), high)
        paint.box(painter, whole, "track", high // 2)
        done = round(whole.width() * self._share)
        if done:
            paint.box(painter, QRect(0, 4, max(done, high), high), "primary", high // 2)
        if self._mark is not None:
            at = min(whole.right() - 2, round(whole.width() * self._mark))
            paint.box(painter, QRect(at - 2, 0, 7, high + 8), "surface", 0)
            paint.box(painter, QRect(at, 0, 3, high + 8), "text", 0)
        painter.end()


def _percent(share: float) -> str:
    return f"{round(share * 100)}\u00a0%"
