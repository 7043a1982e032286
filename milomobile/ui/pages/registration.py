"""Nouvelle inscription: one page, a list of fields, a draft kept half a second after the last key."""

import re
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.encounters import WAYS, Named, Registration
from milomobile.domain.form import to_line
from milomobile.domain.notice import Chosen
from milomobile.domain.outings import Draft
from milomobile.domain.people import Alike
from milomobile.domain.problems import Problem
from milomobile.errors import NotReady, Trouble
from milomobile.ui.day.begun_stop import offer_undo
from milomobile.ui.form.ahead import Laid, begin
from milomobile.ui.form.already import Already
from milomobile.ui.form.aside import Aside
from milomobile.ui.form.asking import as_refused, look
from milomobile.ui.form.bar import SaveBar
from milomobile.ui.form.begun import USUAL, Begun, begun, from_list, taken_up
from milomobile.ui.form.drafting import Drafting
from milomobile.ui.form.following import Following
from milomobile.ui.form.head import Head
from milomobile.ui.form.judging import Judging
from milomobile.ui.form.looked_for import LookedFor
from milomobile.ui.form.rail import Rail
from milomobile.ui.form.referring import Referring
from milomobile.ui.form.sections import Sections
from milomobile.ui.form.turning import Turning
from milomobile.ui.form.where import Where
from milomobile.ui.look import px
from milomobile.ui.news import News
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.parts.binding import bind
from milomobile.ui.parts.boxes import COMPACT, LOW, NARROW, column, row
from milomobile.ui.parts.codes import Codes
from milomobile.ui.questions import SECTIONS
from milomobile.ui.veil import Veil
from milomobile.ui.verbs import Verbs

_NOT_ENROLLED = "Ces critères se notent une fois ce poste relié au serveur du bureau. Reliez-le dans Réglages."
_AGE = re.compile(r"\d+\s+ans")
_NOT_CORRECTED = "Ces critères ne se relisent pas et ne se corrigent pas ici."


