"""Aujourd’hui: the day's stops, who was met, and the two buttons the day is made of."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from milomobile.domain.dates import LOCAL, french_time, long_date
from milomobile.domain.outings import Day, Draft, Row, Stop
from milomobile.ui.icons import icon, picture
from milomobile.ui.news import News
from milomobile.ui.pages.stop import CloseSheet, StopSheet
from milomobile.ui.parts.boxes import Part, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.verbs import Verbs

_STATES = {"incomplete": "À compléter", "complete": "Fiche complète", "anonymous": "", "group": ""}


class TodayPage(QWidget):
    """Asks for the form, the anonymous contact, a person, a search or the sending."""

    register_asked = Signal()
    anonymous_asked = Signal()
    draft_asked = Signal(object)
    person_asked = Signal(str)
    search_asked = Signal()
    sync_asked = Signal()

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self._date = label("", "second")
        find = QLineEdit()
        find.setPlaceholderText("Rechercher un jeune   (Ctrl K)")
        find.setFixedWidth(336)
        find.setReadOnly(True)
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        find.mousePressEvent = lambda _event: self.search_asked.emit()  # type: ignore[method-assign]
        head = row(label("Aujourd’hui", "h1"), self._date, -1, find, spacing=12)
        self._stop = column(spacing=6)
        self.new = button("  Nouvelle inscription    Ctrl N", self.register_asked.emit, "hero", "user-plus")
        anonymous = button("  Contact anonyme    Ctrl Maj N", self.anonymous_asked.emit, "tonal", "user-question")
        anonymous.setMinimumHeight(58)
        actions = row(self.new, anonymous, spacing=12)
        actions.setStretch(0, 3)
        actions.setStretch(1, 2)
        stop_card = card(self._stop, 4, actions)
        self._counters = {
            name: label("0", "number") for name in ("encounters", "registrations", "anonymous", "waiting")
        }
        words = ("Rencontres", "Inscriptions", "Contacts anonymes", "À envoyer")
        pictures = ("users", "id", "user-question", "cloud-up")
        counters = row(spacing=20)
        for (_, number), word, drawn in zip(self._counters.items(), words, pictures, strict=True):
            counters.addLayout(column(row(picture(drawn), label(word, "second"), -1), number, spacing=0), 1)
        self._met = QListWidget()
        self._met.setAccessibleName("Personnes rencontrées")
        self._met.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._met.itemActivated.connect(self._chosen)
        self._met_title = label("Personnes rencontrées", "h2")
        met = card(self._met_title, self._met)
        main = column(stop_card, card(counters), met, spacing=14)
        main.setStretch(2, 1)
        self._tour = column(spacing=8)
        add = button("+", self.open_stop, "ghost")
        add.setFixedWidth(44)
        add.setAccessibleName("Démarrer un arrêt")
        tour = card(row(label("Tournée du jour", "h2"), -1, add), scrolled(holder(self._tour)))
        tour.setFixedWidth(336)
        body = row(holder(main), tour, spacing=18)
        self.setLayout(column(head, body, spacing=16, margins=(28, 16, 28, 20)))
        for told in (news.people, news.outing, news.drafts, news.outbox):
            told.connect(self.refresh)

    def refresh(self) -> None:
        """Asks the day again and shows it."""
        day = self._verbs.day()
        self._date.setText(long_date(day.day))
        for name, shown in self._counters.items():
            shown.setText(str(getattr(day, name)))
        self._show_stop(day.open_stop)
        self._show_met(day)
        self._show_tour(day)

    def open_stop(self) -> None:
        """The sheet that starts a stop."""
        if StopSheet(self._verbs, self.window()).exec():
            self._news.outing.emit()
            self._news.outbox.emit()
            self.new.setFocus()

    def _close_stop(self) -> None:
        stop = self._verbs.day().open_stop
        if stop and CloseSheet(stop, self.window()).exec():
            self._verbs.close_stop(stop.id)
            self._news.outing.emit()
            self._news.outbox.emit()

    def _show_stop(self, stop: Stop | None) -> None:
        clear(self._stop)
        if stop is None:
            self._stop.addWidget(label("Aucun arrêt en cours", "display"))
            said = label("Démarrez l’arrêt, ou enregistrez : le lieu sera demandé.", "second")
            self._stop.addLayout(row(said, -1, button("Démarrer un arrêt", self.open_stop, "secondary", "map-pin")))
            return
        dot = label("●")
        dot.setProperty("role", "dot")
        since = label(f"depuis {french_time(stop.opened_at.astimezone(LOCAL))}", "second")
        closing = button("Clore l’arrêt", self._close_stop, "secondary", "flag")
        self._stop.addLayout(row(dot, label("Arrêt en cours", "strong"), since, -1, closing))
        self._stop.addWidget(label(stop.place.name, "display", wrap=True))
        where = row(picture("map-pin", size=18), label(stop.commune or "Commune non précisée"), spacing=6)
        if stop.district:
            pill = label(f"QPV {stop.district}")
            pill.setProperty("pill", "neutral")
            where.addWidget(pill)
        if stop.partners:
            where.addSpacing(10)
            where.addWidget(picture("heart-handshake", size=18))
            where.addWidget(label(", ".join(stop.partners)))
        where.addStretch(1)
        self._stop.addLayout(where)

    def _show_met(self, day: Day) -> None:
        self._met.clear()
        self._met_title.setText(f"Personnes rencontrées   {day.people_met}")
        for draft in self._verbs.drafts():
            name = str(draft.answers.get("person.given_name") or "Sans prénom")
            at = french_time(draft.kept_at.astimezone(LOCAL))
            self._add(f"{at}    {name}    Brouillon : reprendre", "pencil", draft)
        for met in day.met:
            words = (
                french_time(met.at.astimezone(LOCAL)),
                f"{met.name}  {met.age}".strip(),
                met.line,
                _STATES[met.state],
            )
            self._add("    ".join(word for word in words if word), "cloud-check" if met.sent else "cloud-up", met)
        if not self._met.count():
            self._met.addItem("Les personnes rencontrées apparaîtront ici.")

    def _add(self, text: str, drawn: str, what: Row | Draft) -> None:
        item = QListWidgetItem(icon(drawn, "ok" if drawn == "cloud-check" else "text2"), text)
        item.setData(Qt.ItemDataRole.UserRole, what)
        item.setToolTip({"pencil": "Brouillon", "cloud-check": "Envoyé"}.get(drawn, "À envoyer"))
        self._met.addItem(item)

    def _chosen(self, item: QListWidgetItem) -> None:
        what = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(what, Draft):
            self.draft_asked.emit(what)
        elif isinstance(what, Row) and what.person:
            self.person_asked.emit(what.person)

    def _show_tour(self, day: Day) -> None:
        clear(self._tour)
        if not day.stops:
            self._tour.addWidget(label("Pas encore d’arrêt aujourd’hui.", "second", wrap=True))
        for stop in day.stops:
            hours = french_time(stop.opened_at.astimezone(LOCAL))
            if stop.closed_at:
                hours += f" – {french_time(stop.closed_at.astimezone(LOCAL))}"
            state = label("Clos" if stop.closed_at else "En cours")
            state.setProperty("pill", "neutral" if stop.closed_at else "warn")
            where = " · ".join(word for word in (stop.commune, stop.district and f"QPV {stop.district}") if word)
            counts = f"{stop.encounters} rencontres, {stop.registrations} inscriptions"
            title = label(stop.place.name, "strong", wrap=True)
            lines: list[Part] = [row(label(hours, "strong"), -1, state), title, label(counts, "caption")]
            if where:
                lines.insert(2, label(where, "caption", wrap=True))
            self._tour.addLayout(column(*lines, spacing=2))
            self._tour.addSpacing(10)
        self._tour.addStretch(1)
