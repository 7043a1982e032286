"""Jeunes: search as one types, chips, the list, and one person beside it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Found
from milomobile.domain.searching import CHIPS
from milomobile.ui import look
from milomobile.ui.models.people import People, Row
from milomobile.ui.news import News
from milomobile.ui.pages.detail import PersonDetail
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import button, column, holder, label, row, rule, scrolled
from milomobile.ui.parts.chips import Chips
from milomobile.ui.parts.hidden import Hidden
from milomobile.ui.parts.long_list import LongList
from milomobile.ui.parts.rows import Line, Mark
from milomobile.ui.parts.seek import seek
from milomobile.ui.parts.spoken import announce, count, letters, short_day
from milomobile.ui.parts.zones import zone
from milomobile.ui.verbs import Verbs

_ABOUT = Qt.ItemDataRole.UserRole
_NOBODY = {
    "all": "Aucun jeune pour l’instant. Les fiches créées sur ce poste apparaîtront ici.",
    "today": "Personne n’a encore été rencontré aujourd’hui.",
    "incomplete": "Aucune fiche à compléter.",
    "recall": "Personne n’est à rappeler.",
    "handover": "Personne n’est à rattacher.",
    "minor": "Aucun mineur parmi les fiches de ce poste.",
    "district": "Aucune fiche d’un quartier prioritaire.",
}


class PeoplePage(QWidget):
    """`register_asked` carries what was searched for and not found."""

    guide = "retrouver"

    register_asked = Signal(str)

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self.typed = seek("Rechercher un jeune", "Nom, commune, téléphone, n° de dossier")
        self._later = QTimer(self, interval=120, singleShot=True)
        self._later.timeout.connect(self._find)
        self.typed.textChanged.connect(self._typed)
        self.typed.returnPressed.connect(self._into_list)
        self.chips = Chips(CHIPS, "Ne montrer que", self._search)
        self._count = label("", "caption", wrap=True)
        self.model = People(self._page, rows.value)
        self.list = LongList(self.model, "Jeunes", 62)
        self._soon = QTimer(self, interval=40, singleShot=True)
        self._soon.timeout.connect(self._show_chosen)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(self._asked)
        self.list.clicked.connect(self._asked)
        self.list.typed.connect(self._type)
        new = button("", lambda: self.register_asked.emit(self.typed.text()), "tonal", "user-plus")
        new.setAccessibleName("Nouvelle inscription")
        look.sized(new, width=48)
        head = row(label("Jeunes", "h1"), -1, new)
        parts = (head, self.typed, self.chips, self._count, self.list)
        left = holder(column(*parts, spacing=10, margins=(24, 14, 16, 16)))
        self._left = left
        self.detail = PersonDetail(verbs, news)
        self.setLayout(row(left, rule(), zone(scrolled(self.detail)), spacing=0))
        news.people.connect(self._told)
        news.outbox.connect(self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list leaves the larger part to who is chosen."""
        super().resizeEvent(event)
        self._left.setFixedWidth(min(look.px(408), self.width() * 3 // 7))

    def _told(self) -> None:
        """A page that is not seen asks again when it is shown."""
        if self.isVisible():
            self.refresh()

    def _typed(self, _text: str) -> None:
        self._later.start()

    def _into_list(self) -> None:
        if self._later.isActive():
            self._search()
        if not self.list.currentIndex().isValid():
            self._stand_at(0)
        self.list.setFocus()

    def _type(self, letters: str) -> None:
        self.typed.setFocus()
        self.typed.insert(letters)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down, from the search field: into the list."""
        if event.key() == Qt.Key.Key_Down and self.typed.hasFocus():
            self._into_list()
        else:
            super().keyPressEvent(event)

    def search(self, text: str) -> None:
        """Puts the focus in the search field, with a text in it, everybody let through."""
        self.chips.choose("all")
        self.typed.setText(text)
        self.typed.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Counts and asks again; who was chosen stays chosen, and the list where it was."""
        bar = self.list.verticalScrollBar()
        before = bar.value()
        self.chips.count(self._verbs.count_chips())
        self._search()
        bar.setValue(before)
        self._show_chosen()

    def redraw(self) -> None:
        """The same people, told otherwise; nothing is searched again."""
        self.model.forget()
        self._show_chosen()

    def show_person(self, id: str) -> None:
        """Shows one person, wherever the list stands."""
        self.chips.choose("all")
        self.typed.setText("")
        self.refresh()
        if self._stand_on(id):
            self._show_chosen()
        else:
            self.detail.ask(id)

    def _find(self) -> None:
        self._search()
        announce(self.typed, self._count.text())

    def _search(self) -> None:
        self._later.stop()
        chosen, typed, chip = self.list.currentIndex().data(_ABOUT), self.typed.text().strip(), self.chips.name
        ranks = self._verbs.listed(typed, chip)
        self.model.show(ranks, [(None, _not_found(typed))] if typed else [])
        self._count.setText(_counted(len(ranks), typed, chip, self.chips.words))
        if not chosen or not self._stand_on(chosen):
            self.detail.ask(None)
        self._soon.stop()

    def _page(self, ranks: Sequence[int]) -> list[Row]:
        typed, today = self.typed.text().strip(), self._verbs.now().astimezone(LOCAL).date()
        return [(one.id, _line(one, typed, today)) if one else ("", _MOVED) for one in self._verbs.people_at(ranks)]

    def _stand_on(self, id: str) -> bool:
        found = self.model.row_of(self._verbs.rank_of(id))
        if found is not None:
            self._stand_at(found)
        return found is not None

    def _stand_at(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))

    def _asked(self, index: QModelIndex) -> None:
        if index.data(_ABOUT) is None:
            self.register_asked.emit(self.typed.text().strip())

    def _chosen(self, now: QModelIndex) -> None:
        """Somebody else: shown when the keys rest, so that the list keeps up with them."""
        self.list.selectionModel().select(now, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._soon.start()

    def _show_chosen(self) -> None:
        self._soon.stop()
        self.detail.ask(self.list.currentIndex().data(_ABOUT) or None)


def _line(one: Found, typed: str, today: date) -> Line:
    hidden = isinstance(one.name, Hidden)
    age = "" if hidden else f"{one.age}\u00a0ans" if one.age is not None else "âge à compléter"
    where = ", ".join(word for word in (one.commune, one.qpv) if word)
    mark = Mark.SENT if one.sent else Mark.WAITING
    state = "fiche complète" if one.complete else "à compléter"
    last = short_day(one.last_encounter.astimezone(LOCAL).date(), today) if one.last_encounter else ""
    return Line(
        one.name,
        ", ".join(word for word in (one.name, age, state, mark.value[2].lower()) if word),
        " · ".join(word for word in (age, where) if word),
        letters=letters(one.name),
        after=last,
        pill="" if one.complete else "À compléter",
        tone="info",
        mark=mark,
        typed=typed,
    )


_MOVED = Line(
    "Fiche rencontrée depuis", "Fiche rencontrée depuis, elle est plus haut", "Elle est plus haut dans la liste"
)


def _not_found(typed: str) -> Line:
    second = f"Créer une fiche pour «\u00a0{typed}\u00a0»"
    return Line(
        "Pas trouvé\u00a0?", f"Pas trouvé\u00a0? {second}", second, picture="user-plus", disc="quiet", key="Ctrl N"
    )


def _counted(found: int, typed: str, chip: str, words: str) -> str:
    among = f" parmi «\u00a0{words}\u00a0»" if chip != "all" else ""
    if typed and not found:
        advice = (
            "Vérifiez l’orthographe, ou choisissez «\u00a0Tous\u00a0»"
            if among
            else "Vérifiez l’orthographe ou créez une fiche"
        )
        return f"Personne ne correspond à «\u00a0{typed}\u00a0»{among}. {advice}."
    if typed:
        return count(found, "résultat") + among
    if not found:
        return _NOBODY[chip]
    return f"{count(found, 'jeune')}{among or ' sur ce poste'}"
