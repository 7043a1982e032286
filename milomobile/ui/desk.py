"""What an unlocked profile shows: the navigation, and one page at a time beside it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStackedWidget, QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.outings import Draft
from milomobile.domain.pocket import event
from milomobile.domain.retention import Purged
from milomobile.domain.sending import Refused
from milomobile.errors import Trouble
from milomobile.ui import look, network
from milomobile.ui.desk_keys import DISCREET, bind, reach
from milomobile.ui.form.ahead import begin, lay
from milomobile.ui.news import News
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.people import PeoplePage
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.pages.report import ReportPage
from milomobile.ui.pages.settings import SettingsPage
from milomobile.ui.pages.sync import SyncPage
from milomobile.ui.pages.today import TodayPage
from milomobile.ui.parts import zones
from milomobile.ui.parts.boxes import COMPACT, column, row
from milomobile.ui.parts.fields import Choices
from milomobile.ui.parts.holding import Holding
from milomobile.ui.parts.qr import show_code
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import next_day
from milomobile.ui.parts.toast import toast
from milomobile.ui.sidebar import Sidebar
from milomobile.ui.tasks import Tasks
from milomobile.ui.veil import Veil, veiled
from milomobile.ui.verbs import Verbs

_LOWEST = 440
"""Below this height of the window, in pixels at 100 %, the navigation is closer together."""
_LATER = ("registration", "people", "sync", "settings", "report")
"""The pages besides Aujourd'hui, as they are likely to be wanted."""
_BETWEEN = 20
"""Milliseconds between two of them, for the hand."""
Page = TypeVar("Page", bound=QWidget)


