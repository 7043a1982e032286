"""Nouvelle inscription: one page, a list of fields, a draft kept half a second after the last key."""

import uuid
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.encounters import WAYS, Named, Registration
from milomobile.domain.form import to_line
from milomobile.domain.notice import Chosen
from milomobile.domain.outings import Draft
from milomobile.domain.problems import Problem
from milomobile.errors import NotReady, Trouble
from milomobile.ui.news import News
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.parts import hints
from milomobile.ui.parts.asking import as_refused, look, tidied
from milomobile.ui.parts.bar import SaveBar
from milomobile.ui.parts.boxes import COMPACT, NARROW, column, holder, label, row
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.discs import Dot
from milomobile.ui.parts.facts import Facts
from milomobile.ui.parts.fields import Choices, Field
from milomobile.ui.parts.form import Form
from milomobile.ui.parts.home import Home
from milomobile.ui.parts.rail import Rail
from milomobile.ui.parts.sections import Sections
from milomobile.ui.parts.states import gaps, state_of
from milomobile.ui.parts.turning import Turning
from milomobile.ui.parts.where import Where
from milomobile.ui.questions import ESSENTIAL, QUESTIONS, SECTIONS
from milomobile.ui.verbs import Verbs

_NOT_ENROLLED = "Ces critères se notent une fois ce poste relié au serveur du bureau. Reliez-le dans Réglages."
_NOT_CORRECTED = "Ces critères ne se relisent pas et ne se corrigent pas ici."


