"""Which days the page Bilan shows: a week, a month, a quarter, the project, or two dates."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from milomobile.domain import periods
from milomobile.domain.dates import LOCAL, french_date, read_date
from milomobile.domain.periods import Period
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, holder, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.spoken import announce

_PROJECT = "Depuis le début du projet"


class PeriodPicker(QWidget):
    """The head of a page: its title, then the choice. `project` tells when the project began, None where nobody knows;
    what is to come is never shown.
    """

    changed = Signal()

    def __init__(self, title: str, now: Callable[[], datetime], project: Callable[[], date | None]) -> None:
        super().__init__()
        self._now, self._project = now, project
        self._told: Period | None = None
        self.kind = Choices("Période", list(periods.KINDS), len(periods.KINDS), segmented=True, titled=False)
        look.measured(self.kind, lambda made: made.setMinimumWidth(max(look.px(340), made.least())))
        self.kind.choose(["month"])
        self.kind.changed.connect(self._chosen)
        self.before = button("", partial(self._step, False), "ghost", "chevron-left")
        self.after = button("", partial(self._step, True), "ghost", "chevron-right")
        for made, said in ((self.before, "Période d’avant"), (self.after, "Période d’après")):
            made.setAccessibleName(said)
            made.setToolTip(said)
            look.sized(made, width=44)
        self.words = label("", "strong")
        look.sized(self.words, least_width=132)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first, self.last = Field("Du"), Field("Au")
        for field in (self.first, self.last):
            field.left.connect(self._typed)
        typed = row(self.first, self.last, -1, spacing=16)
        for field in (self.first, self.last):
            typed.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.dates = holder(typed)
        self.dates.hide()
        self._shown = periods.period("month", self._today())
        steps = row(label(title, "h1"), -1, self.before, self.words, self.after, spacing=4)
        self._laid = row(steps, self.kind, spacing=16, margins=(6, 0, 6, 0))
        self._laid.setStretch(0, 1)
        self.setLayout(self._laid)
        self._show()

    def fit(self, narrow: bool) -> None:
        """Where it is narrow, the kinds of period stand on a line of their own."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._laid.setDirection(down if narrow else across)
        self._laid.setSpacing(8 if narrow else 16)

    def _today(self) -> date:
        return self._now().astimezone(LOCAL).date()

    def period(self) -> Period | None:
        """The days shown, none of them to come; None where the dates typed are not right."""
        shown = self._between() if self.kind.value() == "dates" else self._shown
        return shown and periods.until(shown, self._today())

    def to_call(self) -> Period | None:
        """The days that calls to come are told of; None as `period`."""
        kind = self.kind.value() or "month"
        shown = self._between() if kind == "dates" else self._shown
        return shown and periods.to_call(kind, shown, self._today())

    def project(self) -> Period:
        """From the project's first day to today."""
        today = self._today()
        return Period(min(self._project() or today, today), today, _PROJECT)

    def show_project(self) -> None:
        """From the project's first day."""
        self.kind.choose(["project"])
        self._chosen()

    def _chosen(self) -> None:
        kind, today = self.kind.value() or "month", self._today()
        if kind == "project":
            self._shown = self.project()
        elif kind == "dates":
            self.first.edit.setText(french_date(self._shown.first))
            self.last.edit.setText(french_date(min(self._shown.last, today)))
        else:
            self._shown = periods.period(kind, min(max(self._shown.first, min(self._shown.last, today)), today))
        self._show()
        self._told = self._between() if kind == "dates" else None
        self.changed.emit()
        if kind == "dates":
            self.first.edit.setFocus()

    def _step(self, forward: bool) -> None:
        self._shown = periods.beside(self.kind.value() or "month", self._shown, forward)
        self._show()
        announce(self, self._shown.words)
        self.changed.emit()

    def _show(self) -> None:
        kind = self.kind.value()
        steps = kind not in ("project", "dates")
        self.before.setVisible(steps)
        self.after.setVisible(steps)
        self.after.setEnabled(self._shown.last < self._today())
        self.words.setVisible(kind != "dates")
        self.words.setText(self._shown.words)
        self.dates.setVisible(kind == "dates")

    def _typed(self) -> None:
        found = self._between() if self.kind.value() == "dates" else self._told
        if found != self._told:
            self._told = found
            self.changed.emit()

    def _between(self) -> Period | None:
        found, today = [], self._today()
        for field in (self.first, self.last):
            try:
                found.append(read_date(field.text(), today))
                field.say("")
            except ValueError as wrong:
                field.say(str(wrong))
        if len(found) < 2:
            return None
        if found[0] > found[1]:
            self.last.say("La période finit avant de commencer.")
            return None
        if found[0] > today:
            self.first.say("Cette période n’a pas commencé.")
            return None
        return Period(found[0], found[1], periods.in_words(found[0], found[1]))
