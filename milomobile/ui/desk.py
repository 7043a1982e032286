"""What an unlocked profile shows: the navigation, and one page at a time beside it."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStackedWidget, QWidget

from milomobile.ui import look, network
from milomobile.ui.counting import count
from milomobile.ui.desk_keys import DISCREET, bind, reach
from milomobile.ui.discreet import Discreet
from milomobile.ui.news import News
from milomobile.ui.pages.people import PeoplePage
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.pages.report import ReportPage
from milomobile.ui.pages.settings import SettingsPage
from milomobile.ui.pages.sync import SyncPage
from milomobile.ui.pages.today import TodayPage
from milomobile.ui.parts import zones
from milomobile.ui.parts.boxes import COMPACT, column, row
from milomobile.ui.parts.holding import Holding
from milomobile.ui.parts.slices import in_slices
from milomobile.ui.parts.under_hand import came_up
from milomobile.ui.purging import purge
from milomobile.ui.sidebar import Sidebar
from milomobile.ui.tasks import Tasks
from milomobile.ui.veil import Veil, veiled
from milomobile.ui.verbs import Verbs
from milomobile.ui.writing import Writing

_LOWEST = 440
"""Below this height of the window, in pixels at 100 %, the navigation is closer together."""
_LATER = ("registration", "people", "sync", "settings", "report")
"""The pages besides Aujourd'hui, as they are likely to be wanted."""
_LARGE = {"registration": "_form", "settings": "_settings"}
"""Those laid a section at a time, and what they are while they are laid."""
Page = TypeVar("Page", bound=QWidget)
_Page = TodayPage | PeoplePage | SyncPage | ReportPage | SettingsPage | RegistrationPage


