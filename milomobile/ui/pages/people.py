"""Jeunes: search as one types, the list, and one person with the encounters."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from milomobile.domain.dates import LOCAL, french_date, french_time, long_date
from milomobile.domain.people import Found, Sheet
from milomobile.domain.phones import show_phone
from milomobile.errors import Trouble
from milomobile.ui.icons import icon
from milomobile.ui.news import News
from milomobile.ui.parts.boxes import button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.verbs import Verbs


class PeoplePage(QWidget):
    """`register_asked` carries what was searched for and not found."""

    register_asked = Signal(str)

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs = verbs
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("Prénom, nom, commune, fin du téléphone")
        self.typed.setAccessibleName("Rechercher un jeune")
        self.typed.setClearButtonEnabled(True)
        self._later = QTimer(self, interval=120, singleShot=True)
        self._later.timeout.connect(self.refresh)
        self.typed.textEdited.connect(self._typed)
        self.typed.returnPressed.connect(self._into_list)
        self._count = label("", "caption")
        self.list = QListWidget()
        self.list.setAccessibleName("Jeunes")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(self._chosen)
        new = button("", lambda: self.register_asked.emit(self.typed.text()), "tonal", "user-plus")
        new.setAccessibleName("Nouvelle inscription")
        new.setFixedWidth(48)
        left = holder(
            column(
                row(label("Jeunes", "h1"), -1, new),
                self.typed,
                self._count,
                self.list,
                spacing=10,
                margins=(24, 16, 16, 16),
            )
        )
        left.setFixedWidth(408)
        self._detail = column(spacing=14, margins=(24, 16, 28, 20))
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedWidth(1)
        self.setLayout(row(left, line, scrolled(holder(self._detail)), spacing=0))
        news.people.connect(self.refresh)
        news.outbox.connect(self.refresh)

    def _typed(self) -> None:
        self._later.start()

    def _into_list(self) -> None:
        self.list.setFocus()
        self.list.setCurrentRow(0)

    def search(self, text: str) -> None:
        """Puts the focus in the search field, with a text in it."""
        self.typed.setText(text)
        self.typed.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Asks the list again; who was chosen stays chosen."""
        self._later.stop()
        chosen = self.list.currentItem().data(Qt.ItemDataRole.UserRole) if self.list.currentItem() else None
        found = self._verbs.search(self.typed.text())
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            self.list.addItem(_item(one))
            if one.id == chosen:
                self.list.setCurrentRow(self.list.count() - 1)
        self.list.blockSignals(False)
        total, typed = self._verbs.count_people(), self.typed.text().strip()
        if typed:
            more = " ou plus" if len(found) == 50 else ""
            self._count.setText(f"{len(found)}{more} résultat{'s' * (len(found) > 1)}")
            if not found:
                self._count.setText(
                    f"Personne ne correspond à «\u00a0{typed}\u00a0». Vérifiez l’orthographe ou créez une fiche."
                )
        else:
            self._count.setText(
                f"{total} jeune{'s' * (total > 1)} sur ce poste" if total else "Aucun jeune pour l’instant."
            )
        self._count.setWordWrap(True)
        if self.list.currentItem() is None:
            self._show(None)
        else:
            self._chosen()

    def show_person(self, id: str) -> None:
        """Shows one person, wherever the list stands."""
        self.typed.setText("")
        self.refresh()
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == id:
                self.list.setCurrentRow(place)
                return
        self._show(self._verbs.sheet(id))

    def _chosen(self) -> None:
        item = self.list.currentItem()
        try:
            self._show(self._verbs.sheet(item.data(Qt.ItemDataRole.UserRole)) if item else None)
        except Trouble as trouble:
            self._show(None)
            self._detail.addWidget(label(trouble.sentence, "second", wrap=True))

    def _show(self, sheet: Sheet | None) -> None:
        clear(self._detail)
        if sheet is None:
            self._detail.addStretch(1)
            self._detail.addWidget(
                label("Choisissez une personne dans la liste.", "second"), 0, Qt.AlignmentFlag.AlignHCenter
            )
            self._detail.addStretch(1)
            return
        person = sheet.person
        self._detail.addWidget(label(person.name, "h1", wrap=True))
        age = person.age(self._verbs.now().astimezone(LOCAL).date())
        known = f"{age} ans" if age is not None else "Date de naissance à compléter"
        if person.birth_date:
            known += f" · naissance le {french_date(person.birth_date)}"
        self._detail.addWidget(label(known, "second"))
        pills = row(spacing=8)
        facts = (sheet.district and f"QPV {sheet.district}", sheet.situation, sheet.handover)
        for fact in (fact for fact in facts if fact):
            pill = label(fact)
            pill.setProperty("pill", "neutral")
            pills.addWidget(pill)
        pills.addStretch(1)
        self._detail.addLayout(pills)
        self._detail.addWidget(self._contacts(sheet))
        for at, place in sheet.appointments:
            when = at.astimezone(LOCAL)
            day = f"{long_date(when.date())}, {french_time(when)}"
            self._detail.addWidget(
                card(label("Prochain rendez-vous", "h2"), label(day, "strong"), label(place, "second"))
            )
        self._detail.addWidget(_history(sheet))
        self._detail.addStretch(1)

    def _contacts(self, sheet: Sheet) -> QFrame:
        person = sheet.person
        head = row(label("Coordonnées", "h2"), -1)
        if person.phone:
            head.addWidget(button("Copier le numéro", lambda: self._copy(show_phone(person.phone or "")), "link"))
        lines = [show_phone(person.phone) if person.phone else None, person.email, person.social, person.address]
        home = " ".join(word for word in (person.postal_code, sheet.commune) if word)
        return card(head, *(label(line, wrap=True) for line in (*lines, home) if line), spacing=6)

    def _copy(self, phone: str) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(phone)
        QTimer.singleShot(60_000, self, lambda: clipboard.clear() if clipboard.text() == phone else None)


def _item(one: Found) -> QListWidgetItem:
    age = f"{one.age} ans" if one.age is not None else "âge à compléter"
    where = " · ".join(word for word in (age, one.commune, one.qpv) if word)
    last = one.last_encounter.astimezone(LOCAL) if one.last_encounter else None
    item = QListWidgetItem(
        icon("cloud-check" if one.sent else "cloud-up", "ok" if one.sent else "text2"),
        f"{one.name}\n{where}" + (f" · {last:%d/%m}" if last else ""),
    )
    item.setData(Qt.ItemDataRole.UserRole, one.id)
    sent = "envoyée" if one.sent else "à envoyer"
    state = "fiche complète" if one.complete else "à compléter"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {age}, {state}, {sent}")
    return item


def _history(sheet: Sheet) -> QFrame:
    count = len(sheet.encounters)
    head = row(label("Parcours", "h2"), -1, label(f"{count} rencontre{'s' * (count > 1)}", "caption"))
    parts = []
    for met in sheet.encounters:
        at = met.at.astimezone(LOCAL)
        words = (f"Avec {met.adviser}", f"Demandes : {', '.join(met.needs)}" if met.needs else "", met.outcome or "")
        when = label(f"{at:%d/%m/%Y}, {french_time(at)}", "caption")
        line = label(" · ".join(word for word in words if word), "second", wrap=True)
        parts.append(column(row(label(met.place, "strong"), -1, when), line, spacing=2))
    return card(head, *parts, spacing=14)
