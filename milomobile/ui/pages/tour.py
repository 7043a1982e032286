"""The stops of one day, closed, going on and to come, each with what can be done with it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from milomobile.domain import hours
from milomobile.domain.dates import french_time
from milomobile.domain.outings import Planned, Stop, Tour
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.day.begun_stop import offer_undo
from milomobile.ui.news import News
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.parts.boxes import Part, banner, button, clear, column, label, pill, row
from milomobile.ui.parts.discs import Dot
from milomobile.ui.parts.spoken import count, last_tour
from milomobile.ui.parts.toast import toast
from milomobile.ui.verbs import Verbs


class TourList(QWidget):
    """Shows a tour; corrects its stops, starts, changes and removes those to come, takes up the last day's again."""

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self._lines: QVBoxLayout = column(spacing=0)
        self.setLayout(self._lines)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.code: one.name for one in self._verbs.communes}

    def show_tour(self, tour: Tour, today: date) -> None:
        """The stops of that day; an empty one that is not past offers the last tour."""
        clear(self._lines)
        whole: list[Stop | Planned] = [*tour.stops, *(tour.planned if tour.day >= today else ())]
        if not whole:
            said = "Pas encore d’arrêt aujourd’hui." if tour.day == today else "Aucun arrêt ce jour-là."
            self._lines.addWidget(label(said, "second", wrap=True))
            if tour.last and tour.day >= today:
                words = f"Reprendre la tournée {last_tour(tour.last, today)}"
                self._lines.addSpacing(8)
                self._lines.addLayout(row(button(words, partial(self._repeat, tour.day), "small"), -1))
        for one in whole:
            last = one is whole[-1]
            self._lines.addLayout(
                self._stop(one, last) if isinstance(one, Stop) else self._planned(one, last, tour.day == today)
            )

    def _stop(self, stop: Stop, last: bool) -> QHBoxLayout:
        said = french_time(stop.opened_at)
        if stop.closed_at:
            said += f" – {french_time(stop.closed_at)}"
        state = label("Clos", "caption") if stop.closed_at else pill("En cours", "warn")
        change = _quiet("pencil", f"Corriger l’arrêt {stop.place.name}", partial(self._change, stop))
        where = " · ".join(word for word in (stop.commune, stop.district and f"QPV {stop.district}") if word)
        counts = f"{count(stop.encounters, 'rencontre')}, {count(stop.registrations, 'inscription')}"
        head = row(label(said, "label"), -1, state, change, spacing=4)
        return _step(head, stop.place.name, (where, counts), Dot(stop.closed_at is None, last))

    def _planned(self, planned: Planned, last: bool, now: bool) -> QHBoxLayout:
        starts, ends = (at and french_time(hours.moment(planned.day, at)) for at in (planned.starts, planned.ends))
        said = " – ".join(text for text in (starts, ends) if text) or "Heure à fixer"
        name = planned.place.name
        change = _quiet("pencil", f"Modifier l’arrêt prévu {name}", partial(self._change, planned))
        remove = _quiet("x", f"Retirer l’arrêt prévu {name}", partial(self._remove, planned))
        head = row(label(said, "label"), -1, label("À venir", "caption"), change, remove, spacing=2)
        more: list[Part] = []
        if now:
            start = button("Démarrer", partial(self._start, planned), "small")
            start.setAccessibleName(f"Démarrer l’arrêt {name}")
            more = [row(start, -1, margins=(0, 4, 0, 0))]
        where = self._names.get(planned.place.commune or "", "")
        return _step(head, name, (where,), Dot(False, last, hollow=True), more)

    def add(self, day: date | None = None, planning: bool = False) -> bool:
        """The sheet of a new stop, planned or taken place; whether one was made."""
        return self._done(StopSheet(self._verbs, self.window(), day=day, planning=planning))

    def _change(self, one: Stop | Planned) -> None:
        stop, planned = (one, None) if isinstance(one, Stop) else (None, one)
        self._done(StopSheet(self._verbs, self.window(), stop=stop, planned=planned))

    def _done(self, sheet: StopSheet) -> bool:
        made = bool(sheet.exec())
        if made:
            self._tell()
        if sheet.begun:
            offer_undo(self._verbs, self.window(), sheet.begun, sheet.going, self._tell)
        return made

    def _start(self, planned: Planned) -> None:
        going, begun = self._verbs.day().open_stop, list[str]()
        if self._act(lambda: begun.append(self._verbs.start_planned(planned.id))):
            what = (begun[0], planned.place.name)
            offer_undo(self._verbs, self.window(), what, going, self._tell, planned)

    def _remove(self, planned: Planned) -> None:
        if self._act(partial(self._verbs.unplan_stop, planned.id)):
            undo = partial(self._act, partial(self._verbs.plan_stop, planned))
            toast(self.window(), f"Arrêt prévu retiré\u00a0: {planned.place.name}.", lambda: _forget(undo()))

    def _repeat(self, day: date) -> None:
        made: list[str] = []
        if self._act(lambda: made.extend(self._verbs.repeat_tour(day))):

            def undo() -> None:
                for id in made:
                    self._verbs.unplan_stop(id)
                self._tell()

            toast(self.window(), "Tournée reprise\u00a0: les arrêts sont à venir.", undo)

    def _act(self, act: Callable[[], object]) -> bool:
        """Does an act and tells the pages; what goes wrong is said on top of the list."""
        try:
            act()
        except Trouble as trouble:
            self._lines.insertWidget(0, banner(trouble.sentence, "err"))
            return False
        self._tell()
        return True

    def _tell(self) -> None:
        self._news.outing.emit()
        self._news.outbox.emit()


def _forget(_: object) -> None:
    """For acts whose answer nobody needs."""


def _quiet(drawn: str, said: str, act: Callable[[], object]) -> QPushButton:
    made = button("", act, "quiet", drawn)
    look.sized(made, width=34)
    made.setAccessibleName(said)
    made.setToolTip(said)
    return made


def _step(
    head: QHBoxLayout, name: str, lines: tuple[str | None, ...], dot: Dot, more: list[Part] | None = None
) -> QHBoxLayout:
    parts: list[Part] = [head, label(name, "strong", wrap=True)]
    parts += [label(text, "caption", wrap=True) for text in lines if text]
    texts = column(*parts, *(more or ()), spacing=0, margins=(0, 0, 0, 12))
    made = row(dot, texts, spacing=10)
    made.setStretch(1, 1)
    return made