class Desk(QWidget):
    """Everything an unlocked profile shows: navigation on the left, one page at a time beside it."""

    tour_asked = Signal()

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.veil = Veil(verbs.preferences().discreet)
        verbs = veiled(verbs, self.veil)
        self._verbs, self.news, self._tasks = verbs, News(), tasks
        self._came_from = ""
        self._stack = QStackedWidget()
        self._holding = Holding(self.veil, self)
        self._laid = begin(verbs)
        self._laying = lay(self._laid)
        self.side = Sidebar(verbs.adviser)
        zones.zone(self.side)
        self.side.asked.connect(self.show_place)
        self.side.discreet_asked.connect(self._switch_discreet)
        self.side.say_discreet(self.veil.on)
        self.veil.changed.connect(self._redraw)
        self._whole = column(row(self.side, self._stack, spacing=0), spacing=0)
        self.setLayout(self._whole)
        network.watch(self, self._count)
        look.changed.connect(self._fit_all)
        self.news.outbox.connect(self._count)
        self._keys()
        self._count()
        QTimer.singleShot(_BETWEEN, self, self._make_next)
        QTimer.singleShot(0, self, self._purge)

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

    def _purge(self) -> None:
        """What has to go, once the first page is there, and what is shown of it anew; what it could not do waits."""

        def done(gone: Purged) -> None:
            if gone.some and not self._tasks.stopping:
                self.news.people.emit()
                self.news.outing.emit()

        def failed(wrong: Exception) -> None:
            if not isinstance(wrong, Trouble):
                raise wrong

        if self._tasks.stopping:
            return
        self._tasks.run(partial(self._verbs.law.purge, lambda: self._tasks.stopping), done, failed)

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
        page.draft_asked.connect(self.resume)
        page.anonymous_asked.connect(self.count_anonymous)
        page.person_asked.connect(self._show_person)
        page.name_asked.connect(self.name_later)
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
        page.detail.again_asked.connect(self.meet_again)
        page.detail.amend_asked.connect(self._amend)
        self._hold(page.list)
        return page

    @cached_property
    def sync(self) -> SyncPage:
        """Fin de journée."""
        page = self._add(SyncPage(self._verbs, self.news, self._tasks))
        page.settings_asked.connect(self._ask_server)
        page.correct_asked.connect(self._correct)
        return page

    @cached_property
    def report(self) -> ReportPage:
        """Bilan et exports."""
        page = self._add(ReportPage(self._verbs, self._tasks))
        page.today_asked.connect(lambda: self.show_place("today"))
        page.person_asked.connect(self._show_person)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        """Réglages."""
        page = self._add(SettingsPage(self._verbs, self.news, self._tasks))
        page.locking.tour_asked.connect(self.tour_asked)
        return page

    @cached_property
    def registration(self) -> RegistrationPage:
        """The form."""
        page = self._add(RegistrationPage(self._verbs, self.news, self._laid))
        page.saved.connect(self._saved)
        page.left.connect(self._left)
        page.anonymous_asked.connect(self._count_instead)
        page.redraw(self.veil.on)
        return page

    def _made(self, name: str) -> bool:
        return name in self.__dict__

    def _make_next(self) -> None:
        """A page more while nothing else is to be done, the form by its sections: each is there before somebody wants it."""
        name = next((one for one in _LATER if not self._made(one)), None)
        if name and self.isVisible() and not self._tasks.stopping:
            if name != "registration" or next(self._laying, self) is self:
                getattr(self, name)
            QTimer.singleShot(_BETWEEN, self, self._make_next)

    def _keys(self) -> None:
        calls: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+N", self.register),
            ("Ctrl+Shift+N", self.count_anonymous),
            ("Ctrl+K", self._search),
            ("Ctrl+F", self._search),
            ("Ctrl+S", self._send),
            ("Ctrl+R", self._again),
            (DISCREET, self._switch_discreet),
            ("F6", partial(zones.go, self, 1)),
            ("Shift+F6", partial(zones.go, self, -1)),
        ]
        bind(self, calls, self.show_place)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._reach)

    def _reach(self, *_: object) -> None:
        reach(self, self._switch_discreet)

    def show_place(self, key: str) -> None:
        """Shows a page; a half-filled form is kept on the way."""
        self._turn_to(key)
        page: TodayPage | PeoplePage | SyncPage | ReportPage | SettingsPage = getattr(self, key)
        page.refresh()

    def _turn_to(self, key: str) -> None:
        self._keep()
        self.side.mark(key)
        self._stack.setCurrentWidget(getattr(self, key))
        self._fit()

    def _keep(self) -> None:
        if self._made("registration"):
            self.registration.keep()

    def register(self) -> None:
        """Opens an empty form."""
        self.resume(None)

    def meet_again(self, person: str) -> None:
        """The form of one more encounter with someone known; the keyboard stands at what they ask for."""
        self.resume(None)
        self._came_from = person
        self.registration.resume(person)
        self.registration.sections.focus_on("needs")

    def name_later(self, encounter: str) -> None:
        """The form of an anonymous contact who now gives a name."""
        self.resume(None)
        self._try(partial(self.registration.name_later, encounter))

    def _amend(self, person: str, encounter: str) -> None:
        self.resume(None)
        self._came_from = person
        self._try(partial(self.registration.amend, encounter))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Trouble as trouble:
            self._left(trouble.sentence)

    def _again(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, PeoplePage) and page.detail.person:
            self.meet_again(page.detail.person)

    def resume(self, draft: Draft | None) -> None:
        """Opens the form with a draft's answers."""
        self._keep()
        self._came_from = ""
        self._stack.setCurrentWidget(self.registration)
        self.side.mark("today")
        self._fit()
        self.registration.open(draft and replace(draft, answers=self._verbs.draft_answers(draft.id) or draft.answers))

    def _switch_discreet(self) -> None:
        self.veil.switch(not self.veil.on)

    def _redraw(self) -> None:
        """Every page tells of people anew, those that are not seen too, and every sheet that is open."""
        on = self.veil.on
        for sheet in QApplication.topLevelWidgets():
            if isinstance(sheet, Sheet) and sheet.isVisible():
                sheet.redraw()
        self.side.say_discreet(on)
        self.today.refresh()
        if self._made("people"):
            self.people.redraw()
        if self._made("sync"):
            self.sync.redraw()
        if self._made("report"):
            self.report.redraw()
        if self._made("settings"):
            self.settings.sought.forget()
        if self._made("registration"):
            self.registration.redraw(on)
        kept = self._verbs.preferences()
        if kept.discreet != on:
            self._verbs.prefer(replace(kept, discreet=on))
            said = "Mode discret\u00a0: noms, âges et téléphones sont masqués." if on else "Mode discret terminé."
            toast(self, said)

    def _ask_server(self) -> None:
        self.show_place("settings")
        self.settings.show_section("Serveur")

    def _correct(self, refused: Refused) -> None:
        self.resume(None)
        self.registration.correct(refused.seq)

    def count_anonymous(self) -> None:
        """The three clicks of an anonymous contact; in the form of someone too young to be registered, in its place."""
        page = self._stack.currentWidget()
        if isinstance(page, RegistrationPage) and page.too_young:
            self._count_instead()
        else:
            self._count_one(None)

    def _count_instead(self) -> None:
        sex = self.registration.fields["person.sex"]
        if isinstance(sex, Choices) and self._count_one(("MOINS_16", sex.value() or "NSP")):
            self.registration.forget()
            self._go_back()

    def _count_one(self, seen: tuple[str, str] | None) -> bool:
        sheet = AnonymousSheet(self._verbs, self.news, self.window(), seen)
        sheet.counted.connect(self._counted)
        return bool(sheet.exec())

    def _counted(self, said: str, encounter: str) -> None:
        toast(self, said, partial(self._undo, encounter))

    def _undo(self, encounter: str) -> None:
        self._verbs.undo(encounter)
        self.news.outing.emit()
        self.news.outbox.emit()

    def _saved(self, id: str) -> None:
        self._go_back()
        toast(self, "Fiche enregistrée.")
        self._offer_code(next((row.person for row in self._verbs.day().met if row.id == id), None))

    def _offer_code(self, person: str | None) -> None:
        meetings = self._verbs.sheet(person).appointments if person else ()
        if meetings:
            at, place = meetings[0]
            local = at.astimezone(LOCAL)
            show_code(self.window(), f"{next_day(local.date())}, {french_time(local)}", event(at, place))

    def _go_back(self) -> None:
        if self._came_from:
            self._show_person(self._came_from)
            self.people.list.setFocus()
        else:
            self.show_place("today")
            self.today.new.setFocus()

    def _left(self, said: str) -> None:
        self._go_back()
        if said:
            toast(self, said)

    def _show_person(self, id: str) -> None:
        self._turn_to("people")
        self.people.show_person(id)

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
        for page in (getattr(self, name) for name in ("today", *_LATER) if self._made(name)):
            QApplication.sendEvent(page, QResizeEvent(page.size(), page.size()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The navigation folds where the window is narrow."""
        super().resizeEvent(event)
        self._fit()
