"""Jeunes: search as one types, the list, and one person beside it."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Found
from milomobile.ui.icons import icon
from milomobile.ui.news import News
from milomobile.ui.pages.detail import PersonDetail
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import button, column, holder, label, row, scrolled
from milomobile.ui.parts.rows import Line, Mark, Rows
from milomobile.ui.parts.spoken import letters, short_day
from milomobile.ui.verbs import Verbs


class PeoplePage(QWidget):
    """`register_asked` carries what was searched for and not found."""

    register_asked = Signal(str)

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("Prénom, nom, commune, fin du téléphone")
        self.typed.setAccessibleName("Rechercher un jeune")
        self.typed.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.typed.setClearButtonEnabled(True)
        self._later = QTimer(self, interval=120, singleShot=True)
        self._later.timeout.connect(self.refresh)
        self.typed.textEdited.connect(self._typed)
        self.typed.returnPressed.connect(self._into_list)
        self._count = label("", "caption", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Jeunes")
        rows.dress(self.list, Rows(self.list, 62, 38, ruled=False))
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(self._asked)
        self.list.itemClicked.connect(self._asked)
        new = button("", lambda: self.register_asked.emit(self.typed.text()), "tonal", "user-plus")
        new.setAccessibleName("Nouvelle inscription")
        new.setFixedWidth(48)
        head = row(label("Jeunes", "h1"), -1, new)
        left = holder(column(head, self.typed, self._count, self.list, spacing=10, margins=(24, 14, 16, 16)))
        left.setFixedWidth(408)
        self.detail = PersonDetail(verbs, news)
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedWidth(1)
        self.setLayout(row(left, line, scrolled(self.detail), spacing=0))
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
        typed = self.typed.text().strip()
        found = self._verbs.search(typed)
        today = self._verbs.now().astimezone(LOCAL).date()
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            rows.add(self.list, _line(one, typed, today), one.id)
            if chosen and one.id == chosen:
                self.list.setCurrentRow(self.list.count() - 1)
        if typed:
            rows.add(self.list, _not_found(typed), None)
        self.list.blockSignals(False)
        self._count.setText(_counted(len(found), typed, self._verbs.count_people()))
        if self.list.currentItem() is None:
            self.detail.ask(None)
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
        self.detail.ask(id)

    def _asked(self, item: QListWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole) is None:
            self.register_asked.emit(self.typed.text().strip())

    def _chosen(self) -> None:
        item = self.list.currentItem()
        id = item.data(Qt.ItemDataRole.UserRole) if item else None
        self.detail.ask(id)


def _line(one: Found, typed: str, today: date) -> Line:
    age = f"{one.age}\u00a0ans" if one.age is not None else "âge à compléter"
    where = ", ".join(word for word in (one.commune, one.qpv) if word)
    mark = Mark.SENT if one.sent else Mark.WAITING
    state = "fiche complète" if one.complete else "à compléter"
    last = short_day(one.last_encounter.astimezone(LOCAL).date(), today) if one.last_encounter else ""
    return Line(
        one.name,
        ", ".join((one.name, age, state, mark.value[2].lower())),
        " · ".join(word for word in (age, where) if word),
        letters=letters(one.name),
        after=last,
        pill="" if one.complete else "À compléter",
        tone="info",
        mark=mark,
        typed=typed,
    )


def _not_found(typed: str) -> Line:
    second = f"Créer une fiche pour «\u00a0{typed}\u00a0»"
    return Line(
        "Pas trouvé\u00a0?", f"Pas trouvé\u00a0? {second}", second, picture="user-plus", disc="quiet", key="Ctrl N"
    )


def _counted(found: int, typed: str, total: int) -> str:
    if not typed:
        return f"{total} jeune{'s' * (total > 1)} sur ce poste" if total else "Aucun jeune pour l’instant."
    if not found:
        return f"Personne ne correspond à «\u00a0{typed}\u00a0». Vérifiez l’orthographe ou créez une fiche."
    more = " ou plus" if found == 50 else ""
    return f"{found}{more} résultat{'s' * (found > 1)}"