class RegistrationPage(QWidget):
    """`saved` carries the encounter's id; `anonymous_asked` is for someone `too_young`, under 16.

    `left` carries what to say when the form was set aside: nothing where nothing was typed.
    """

    guide = "inscrire"

    saved = Signal(str)
    left = Signal(str)
    anonymous_asked = Signal()

    def __init__(self, verbs: Verbs, news: News, veil: Veil, laid: Laid | None = None) -> None:
        super().__init__()
        self._verbs, self._news, self._veil = verbs, news, veil
        self.too_young = False
        self._begun = Begun()
        self._drafting = Drafting(verbs, self._kept_answers, self)
        self._home, self._form = laid or begin(verbs)
        self.fields = self._form.fields
        self.folds = self._form.folds
        self._where = Where(verbs.lists)
        self._where.changed.connect(self._changed)
        self._where.moved.connect(self._say_here)
        self._where.start_asked.connect(self._start_stop)
        self._head = Head(self._where)
        self._rail, self._bar = Rail(SECTIONS), SaveBar()
        self.turning, self.referring = Turning(), Referring(verbs, self._form)
        self.sections = Sections(self._form, self._where, {4: self.referring, 5: self.turning})
        self._home.join(self._form)
        self._judging = Judging(self._form, self._rail, self._bar)
        handover = self.fields["handover"]
        assert isinstance(handover, Codes)
        self._handover = Following(handover)
        self.already = Already(verbs.alike)
        self.looked_for = LookedFor(verbs.sought)
        self._aside = Aside(self.already, self.looked_for, self.sections.body)
        self.facts = self._aside.facts
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        middle = row(22, self.sections, 6, self._aside, spacing=0)
        middle.setStretch(1, 1)
        right = column(self._head, middle, self._bar, spacing=0)
        right.setStretch(1, 1)
        whole = row(self._rail, right, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _join(self) -> None:
        self._drafting.kept_now.connect(self._say_kept)
        self._drafting.failed.connect(self._warn)
        self._form.changed.connect(self._changed)
        self._form.left.connect(self._judge)
        self._form.ended.connect(self._bar.saving.setFocus)
        self.already.resumed.connect(self.resume)
        self.already.parted.connect(self._not_them)
        self.already.changed.connect(self._go_on)
        self.already.looked.connect(self.looked_for.look)
        self.looked_for.taken.connect(self._found)
        self.turning.asked.connect(self.turn)
        self.turning.changed.connect(self._changed)
        self.referring.changed.connect(self._changed)
        self._where.done.connect(partial(self.sections.focus_on, "person.given_name"))
        self._rail.chosen.connect(self.sections.go_to)
        self.sections.entered.connect(self._entered)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window folds the rail and lays what helps under the form."""
        super().resizeEvent(event)
        size = self.window().size()
        compact, narrow = size.width() < px(COMPACT) or size.height() < px(LOW), size.width() < px(NARROW)
        self._rail.fold(compact)
        self._aside.fit(compact, narrow)
        self._entered()

    def _entered(self, *_: int) -> None:
        self._aside.follow(self.sections.now == len(SECTIONS) - 1)
        self._count()

    def correct(self, seq: int) -> None:
        """The answers of a record that the server refused; saving sends new ones about the same person."""
        self.open(Draft(str(seq), self._verbs.now(), self._verbs.refused_answers(seq) | {"corrects": seq}))

    def amend(self, encounter: str) -> None:
        """The answers of a kept encounter; saving keeps those that changed."""
        begun = self._verbs.kept_answers(encounter) | {"amends": encounter, "at_stop": True}
        self.open(Draft(encounter, self._verbs.now(), begun))

    def name_later(self, encounter: str) -> None:
        """An anonymous contact who now gives a name."""
        self.open(Draft(encounter, self._verbs.now(), self._verbs.named_later(encounter)))

    def resume(self, person: str) -> None:
        """Takes up the file of someone known: who they are is as kept, what was typed besides stays."""
        try:
            known, who = self._verbs.met_again(person), self._verbs.known(person)
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        before = self._kept_answers()
        self._begun = Begun({**self._begun.said, "same_as": known.pop("same_as")}, self._begun.before or before)
        self._show(taken_up(known, before), who)
        self._go_on()

    def _found(self, id: str) -> None:
        """Somebody of an office's list: what it says of them, where nothing was typed."""
        try:
            self._fill(from_list(self._kept_answers(), self._verbs.sought_person(id)))
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self._go_on()

    def redraw(self) -> None:
        """Discreet or not any more: whom the form resembles, and the sections that are done."""
        self.sections.discreet = self._veil.on
        self.looked_for.redraw()
        self.already.redraw(self._taken() if self.isVisible() else None)
        if self.isVisible():
            self._follow()

    def _go_on(self) -> None:
        """After an answer beside the form: back in it, at what is still to be said."""
        self._changed()
        self.sections.focus_on(self._judging.first_gap() or "needs")

    def _not_them(self, person: str) -> None:
        """Who was taken up is somebody else: the form is again as it was before."""
        before = {**(self._begun.before or {}), "apart": self.already.apart()}
        self._begun = begun(before)
        self._show(before, None)
        self.sections.focus_on("person.given_name")

    def _show(self, answers: dict[str, object], taken: Alike | None) -> None:
        self._fill(answers)
        self.already.begin(self.already.apart(), taken)
        self._head.say(self._begun.title)
        self._changed()

    def open(self, draft: Draft | None = None) -> None:
        """An empty form, or a draft's answers; the focus stands in the first field."""
        self.sections.warn("")
        answers = draft.answers if draft else {}
        self._begun = begun(answers)
        self._drafting.begin(draft, never=bool(self._begun.of("corrects")))
        self._head.say(self._begun.title)
        self._form.ask_reserved(None if self._verbs.server() else _NOT_ENROLLED)
        self._where.begin(self._verbs.day().open_stop, self._verbs.places(), answers, self._verbs.now())
        self._fill(answers)
        self.already.begin(answers.get("apart"), self._taken())
        self.looked_for.begin()
        self.referring.setVisible(not self._begun.corrects)
        if self._begun.corrects:
            self._where.fix()
            self._form.ask_reserved(_NOT_CORRECTED)
        self._rail.say_kept(french_time(draft.kept_at.astimezone(LOCAL)) if draft else "")
        self._drafting.rest()
        self.too_young = False
        self._judging.begin()
        self._handover.begin()
        self._follow()
        self.sections.top()
        self.sections.focus_on("place" if self._where.asks() else "person.given_name")

    def _say_here(self) -> None:
        self._head.say_here(self._verbs.now())

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

    def _fill(self, answers: dict[str, object]) -> None:
        self._form.fill(USUAL | answers)
        self._home.begin()
        self.turning.fill(answers, self._verbs.partners())
        self.referring.fill(answers)

    def _taken(self) -> Alike | None:
        try:
            return self._verbs.known(self._begun.of("same_as")) if self._begun.of("same_as") else None
        except Trouble:
            self._begun = Begun()
            return None

    def keep(self) -> None:
        """Keeps the draft now, where something was typed since. Protected criteria are never part of it."""
        self._drafting.keep()

    def _say_kept(self, at: datetime) -> None:
        self._rail.say_kept(french_time(at.astimezone(LOCAL)))
        self._news.drafts.emit()

    def _kept_answers(self) -> dict[str, object]:
        whose = {**self._begun.said, "apart": self.already.apart()}
        return self.turning.answers() | self._form.kept() | self.referring.kept() | self._where.kept() | whose

    def turn(self) -> None:
        """Turns the screen to the person, in the plain version where they said that they are 16 or 17."""
        window, value = self.window(), self._read()[0]
        age = value.person.age(value.at.astimezone(LOCAL).date()) if isinstance(value, Named) else None
        agrees = {way: bool(self._form.answers().get(f"agrees.{way}")) for way in WAYS}
        given, partner = self.turning.given(agrees), self.turning.proposed()
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
        value, problems = self._read()
        refused = [problem for problem in problems if problem.refused]
        self._show_problems(problems)
        if refused or value is None:
            self.sections.focus_on(refused[0].field if refused else "person.given_name")
            return
        try:
            saved = self._keep_value(value)
        except NotReady as wrong:
            self._show_problems(wrong.problems)
            self._warn(wrong.sentence)
            return
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self.forget()
        for told in (self._news.people, self._news.outing, self._news.outbox):
            told.emit()
        self.saved.emit(saved)

    def forget(self) -> None:
        """Nothing of what was typed stays, not even its draft."""
        self._empty()
        self._drafting.drop()
        self._news.drafts.emit()

    def _keep_value(self, value: Registration) -> str:
        if seq := self._begun.of("corrects"):
            self._verbs.correct(int(seq), value)
        elif encounter := self._begun.of("amends"):
            self._verbs.amend(encounter, value)
        else:
            return self._verbs.register(value)
        return self._begun.of("amends")

    def _read(self) -> tuple[Registration | None, tuple[Problem, ...]]:
        place, setting = self._where.answers()
        at = self._where.at or self._verbs.now()
        answers = self.turning.answers() | self._form.answers() | self.referring.answers()
        answers |= self._begun.whose(answers, self.already.apart())
        line, unread = to_line(answers, place, setting, self._verbs.notice_version, at)
        value, problems = self._verbs.read(line)
        return value, (*unread, *self._form.unlisted(), *as_refused(problems))

    def _follow(self) -> None:
        """What follows from the answers: what is computed, what is asked besides, and how far the form is."""
        where = self._home.follow()
        seen = look(self._read()[0], self._form.kept(), "person.birth_date" in self._judging.visited, where)
        self.facts.show_facts(fact for fact in seen.facts if not (self.sections.discreet and _AGE.search(fact)))
        if not self._begun.corrects:
            self.already.follow(self._form.kept())
        self._form.ask(seen.asked)
        self.sections.ask_guardian(seen.minor, seen.guardian_missing)
        self._judging.guardian_missing = seen.guardian_missing
        self._handover.follow(seen.handover)
        self._count()

    def _judge(self, name: str) -> None:
        """What was left is read back and judged, with all that was left before: one answer may not fit another."""
        self._judging.tidy(name, self._where.at or self._verbs.now())
        self._offer_to_count(self._judging.say(self._read()[1]))
        self._follow()

    def _offer_to_count(self, under: Problem | None) -> None:
        """Said on top of the form as long as it holds."""
        if under:
            self.sections.warn(under.sentence, "warn", ("Contact anonyme", self.anonymous_asked.emit, "Ctrl Maj N"))
        elif self.too_young:
            self.sections.warn("")
        self.too_young = under is not None

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._offer_to_count(self._judging.say_all(problems))
        self._where.say(problems)
        self._count()

    def _warn(self, sentence: str) -> None:
        self.sections.warn(sentence)
        self.sections.top()

    def _changed(self) -> None:
        self._drafting.touch()
        self._follow()

    def _count(self) -> None:
        self.sections.fold(self._judging.count(self.sections.now), self._form.answers())

    def _first_gap(self) -> None:
        missing = self._judging.first_gap()
        self.sections.focus_on(missing) if missing else self._bar.saving.setFocus()

    def _set_aside(self) -> None:
        self.keep()
        said = "Mise de côté\u00a0: le brouillon est gardé." if self._drafting.kept else ""
        if self._form.holds_reserved():
            said = "Mise de côté, sans les critères protégés\u00a0: un brouillon ne les garde pas."
        self._empty()
        self.left.emit(said)

    def _empty(self) -> None:
        self._form.fill({})
        self.turning.fill({}, ())
        self.referring.fill({})
        self._drafting.rest()