class Desk(QWidget):
    """Everything an unlocked profile shows: navigation on the left, one page at a time beside it."""

    tour_asked = Signal()

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.veil = Veil(verbs.preferences().discreet)
        verbs = veiled(verbs, self.veil)
        self._verbs, self.news, self._tasks = verbs, News(), tasks
        self._stack = QStackedWidget()
        self._stack.currentChanged.connect(lambda _: came_up(self))
        self._holding, self._rested = Holding(self.veil, self), False
        self.writing = Writing(verbs, self.news, lambda: self.registration, self)
        self.writing.begins.connect(self._begin_form)
        self.writing.over.connect(self._go_back)
        self.side = Sidebar(verbs.adviser)
        zones.zone(self.side)
        self.side.asked.connect(self.show_place)
        self._discreet = Discreet(self.veil, verbs, self.side, self._pages, self)
        self._whole = column(row(self.side, self._stack, spacing=0), spacing=0)
        self.setLayout(self._whole)
        network.watch(self, self._count)
        look.changed.connect(self._fit_all)
        self.news.outbox.connect(self._count)
        self._keys()
        self._count()
        in_slices(self._slices(), self, lambda: self.isVisible() and not tasks.stopping)

    def rest(self) -> None:
        """Nobody is at the laptop for a while: what has to go by law goes, once."""
        if not self._rested:
            self._rested = True
            purge(self._verbs, self._tasks, self.news)

    @property
    def verbs(self) -> Verbs:
        """What its pages were handed."""
        return self._verbs

    def shows(self, page: QWidget) -> bool:
        """Whether this page is the one in front."""
        return self._stack.currentWidget() is page

    def mark(self, band: QWidget) -> None:
        """Says over every page what kind of profile this is."""
        self._whole.insertWidget(0, band)

    @property
    def guide(self) -> str:
        """The page of the user guide about the page shown."""
        return str(getattr(self._stack.currentWidget(), "guide", ""))

    def _add(self, page: Page) -> Page:
        page.setObjectName("page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack.addWidget(zones.zone(page))
        return page

    def _hold(self, *lists: QAbstractItemView) -> None:
        for view in lists:
            view.installEventFilter(self._holding)

    @cached_property
    def today(self) -> TodayPage:
        """Aujourd'hui."""
        page = self._add(TodayPage(self._verbs, self.news))
        page.register_asked.connect(self.register)
        page.draft_asked.connect(self.writing.open)
        page.anonymous_asked.connect(self.count_anonymous)
        page.person_asked.connect(self._show_person)
        page.name_asked.connect(self.writing.name_later)
        page.search_asked.connect(self._search)
        page.sync_asked.connect(lambda: self.show_place("sync"))
        self._hold(page.met, page.recalls.people)
        return page

    @cached_property
    def people(self) -> PeoplePage:
        """Jeunes."""
        page = self._add(PeoplePage(self._verbs, self.news))
        page.register_asked.connect(lambda _text: self.register())
        page.detail.register_asked.connect(self.register)
        page.detail.again_asked.connect(self.writing.meet_again)
        page.detail.amend_asked.connect(self.writing.amend)
        self._hold(page.list)
        return page

    @cached_property
    def sync(self) -> SyncPage:
        """Fin de journée."""
        page = self._add(SyncPage(self._verbs, self.news, self._tasks))
        page.settings_asked.connect(self._ask_server)
        page.correct_asked.connect(self.writing.correct)
        return page

    @cached_property
    def report(self) -> ReportPage:
        """Bilan et exports."""
        page = self._add(ReportPage(self._verbs, self._tasks))
        page.today_asked.connect(lambda: self.show_place("today"))
        page.person_asked.connect(self._show_person)
        return page

    @cached_property
    def _settings(self) -> SettingsPage:
        return self._add(SettingsPage(self._verbs, self.news, self._tasks))

    @cached_property
    def settings(self) -> SettingsPage:
        """Réglages; what is not laid of it yet is laid at once."""
        deque(self._settings.laying, 0)
        self._settings.locking.tour_asked.connect(self.tour_asked)
        return self._settings

    @cached_property
    def _form(self) -> RegistrationPage:
        page = self._add(RegistrationPage(self._verbs, self.news, self.veil))
        page.saved.connect(self.writing.saved)
        page.left.connect(self.writing.left)
        page.anonymous_asked.connect(self.writing.count_instead)
        return page

    @cached_property
    def registration(self) -> RegistrationPage:
        """The form; what is not laid of it yet is laid at once."""
        deque(self._form.laying, 0)
        self._form.redraw()
        return self._form

    def _made(self, name: str) -> bool:
        return name in self.__dict__

    def _pages(self) -> list[_Page]:
        """Those that are made."""
        return [self.today, *(getattr(self, name) for name in _LATER if self._made(name))]

    def _slices(self) -> Iterator[object]:
        """Every page before somebody wants it, the large ones a section at a time.

        Who stops in the midst must not end `laying` with it, as `yield from` would: who wants the page lays the rest.
        """
        for name in _LATER:
            if name in _LARGE:
                begun: RegistrationPage | SettingsPage = getattr(self, _LARGE[name])
                yield begun
                for _ in begun.laying:
                    yield begun
            yield getattr(self, name)

    def _keys(self) -> None:
        calls: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+N", self.register),
            ("Ctrl+Shift+N", self.count_anonymous),
            ("Ctrl+K", self._search),
            ("Ctrl+F", self._search),
            ("Ctrl+S", self._send),
            ("Ctrl+R", self._again),
            (DISCREET, self._discreet.switch),
            ("F6", partial(zones.go, self, 1)),
            ("Shift+F6", partial(zones.go, self, -1)),
        ]
        bind(self, calls, self.show_place)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._reach)

    def _reach(self, *_: object) -> None:
        reach(self, self._discreet.switch)

    def show_place(self, key: str) -> None:
        """Shows a page; a half-filled form is kept on the way."""
        self._turn_to(key)
        getattr(self, key).refresh()

    def _turn_to(self, key: str) -> None:
        self.keep()
        self.side.mark(key)
        self._stack.setCurrentWidget(getattr(self, key))
        self._fit()

    def keep(self) -> None:
        """Keeps a half-filled form as a draft."""
        if self._made("registration"):
            self.registration.keep()

    def register(self) -> None:
        """Opens an empty form."""
        self.writing.open(None)

    def _again(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, PeoplePage) and page.detail.person:
            self.writing.meet_again(page.detail.person)

    def _begin_form(self) -> None:
        self.keep()
        self._stack.setCurrentWidget(self.registration)
        self.side.mark("today")
        self._fit()

    def _ask_server(self) -> None:
        self.show_place("settings")
        self.settings.show_section("Serveur")

    def count_anonymous(self) -> None:
        """The three clicks of an anonymous contact; in the form of someone too young to be registered, in its place."""
        page = self._stack.currentWidget()
        if isinstance(page, RegistrationPage) and page.too_young:
            self.writing.count_instead()
        else:
            count(self._verbs, self.news, self)

    def _go_back(self, person: str) -> None:
        if person:
            self._show_person(person)
        else:
            self.show_place("today")
            self.today.new.setFocus()

    def _show_person(self, id: str) -> None:
        self._turn_to("people")
        self.people.show_person(id)
        self.people.list.setFocus()

    def _search(self) -> None:
        self._turn_to("people")
        self.people.search("")

    def _send(self) -> None:
        if isinstance(self._stack.currentWidget(), RegistrationPage):
            self.registration.keep()
        else:
            self.show_place("sync")
            self.sync.start()

    def _count(self, *_: object) -> None:
        self.side.count(self._verbs.waiting())

    def _fit(self) -> None:
        size, writing = self.window().size(), isinstance(self._stack.currentWidget(), RegistrationPage)
        self.side.fold(size.width() < look.px(COMPACT) or writing, size.height() < look.px(_LOWEST))

    def _fit_all(self) -> None:
        """Another size of the text leaves another room."""
        self._fit()
        for page in self._pages():
            QApplication.sendEvent(page, QResizeEvent(page.size(), page.size()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The navigation folds where the window is narrow."""
        super().resizeEvent(event)
        self._fit()