class RegistrationPage(QWidget):
    """`saved` carries the encounter's id; `anonymous_asked` is for someone under 16.

    `left` carries what to say when the form was set aside: nothing where nothing was typed.
    """

    saved = Signal(str)
    left = Signal(str)
    anonymous_asked = Signal()

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self._draft, self._touched, self._kept = "", False, False
        self._correcting: int | None = None
        self._refused: list[str] = []
        self._visited: set[str] = set()
        self._guardian_missing = False
        self._fitting: str | None = None
        self._later = QTimer(self, interval=500, singleShot=True)
        self._later.timeout.connect(self.keep)
        self._home = Home(verbs)
        self._form = Form(verbs.lists, verbs.commune_index, self._home.after)
        self.fields = self._form.fields
        self.folds = self._form.folds
        self._where = Where(verbs.lists)
        self._where.changed.connect(self._changed)
        self._where.moved.connect(self._say_here)
        self._where.start_asked.connect(self._start_stop)
        self._title, self._here = label("Nouvelle inscription", "h1"), label("", "caption")
        self._rail, self._bar = Rail(SECTIONS), SaveBar()
        self.sections = Sections(self._form, self._where)
        self._home.join(self._form)
        self.turning = Turning()
        self.sections.screen_spot.addWidget(self.turning)
        self.facts = Facts()
        self._words, self._keys = hints.words(), hints.keys()
        self._beside = column(self.facts, -1, self._keys, spacing=14, margins=(0, 6, 22, 14))
        self._aside = holder(self._beside)
        self._aside.setFixedWidth(298)
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        head = row(self._title, -1, self._where.elsewhere, Dot(going=True, last=True, height=22), self._here, spacing=6)
        head.setContentsMargins(28, 14, 24, 8)
        middle = row(22, self.sections, 6, self._aside, spacing=0)
        middle.setStretch(1, 1)
        right = column(head, middle, self._bar, spacing=0)
        right.setStretch(1, 1)
        whole = row(self._rail, right, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _join(self) -> None:
        self._form.changed.connect(self._changed)
        self._form.left.connect(self._judge)
        self._form.ended.connect(self._bar.saving.setFocus)
        self.turning.asked.connect(self.turn)
        self.turning.changed.connect(self._changed)
        self._where.done.connect(partial(self.sections.focus_on, "person.given_name"))
        self._rail.chosen.connect(self.sections.go_to)
        self.sections.entered.connect(self._entered)
        self._bar.aside.connect(self._set_aside)
        self._bar.go.connect(self._first_gap)
        self._bar.save.connect(self.save)
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self._set_aside),
            ("F3", self._first_gap),
            ("F7", self.turn),
            ("Ctrl+PgDown", partial(self.sections.step, 1)),
            ("Ctrl+PgUp", partial(self.sections.step, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window folds the rail and lays what helps under the form."""
        super().resizeEvent(event)
        size = self.window().size()
        compact, narrow = size.width() < COMPACT or size.height() < 700, size.width() < NARROW
        self._rail.fold(compact)
        self._keys.setVisible(not compact)
        self._aside.setVisible(not narrow)
        for place, made in enumerate((self.facts, self._words)):
            if narrow:
                self.sections.body.insertWidget(self.sections.body.count() - 1, made)
            else:
                self._beside.insertWidget(place, made)
        self._entered()

    def _entered(self, *_: int) -> None:
        last = self.sections.now == len(SECTIONS) - 1
        self._words.setVisible(last or not self._aside.isVisibleTo(self))
        self._count()

    def correct(self, seq: int) -> None:
        """The answers of a record that the server refused; saving sends new ones about the same person."""
        self.open(Draft(str(seq), self._verbs.now(), self._verbs.refused_answers(seq)))
        self._correcting = seq
        self._where.hide()
        self._form.ask_reserved(_NOT_CORRECTED)
        self._title.setText("Correction")

    def open(self, draft: Draft | None = None) -> None:
        """An empty form, or a draft's answers; the focus stands in the first field."""
        self._correcting, self._kept = None, draft is not None
        self._title.setText("Nouvelle inscription")
        self._later.stop()
        self.sections.warn("")
        self._draft = draft.id if draft else str(uuid.uuid4())
        answers = draft.answers if draft else {}
        self._form.fill({question.name: question.default for question in QUESTIONS if question.default} | answers)
        self._home.begin()
        self.turning.fill(answers, self._verbs.partners())
        self._form.ask_reserved(None if self._verbs.server() else _NOT_ENROLLED)
        self._where.begin(self._verbs.day().open_stop, self._verbs.places(), answers, self._verbs.now())
        self._rail.say_kept(french_time(draft.kept_at.astimezone(LOCAL)) if draft else "")
        self._touched, self._refused, self._visited = False, [], set()
        self._fitting = None
        self._follow()
        self.sections.top()
        self.sections.focus_on("place" if self._where.asks() else "person.given_name")

    def _say_here(self) -> None:
        at = french_time((self._where.at or self._verbs.now()).astimezone(LOCAL))
        self._here.setText(" · ".join(word for word in (self._where.name(), at) if word))

    def _start_stop(self) -> None:
        if StopSheet(self._verbs, self.window()).exec():
            self._news.outing.emit()
            self._news.outbox.emit()
            self._where.arrive(self._verbs.day().open_stop)
            self.sections.focus_on("person.given_name")

    def keep(self) -> None:
        """Keeps the draft now, where something was typed since. Protected criteria are never part of it."""
        self._later.stop()
        if not self._touched or self._correcting is not None:
            return
        try:
            at = self._verbs.keep_draft(self._draft, self._kept_answers())
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self._touched, self._kept = False, True
        self._rail.say_kept(french_time(at.astimezone(LOCAL)))
        self._news.drafts.emit()

    def _kept_answers(self) -> dict[str, object]:
        return self.turning.answers() | self._form.kept() | self._where.kept()

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
        for name, made in self.fields.items():
            if isinstance(made, Check) and name.startswith("agrees."):
                made.setChecked(chosen.agrees.get(name.removeprefix("agrees."), False))
            elif isinstance(made, Choices) and name == "notice.how":
                made.choose(["ECRAN"])
        self._changed()
        self._judge("notice.how")

    def save(self) -> None:
        """Checks every answer and registers; what is refused stands beside its field and nothing is lost."""
        self.sections.warn("")
        value, problems = self._read()
        refused = [problem for problem in problems if problem.refused]
        self._show(problems)
        if refused or value is None:
            self.sections.focus_on(refused[0].field if refused else "person.given_name")
            return
        try:
            saved = self._keep_value(value)
        except NotReady as wrong:
            self._show(wrong.problems)
            self._warn(wrong.sentence)
            return
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self._later.stop()
        self._form.fill({})
        self.turning.fill({}, ())
        self._later.stop()
        self._touched = False
        self._verbs.drop_draft(self._draft)
        for told in (self._news.people, self._news.outing, self._news.outbox, self._news.drafts):
            told.emit()
        self.saved.emit(saved)

    def _keep_value(self, value: Registration) -> str:
        if self._correcting is None:
            return self._verbs.register(value)
        self._verbs.correct(self._correcting, value)
        return str(self._correcting)

    def _read(self) -> tuple[Registration | None, tuple[Problem, ...]]:
        place, setting = self._where.answers()
        at = self._where.at or self._verbs.now()
        answers = self.turning.answers() | self._form.answers()
        line, unread = to_line(answers, place, setting, self._verbs.notice_version, at)
        value, problems = self._verbs.read(line)
        return value, (*unread, *self._form.unlisted(), *as_refused(problems))

    def _follow(self) -> None:
        """What follows from the answers: what is computed, what is asked besides, and how far the form is."""
        where = self._home.follow()
        seen = look(self._read()[0], self._form.kept(), "person.birth_date" in self._visited, where)
        self.facts.show_facts(seen.facts)
        self._form.ask(seen.asked)
        self.sections.ask_guardian(seen.minor, seen.guardian_missing)
        self._guardian_missing = seen.guardian_missing
        self._fit_handover(seen.handover)
        self._count()

    def _fit_handover(self, fitting: str) -> None:
        """The handover follows age and territory as long as nobody chose another."""
        handover = self.fields["handover"]
        assert isinstance(handover, Codes)
        if self._fitting is None:
            self._fitting = fitting if handover.value() == fitting else ""
        elif handover.value() == self._fitting != fitting:
            handover.choose(fitting)
            self._fitting = fitting

    def _judge(self, name: str) -> None:
        """What was left is read back and judged, with all that was left before: one answer may not fit another."""
        made = self.fields[name]
        self._visited.add(name)
        if isinstance(made, Field) and (shown := tidied(name, made.text(), self._where.at or self._verbs.now())):
            made.edit.setText(shown.text)
            made.fact(shown.fact, right=shown.right)
        elif isinstance(made, Field):
            made.fact("")
        problems = self._read()[1]
        for one in QUESTIONS:
            if one.name in self._visited and self._form.is_answered(one.name):
                said = next((problem for problem in problems if problem.field == one.name), None)
                self._form.say(one.name, said)
                wrong = bool(said and said.refused)
                self._refused = [other for other in self._refused if other != one.name] + [one.name] * wrong
        under = next((one for one in problems if one.field in self._visited and "anonyme" in one.sentence), None)
        if under:
            self.sections.warn(under.sentence, "warn", ("Contact anonyme", self.anonymous_asked.emit))
        self._follow()

    def _show(self, problems: tuple[Problem, ...]) -> None:
        self._refused = self._form.show_problems(problems)
        self._where.say(problems)
        self._count()

    def _warn(self, sentence: str) -> None:
        self.sections.warn(sentence)
        self.sections.top()

    def _changed(self) -> None:
        self._touched = True
        self._later.start()
        self._follow()

    def _count(self) -> None:
        answers = self._form.answers()
        left = len(gaps(answers))
        states = [state_of(number, answers, self._refused, self._guardian_missing) for number in range(len(SECTIONS))]
        self._rail.show_states(len(ESSENTIAL) - left, len(ESSENTIAL), states, self.sections.now)
        self._bar.show_left(left, len(self._refused))

    def _first_gap(self) -> None:
        missing = self._refused or gaps(self._form.answers())
        if missing:
            self.sections.focus_on(missing[0])
        else:
            self._bar.saving.setFocus()

    def _set_aside(self) -> None:
        self.keep()
        said = "Mise de côté : le brouillon est gardé." if self._kept else ""
        if self._form.holds_reserved():
            said = "Mise de côté, sans les critères protégés : un brouillon ne les garde pas."
        self._form.fill({})
        self.turning.fill({}, ())
        self._later.stop()
        self._touched = False
        self.left.emit(said)
