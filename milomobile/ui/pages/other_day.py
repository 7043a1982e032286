"""Another day's tour: looked at, corrected where it is past, planned where it is to come."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from milomobile.domain.dates import french_date, long_date, read_date
from milomobile.ui import look
from milomobile.ui.news import News
from milomobile.ui.pages.tour import TourList
from milomobile.ui.parts.boxes import button, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.verbs import Verbs


class OtherDaySheet(Sheet):
    """Opens on tomorrow; ‹ and › go a day back and on, a date goes anywhere."""

    nameless = True

    def __init__(self, verbs: Verbs, news: News, parent: QWidget | None) -> None:
        super().__init__("Un autre jour", parent)
        self._verbs = verbs
        self._today = verbs.day().day
        self.day = self._today + timedelta(days=1)
        self.asked = Field("Jour", "JJ/MM/AAAA")
        self.asked.left.connect(self._read)
        self.before = button("‹", partial(self._step, -1))
        self.after = button("›", partial(self._step, 1))
        for made, said in ((self.before, "Jour précédent"), (self.after, "Jour suivant")):
            look.sized(made, width=44)
            made.setAccessibleName(said)
            made.setToolTip(said)
        self._name = label("", "h2")
        self.tour = TourList(verbs, news)
        self.body.addWidget(self.asked)
        self.body.addLayout(row(self.before, self._name, -1, self.after, spacing=12))
        self.body.addWidget(self.tour)
        self.add: QPushButton = button("", self._add, "secondary", "plus")
        self.foot.addWidget(self.add)
        done = button("Fermer", self.accept, "primary")
        done.setAutoDefault(False)
        self.foot.addWidget(done)
        news.outing.connect(self._show)
        self._show()
        self.after.setFocus()

    def _step(self, by: int) -> None:
        self.go_to(self.day + timedelta(days=by))

    def go_to(self, day: date) -> None:
        """Shows a day."""
        self.day = day
        self._show()

    def _read(self) -> None:
        try:
            day = read_date(self.asked.text(), self._today)
        except ValueError as wrong:
            self.asked.say(str(wrong))
            return
        if day != self.day:
            self.go_to(day)

    def _show(self) -> None:
        self.asked.say("")
        self.asked.edit.setText(french_date(self.day))
        self._name.setText(long_date(self.day).capitalize())
        self.add.setText("Ajouter un arrêt" if self.day < self._today else "Prévoir un arrêt")
        self.tour.show_tour(self._verbs.tour(self.day), self._today)

    def _add(self) -> None:
        self.tour.add(self.day, planning=self.day >= self._today)
