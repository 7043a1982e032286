"""Aujourd’hui: the day's stops, who was met, and the two buttons the day is made of."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidget, QListWidgetItem, QPushButton, QSizePolicy, QWidget

from milomobile.domain.dates import LOCAL, french_time, long_date
from milomobile.domain.outings import Day, Draft, Row, Stop
from milomobile.ui import look
from milomobile.ui.day import met
from milomobile.ui.day.closing import CloseSheet, left_open_sentence
from milomobile.ui.day.goal import GoalCard
from milomobile.ui.day.recalls import Recalls
from milomobile.ui.icons import picture
from milomobile.ui.news import News
from milomobile.ui.pages.other_day import OtherDaySheet
from milomobile.ui.pages.tour import TourList
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import (
    NARROW,
    banner,
    button,
    card,
    chip,
    clear,
    column,
    holder,
    label,
    pill,
    row,
    rule,
    scrolled,
)
from milomobile.ui.parts.discs import Dot
from milomobile.ui.parts.rows import Line, Rows
from milomobile.ui.parts.spoken import figure
from milomobile.ui.parts.toast import toast
from milomobile.ui.parts.zones import zone
from milomobile.ui.verbs import Verbs

_NOBODY = (
    "Les personnes rencontrées apparaîtront ici.",
    "«\u00a0Nouvelle inscription\u00a0» pour qui donne son nom, «\u00a0Contact anonyme\u00a0» pour les autres.",
)
_COMPLETE = "Rien à compléter.", "Toutes les fiches du jour sont complètes."


class TodayPage(QWidget):
    """Asks for the form, the anonymous contact, a name for one (its id), a person, a search or the sending."""

    guide = "journee"

    register_asked = Signal()
    anonymous_asked = Signal()
    draft_asked = Signal(object)
    person_asked = Signal(str)
    name_asked = Signal(str)
    search_asked = Signal()
    sync_asked = Signal()

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self._date = label("", "second")
        self._find = find = button("Rechercher un jeune", self.search_asked.emit, "find", "search", "Ctrl K")
        look.sized(find, most_width=336)
        head = row(label("Aujourd’hui", "h1"), self._date, -1, find, spacing=12)
        head.setStretchFactor(find, 100)
        self._stop = column(spacing=5)
        self.new = button("Nouvelle inscription", self.register_asked.emit, "hero", "user-plus", "Ctrl N")
        anonymous = button("Contact anonyme", self.anonymous_asked.emit, "tonal", "user-question", "Ctrl Maj N")
        anonymous.setProperty("tall", True)
        actions = row(self.new, anonymous, spacing=12)
        actions.setStretch(0, 3)
        actions.setStretch(1, 2)
        self._left_open = column(spacing=0)
        stop_card = card(self._left_open, self._stop, 5, actions)
        self._counters = {
            name: label("0", "number") for name in ("encounters", "registrations", "anonymous", "waiting")
        }
        words = ("Rencontres", "Inscriptions", "Contacts anonymes", "À envoyer")
        pictures = ("users", "id", "user-question", "cloud-up")
        counters = row(spacing=20)
        for (_, number), word, drawn in zip(self._counters.items(), words, pictures, strict=True):
            if counters.count():
                counters.addWidget(rule())
            counters.addLayout(column(row(picture(drawn), label(word, "caption"), -1), number, spacing=0), 1)
        self.met = QListWidget()
        self.met.setAccessibleName("Personnes rencontrées")
        rows.dress(self.met, Rows(self.met))
        self.met.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.met.itemActivated.connect(self._chosen)
        self.met.itemClicked.connect(self._chosen)
        self._people_met = label("", "caption")
        self._all, self._gaps = chip("Toutes", self.refresh), chip("À compléter", self.refresh)
        self._all.setChecked(True)
        met_card = self._met_card()
        main = column(stop_card, card(counters, margins=(22, 9, 20, 6)), met_card, spacing=14)
        main.setStretch(2, 1)
        self.tour = TourList(verbs, news)
        add = button("", self.open_stop, "ghost", "plus")
        look.sized(add, width=44)
        add.setAccessibleName("Démarrer ou prévoir un arrêt")
        add.setToolTip("Démarrer ou prévoir un arrêt")
        other = button("Un autre jour", self._other_day, "link")
        tour = card(row(label("Tournée du jour", "h2"), -1, add), self.tour, row(other, -1), margins=(18, 8, 12, 12))
        self.recalls, self.goal = Recalls(), GoalCard()
        self.recalls.person_asked.connect(self.person_asked)
        self.recalls.grown.connect(self._fit)
        self._beside = holder(column(tour, self.recalls, self.goal, -1, spacing=14))
        self._right = scrolled(self._beside)
        zone(self._right)
        self._body = row(holder(main), self._right, spacing=18)
        self._body.setStretch(0, 1)
        self.setLayout(column(head, scrolled(holder(self._body)), spacing=15, margins=(28, 15, 28, 20)))
        for told in (news.people, news.outing, news.drafts, news.outbox):
            told.connect(self._told)

    def _told(self) -> None:
        """A page that is not seen asks again when it is shown."""
        if self.isVisible():
            self.refresh()

    def _met_card(self) -> QFrame:
        title = row(label("Personnes rencontrées", "h2"), self._people_met, -1, self._all, self._gaps, spacing=8)
        title.setContentsMargins(14, 0, 8, 0)
        return card(title, self.met, spacing=4, margins=(8, 12, 8, 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the day's round goes under who was met."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.window().width() < look.px(NARROW)
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.met.setMinimumHeight((4 if narrow else 2) * look.px(52))
        wide = look.px(336)
        self._right.setMinimumSize(0 if narrow else wide, self._beside.sizeHint().height() if narrow else 0)
        self._right.setMaximumWidth(16_777_215 if narrow else wide)

    def redraw(self) -> None:
        """Tells of people anew."""
        self.refresh()

    def refresh(self) -> None:
        """Asks the day again and shows it."""
        day = self._verbs.day()
        self._date.setText(long_date(day.day))
        for name, shown in self._counters.items():
            shown.setText(figure(getattr(day, name)))
        clear(self._left_open)
        if day.left_open:
            ask = button("Donner l’heure de fin", partial(self._close_stop, day.left_open))
            self._left_open.addWidget(banner(left_open_sentence(day.left_open), "warn", ask))
        self._show_stop(day.open_stop)
        self._show_met(day)
        self.tour.show_tour(day.tour, day.day)
        self.goal.show_goal(self._verbs.goal())
        self.recalls.show_recalls(self._verbs.to_call(), day.day)
        self._fit()
        # What was just added counts in no height before the event loop has shown it.
        QTimer.singleShot(0, self, self._fit)

    def open_stop(self) -> None:
        """The sheet that starts a stop."""
        if self.tour.add():
            self.new.setFocus()

    def _other_day(self) -> None:
        OtherDaySheet(self._verbs, self._news, self.window()).exec()

    def _close_stop(self, stop: Stop) -> None:
        if CloseSheet(self._verbs, stop, self.window()).exec():
            self._tell()
            toast(self.window(), f"Arrêt clos\u00a0: {stop.place.name}.", partial(self._reopen, stop))

    def _reopen(self, stop: Stop) -> None:
        self._verbs.correct_stop(stop.id, stop.halt)
        self._tell()

    def _tell(self) -> None:
        self._news.outing.emit()
        self._news.outbox.emit()

    def _show_stop(self, stop: Stop | None) -> QPushButton:
        """What is said of it, and the button for it."""
        clear(self._stop)
        if stop is None:
            self._stop.addWidget(label("Aucun arrêt en cours", "display"))
            said = label("Démarrez l’arrêt, ou enregistrez\u00a0: le lieu sera demandé.", "second")
            start = button("Démarrer un arrêt", self.open_stop, "secondary", "map-pin")
            self._stop.addLayout(row(said, -1, start))
            return start
        since = label(f"depuis {french_time(stop.opened_at.astimezone(LOCAL))}", "caption")
        head = row(Dot(going=True, last=True, height=22), label("Arrêt en cours", "strong"), since, -1, spacing=6)
        closing = button("Clore l’arrêt", partial(self._close_stop, stop), "secondary", "flag")
        name = label(stop.place.name, "display", wrap=True)
        top = row(column(head, name, spacing=2), column(closing, -1), spacing=12)
        top.setStretch(0, 1)
        self._stop.addLayout(top)
        where = row(picture("map-pin", size=18), label(stop.commune or "Commune non précisée"), spacing=6)
        if stop.district:
            where.addWidget(pill(f"QPV {stop.district}"))
        if stop.partners:
            where.addSpacing(10)
            where.addWidget(picture("heart-handshake", size=18))
            where.addWidget(label(", ".join(stop.partners)))
        where.addStretch(1)
        self._stop.addLayout(where)
        return closing

    def _show_met(self, day: Day) -> None:
        kept = self.met.currentRow()
        self.met.clear()
        self._people_met.setText(str(day.people_met or ""))
        drafts = self._verbs.drafts()
        gaps = len(drafts) + sum(one.state == "incomplete" for one in day.met)
        self._gaps.setText(f"À compléter   {gaps}" if gaps else "À compléter")
        for draft in drafts:
            rows.add(self.met, met.of_draft(draft), draft)
        for one in day.met:
            if self._all.isChecked() or one.state == "incomplete":
                rows.add(self.met, met.of_met(one), one)
        if not self.met.count():
            said, then = _NOBODY if self._all.isChecked() else _COMPLETE
            rows.add(self.met, Line(said, f"{said} {then}", then, picture="users", disc="quiet"), None)
        self.met.setCurrentRow(min(kept, self.met.count() - 1))

    def _chosen(self, item: QListWidgetItem) -> None:
        what = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(what, Draft):
            self.draft_asked.emit(what)
        elif isinstance(what, Row) and what.person:
            self.person_asked.emit(what.person)
        elif isinstance(what, Row) and what.nameable:
            self.name_asked.emit(what.id)
