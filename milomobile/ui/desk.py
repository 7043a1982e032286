"""What an unlocked profile shows: the navigation, and one page at a time beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Draft
from milomobile.domain.people import initials
from milomobile.domain.sending import Waiting
from milomobile.ui.icons import icon
from milomobile.ui.news import News
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.people import PeoplePage
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.pages.report import ReportPage
from milomobile.ui.pages.settings import SettingsPage
from milomobile.ui.pages.sync import SyncPage
from milomobile.ui.pages.today import TodayPage
from milomobile.ui.pages.unlock import tile
from milomobile.ui.parts.boxes import column, label, row, toast
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

PLACES = (
    ("today", "calendar-event", "Aujourd’hui"),
    ("people", "users", "Jeunes"),
    ("sync", "cloud-up", "Fin de journée"),
    ("report", "chart-bar", "Bilan et exports"),
    ("settings", "settings", "Réglages"),
)
_AZERTY = "&é\"'("


class Desk(QWidget):
    """Everything an unlocked profile shows: navigation on the left, one page at a time beside it."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs, self.news, self._tasks = verbs, News(), tasks
        self._stack = QStackedWidget()
        self.today = TodayPage(verbs, self.news)
        self.people = PeoplePage(verbs, self.news)
        self.sync = SyncPage(verbs, self.news, tasks)
        self.report = ReportPage(verbs, tasks)
        self.settings = SettingsPage(verbs, self.news, tasks)
        self.registration = RegistrationPage(verbs, self.news)
        self._pages: dict[str, QWidget] = {
            "today": self.today,
            "people": self.people,
            "sync": self.sync,
            "report": self.report,
            "settings": self.settings,
            "registration": self.registration,
        }
        for page in self._pages.values():
            page.setObjectName("page")
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._stack.addWidget(page)
        self._buttons: dict[str, QPushButton] = {}
        self._side = self._navigation()
        self.setLayout(row(self._side, self._stack, spacing=0))
        self._join()
        self._keys()
        self._count()

    def _navigation(self) -> QFrame:
        side = QFrame()
        side.setObjectName("sidebar")
        self._brand = QWidget()
        self._brand.setLayout(column(label("Milo Mobile", "strong"), label("Pays Messin", "caption"), spacing=0))
        parts: list[QWidget | int] = []
        for key, picture_name, text in PLACES:
            made = QPushButton(f"  {text}")
            made.setProperty("kind", "nav")
            made.setCheckable(True)
            made.setIcon(icon(picture_name))
            made.setIconSize(QSize(20, 20))
            made.setAccessibleName(text)
            made.setToolTip(text)
            made.clicked.connect(lambda _=False, place=key: self.show_place(place))
            self._buttons[key] = made
            parts.append(made)
        self._network = QPushButton()
        self._network.setProperty("kind", "nav")
        self._network.clicked.connect(lambda: self.show_place("sync"))
        first, _, last = self._verbs.adviser.partition(" ")
        self._who = label(f"{initials(first, last)}   {first} {last[:1]}.", "strong")
        self.lock_asked = QPushButton()
        self.lock_asked.setProperty("kind", "ghost")
        self.lock_asked.setIcon(icon("lock"))
        self.lock_asked.setToolTip("Verrouiller (Ctrl L)")
        self.lock_asked.setAccessibleName("Verrouiller")
        self.lock_asked.setFixedWidth(44)
        head = row(tile(38), self._brand, -1, spacing=10)
        foot = row(self._who, -1, self.lock_asked)
        side.setLayout(column(head, 12, *parts, -1, self._network, 6, foot, spacing=6, margins=(12, 16, 12, 12)))
        return side

    def _join(self) -> None:
        self.today.register_asked.connect(self.register)
        self.today.draft_asked.connect(self.resume)
        self.today.anonymous_asked.connect(self.count_anonymous)
        self.today.person_asked.connect(self._show_person)
        self.today.search_asked.connect(self._search)
        self.today.sync_asked.connect(lambda: self.show_place("sync"))
        self.people.register_asked.connect(lambda _text: self.register())
        self.sync.settings_asked.connect(lambda: self.show_place("settings"))
        self.registration.saved.connect(self._saved)
        self.registration.left.connect(self._left)
        self.registration.anonymous_asked.connect(self.count_anonymous)
        self.news.outbox.connect(self._count)

    def _keys(self) -> None:
        calls: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+N", self.register),
            ("Ctrl+Shift+N", self.count_anonymous),
            ("Ctrl+K", self._search),
            ("Ctrl+F", self._search),
            ("Ctrl+S", self._send),
        ]
        for place, (key, _, _) in enumerate(PLACES):
            for typed in (str(place + 1), _AZERTY[place]):
                calls.append((f"Ctrl+{typed}", partial(self.show_place, key)))
        for keys, act in calls:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    def show_place(self, key: str) -> None:
        """Shows a page; a half-filled form is kept on the way."""
        self.registration.keep()
        for name, made in self._buttons.items():
            made.setChecked(name == key)
        self._stack.setCurrentWidget(self._pages[key])
        self._fit()
        refresh = getattr(self._pages[key], "refresh", None)
        if refresh:
            refresh()

    def register(self) -> None:
        """Opens an empty form."""
        self.resume(None)

    def resume(self, draft: Draft | None) -> None:
        """Opens the form with a draft's answers."""
        self.registration.keep()
        self._stack.setCurrentWidget(self.registration)
        self._fit()
        self.registration.open(draft)

    def count_anonymous(self) -> None:
        """The three clicks of an anonymous contact."""
        sheet = AnonymousSheet(self._verbs, self.news, self.window())
        sheet.counted.connect(lambda said: toast(self, said))
        sheet.exec()

    def _saved(self, _id: str) -> None:
        self.show_place("today")
        toast(self, "Fiche enregistrée.")
        self.today.new.setFocus()

    def _left(self) -> None:
        self.show_place("today")
        toast(self, "Mise de côté : le brouillon est gardé.")

    def _show_person(self, id: str) -> None:
        self.show_place("people")
        self.people.show_person(id)

    def _search(self) -> None:
        self.show_place("people")
        self.people.search("")

    def _send(self) -> None:
        if self._stack.currentWidget() is self.registration:
            self.registration.keep()
        else:
            self.show_place("sync")
            self.sync.start()

    def _count(self) -> None:
        waiting = self._verbs.waiting()
        number = f" · {waiting.total}" if waiting.total else ""
        self._buttons["sync"].setText("" if self._compact else f"  Fin de journée{number}")
        self._network.setText(str(waiting.total or "") if self._compact else _network_words(waiting))
        self._network.setIcon(icon("cloud-up" if waiting.server else "cloud-off"))
        self._network.setToolTip(_network_words(waiting))

    _compact = False

    def _fit(self) -> None:
        self._compact = self.window().width() < 1340 or self._stack.currentWidget() is self.registration
        self._side.setFixedWidth(72 if self._compact else 224)
        self._brand.setVisible(not self._compact)
        self._who.setVisible(not self._compact)
        for key, _, text in PLACES:
            self._buttons[key].setText("" if self._compact else f"  {text}")
        self._network.setMinimumHeight(44 if self._compact else 66)
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The navigation folds where the window is narrow."""
        super().resizeEvent(event)
        self._fit()


def _network_words(waiting: Waiting) -> str:
    plural = "s" if waiting.total > 1 else ""
    count = f"{waiting.total} élément{plural} à envoyer" if waiting.total < 1000 else f"{waiting.total} à envoyer"
    if waiting.server is None:
        return f"  Aucun serveur relié\n  {count}"
    if not waiting.total:
        at = waiting.last_sync
        return "  Tout est envoyé" + (f"\n  le {at.astimezone(LOCAL):%d/%m à %H:%M}" if at else "")
    return f"  Tout est gardé ici.\n  {count}"
