"""Nouvelle inscription: one page, a list of fields, a draft kept half a second after the last key."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.encounters import Named
from milomobile.domain.notice import Chosen
from milomobile.domain.outings import Draft
from milomobile.domain.problems import Problem
from milomobile.errors import NotReady, Trouble
from milomobile.ui.day.begun_stop import offer_undo
from milomobile.ui.form import frame
from milomobile.ui.form.already import Already
from milomobile.ui.form.answers import Answers
from milomobile.ui.form.aside import Aside
from milomobile.ui.form.bar import SaveBar
from milomobile.ui.form.drafting import Drafting
from milomobile.ui.form.follows import Follows
from milomobile.ui.form.form import Form
from milomobile.ui.form.head import Head
from milomobile.ui.form.home import Home
from milomobile.ui.form.judging import Judging
from milomobile.ui.form.looked_for import LookedFor
from milomobile.ui.form.rail import Rail
from milomobile.ui.form.referring import Referring
from milomobile.ui.form.sections import Sections
from milomobile.ui.form.turning import Turning
from milomobile.ui.form.where import Where
from milomobile.ui.form.whose import Whose
from milomobile.ui.news import News
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.parts.binding import bind
from milomobile.ui.questions import SECTIONS
from milomobile.ui.veil import Veil
from milomobile.ui.verbs import Verbs

_NOT_ENROLLED = "Ces critères se notent une fois ce poste relié au serveur du bureau. Reliez-le dans Réglages."
_NOT_CORRECTED = "Ces critères ne se relisent pas et ne se corrigent pas ici."


class RegistrationPage(QWidget):
    """`saved` carries the encounter's id; `anonymous_asked` is for someone `too_young`, under 16.

    `left` carries what to say when the form was set aside: nothing where nothing was typed.
    """

    guide = "inscrire"

    saved = Signal(str)
    left = Signal(str)
    anonymous_asked = Signal()

    def __init__(self, verbs: Verbs, news: News, veil: Veil) -> None:
        super().__init__()
        self._verbs, self._news, self._veil = verbs, news, veil
        self._home = Home(verbs)
        self._form = Form(verbs.lists, verbs.commune_index, self._home.after)
        self.fields, self.folds = self._form.fields, self._form.folds
        self._where = Where(verbs.lists)
        self._head = Head(self._where)
        self._rail, self._bar = Rail(SECTIONS), SaveBar()
        self.turning, self.referring = Turning(), Referring(verbs, self._form)
        self.sections = Sections(self._form, self._where, {4: self.referring, 5: self.turning})
        self.already, self.looked_for = Already(verbs.alike), LookedFor(verbs.sought)
        self._aside = Aside(self.already, self.looked_for, self.sections.body)
        self.facts = self._aside.facts
        parts = (self._form, self._where, self._home, self.turning, self.referring, self.already)
        self.answers = Answers(verbs, *parts)
        self._drafting = Drafting(verbs, self.answers.kept, self)
        self._judging = Judging(self._form, self._where, self.sections, self._rail, self._bar)
        self.whose = Whose(self.answers, self.already, self.looked_for, self._head)
        self._is_laid = False
        self.laying = self._lay()
        """What lays the page, a slice each time; before it ended nothing else of the page is to be asked for."""

    def _lay(self) -> Iterator[None]:
        yield from frame.lay(self, self._rail, self._head, self.sections, self._aside, self._bar)
        self._follows = Follows(self._form, self._home, self.answers, self._judging, self.sections, self.facts)
        self._join()
        self._is_laid = True
        self._fit()

    def _join(self) -> None:
        self._drafting.kept_now.connect(self._say_kept)
        self._drafting.failed.connect(self._warn)
        self._form.changed.connect(self._changed)
        self._form.left.connect(self._judge)
        self._form.ended.connect(self._bar.saving.setFocus)
        self.whose.known.connect(self._go_on)
        self.whose.unknown.connect(self._not_them)
        self.whose.said.connect(self._go_on)
        self.whose.failed.connect(self._warn)
        self.turning.asked.connect(self.turn)
        self.turning.changed.connect(self._changed)
        self.referring.changed.connect(self._changed)
        self._where.changed.connect(self._changed)
        self._where.moved.connect(self._say_here)
        self._where.moved.connect(self._judging.count)
        self._where.start_asked.connect(self._start_stop)
        self._where.done.connect(partial(self.sections.focus_on, "person.given_name"))
        self._rail.chosen.connect(self.sections.go_to)
        self.sections.entered.connect(self._entered)
        self._judging.only_counted.connect(self.anonymous_asked)
        self._bar.aside.connect(self._set_aside)
        self._bar.go.connect(self._first_gap)
        self._bar.save.connect(self.save)
        bind(
            self,
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self._set_aside),
            ("F3", self._first_gap),
            ("F7", self.turn),
            ("Alt+D", self.already.enter),
            ("Ctrl+PgDown", partial(self.sections.step, 1)),
            ("Ctrl+PgUp", partial(self.sections.step, -1)),
        )

    @property
    def too_young(self) -> bool:
        """Whether somebody under 16 is being typed."""
        return self._judging.too_young

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window folds the rail and lays what helps under the form."""
        super().resizeEvent(event)
        if self._is_laid:
            self._fit()

    def _fit(self) -> None:
        frame.fit(self, self._rail, self._aside)
        self._entered()

    def _entered(self, *_: int) -> None:
        self._aside.follow(self.sections.now == len(SECTIONS) - 1)
        self._judging.count()

    def redraw(self) -> None:
        """Discreet or not any more: whom the form resembles, and the sections that are done."""
        self.sections.discreet = self._veil.on
        self._judging.redraw()
        self.whose.redraw(self.isVisible())
        if self.isVisible():
            self._follow()

    def _go_on(self) -> None:
        """After an answer beside the form: back in it, at what is still to be said."""
        self._changed()
        self.sections.focus_on(self._judging.first_gap() or "needs")

    def _not_them(self) -> None:
        self._changed()
        self.sections.focus_on("person.given_name")

    def open(self, draft: Draft | None = None) -> None:
        """An empty form, or a draft's answers; the focus stands in the first field."""
        self.sections.warn("")
        answers = draft.answers if draft else {}
        self._where.begin(self._verbs.day().open_stop, self._verbs.places(), answers, self._verbs.now())
        self.answers.begin(answers)
        begun = self.answers.begun
        self._drafting.begin(draft, never=bool(begun.of("corrects")))
        self._form.ask_reserved(None if self._verbs.server() else _NOT_ENROLLED)
        self.whose.begin(answers.get("apart"))
        self.referring.setVisible(not begun.corrects)
        if begun.corrects:
            self._where.fix()
            self._form.ask_reserved(_NOT_CORRECTED)
        self._rail.say_kept(french_time(draft.kept_at.astimezone(LOCAL)) if draft and self._drafting.kept else "")
        self._drafting.rest()
        self._judging.begin()
        self._follows.begin()
        self._follow()
        self.sections.top()
        self.sections.focus_on("person.given_name")

    def _say_here(self) -> None:
        self._head.say_here(self._verbs.now())

    def say_refused(self, answer: str, reason: str) -> None:
        """Why the server refused what stands here: beside the answer, by its name as it travels, else on top."""
        field = next((name for name in (f"person.{answer}", answer) if name in self.fields), None)
        if field is None:
            self._warn(reason)
            return
        self._show_problems((Problem(field, reason),))
        self.sections.focus_on(field)

    def _start_stop(self) -> None:
        sheet = StopSheet(self._verbs, self.window())
        if sheet.exec():
            self._arrive()
            self.sections.focus_on("person.given_name")
        if sheet.begun:
            offer_undo(self._verbs, self.window(), sheet.begun, sheet.going, self._arrive)

    def _arrive(self) -> None:
        self._news.outing.emit()
        self._news.outbox.emit()
        self._where.arrive(self._verbs.day().open_stop)

    def keep(self) -> None:
        """Keeps the draft now, where something was typed since. Protected criteria are never part of it."""
        self._drafting.keep()

    def _say_kept(self, at: datetime) -> None:
        self._rail.say_kept(french_time(at.astimezone(LOCAL)))
        self._news.drafts.emit()

    def turn(self) -> None:
        """Turns the screen to the person, in the plain version where they said that they are 16 or 17."""
        window, value = self.window(), self.answers.read()[0]
        age = value.person.age(value.at.astimezone(LOCAL).date()) if isinstance(value, Named) else None
        given, partner = self.turning.given(self.answers.agrees()), self.turning.proposed()
        page = TurnedPage(self._verbs.notices(age), self._verbs.office.name, given, partner)
        page.back.connect(self._turned_back)
        assert isinstance(window, QMainWindow)
        turn(window, page)

    def _turned_back(self, chosen: Chosen | None) -> None:
        self.sections.focus_on("notice.how")
        if chosen is None:
            return
        self.turning.take(chosen)
        self._form.take(chosen)
        self._changed()
        self._judge("notice.how")

    def save(self) -> None:
        """Checks every answer and registers; what is refused stands beside its field and nothing is lost."""
        self.sections.warn("")
        value, problems = self.answers.read()
        refused = [problem for problem in problems if problem.refused]
        self._show_problems(problems)
        if refused or value is None:
            self.sections.focus_on(refused[0].field if refused else "person.given_name")
            return
        try:
            saved = self.answers.save(value, self._drafting.id)
        except NotReady as wrong:
            self._show_problems(wrong.problems)
            self._warn(wrong.sentence)
            return
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self._empty()
        for told in (self._news.people, self._news.outing, self._news.outbox):
            told.emit()
        self.saved.emit(saved)

    def forget(self) -> None:
        """Nothing of what was typed stays, not even its draft."""
        self._drafting.drop()
        self._empty()

    def _empty(self) -> None:
        self.answers.empty()
        self._drafting.rest()
        self._news.drafts.emit()

    def _follow(self) -> None:
        self._follows.follow()
        if not self.answers.begun.corrects:
            self.already.follow(self._form.kept())

    def _judge(self, name: str) -> None:
        """What was left is read back and judged, with all that was left before: one answer may not fit another."""
        self._judging.judge(name, self._where.at or self._verbs.now(), lambda: self.answers.read()[1])
        self._follow()

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._judging.say_all(problems)
        self._where.say(problems)
        self._judging.count()

    def _warn(self, sentence: str) -> None:
        self.sections.warn(sentence)
        self.sections.top()

    def _changed(self) -> None:
        self._drafting.touch()
        self._follow()

    def _first_gap(self) -> None:
        missing = self._judging.first_gap()
        self.sections.focus_on(missing) if missing else self._bar.saving.setFocus()

    def _set_aside(self) -> None:
        self.keep()
        said = "Mise de côté\u00a0: le brouillon est gardé." if self._drafting.kept else ""
        if self.answers.begun.of("corrects"):
            said = "Rien n’est changé\u00a0: la fiche reste à corriger."
        elif self.sections.discreet:
            said = "Mise de côté." if said or self._form.holds_reserved() else ""
        elif self._form.holds_reserved():
            said = "Mise de côté, sans les critères protégés\u00a0: un brouillon ne les garde pas."
        self.answers.empty()
        self._drafting.rest()
        self.left.emit(said)
