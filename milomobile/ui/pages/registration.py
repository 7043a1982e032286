"""Nouvelle inscription: one page, a list of fields, a draft kept half a second after the last key."""

import uuid
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from milomobile.domain.dates import LOCAL, age_on, french_date, french_time, read_date
from milomobile.domain.encounters import Registration
from milomobile.domain.form import DATES, to_line
from milomobile.domain.outings import Draft
from milomobile.domain.problems import Problem
from milomobile.errors import NotReady, Trouble
from milomobile.ui.icons import picture, pixmap
from milomobile.ui.news import News
from milomobile.ui.parts import hints
from milomobile.ui.parts.boxes import (
    COMPACT,
    NARROW,
    banner,
    button,
    card,
    clear,
    column,
    holder,
    label,
    row,
    scrolled,
)
from milomobile.ui.parts.discs import Dot
from milomobile.ui.parts.fields import Choices, Codes, Field
from milomobile.ui.parts.form import Form
from milomobile.ui.parts.rail import Rail
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.states import gaps, state_of
from milomobile.ui.questions import ESSENTIAL, QUESTIONS, SECTIONS
from milomobile.ui.verbs import Verbs


class RegistrationPage(QWidget):
    """`saved` carries the encounter's id; `left` when the form was set aside; `anonymous_asked` for someone under 16."""

    saved = Signal(str)
    left = Signal()
    anonymous_asked = Signal()

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self._draft, self._touched = "", False
        self._later = QTimer(self, interval=500, singleShot=True)
        self._later.timeout.connect(self.keep)
        self._form = Form(verbs.lists, verbs.communes)
        self.fields = self._form.fields
        self._form.changed.connect(self._changed)
        self._form.left.connect(self._judge)
        self._place = Field("Lieu de la rencontre", "Aucun arrêt en cours : où est-ce ?", required=True)
        self._place.changed.connect(self._changed)
        self._refused: list[str] = []
        self._correcting: int | None = None
        self._title = label("Nouvelle inscription", "h1")
        self._section_now = 0
        self._warning = column()
        self._here = label("", "caption")
        self._rail = Rail(SECTIONS)
        self._rail.chosen.connect(self._go_to)
        self._cards = [card(label(name, "h2"), self._form.section(n), spacing=12) for n, name in enumerate(SECTIONS)]
        self._words, self._keys = hints.words(), hints.keys()
        self._body = column(self._warning, self._place, *self._cards, -1, spacing=14, margins=(6, 6, 6, 14))
        self._area = scrolled(holder(self._body))
        self._beside = column(-1, self._keys, spacing=14, margins=(0, 6, 22, 14))
        self._aside = holder(self._beside)
        self._aside.setFixedWidth(298)
        head = row(self._title, -1, Dot(going=True, last=True, height=22), self._here, spacing=6)
        head.setContentsMargins(28, 14, 24, 8)
        middle = row(22, self._area, 6, self._aside, spacing=0)
        middle.setStretch(1, 1)
        right = column(head, middle, self._bar(), spacing=0)
        right.setStretch(1, 1)
        whole = row(self._rail, right, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        QApplication.instance().focusChanged.connect(self._followed)  # type: ignore[union-attr]
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self._set_aside),
            ("Ctrl+PgDown", partial(self._step, 1)),
            ("Ctrl+PgUp", partial(self._step, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _bar(self) -> QFrame:
        self._rest_picture = picture("list-check")
        self._rest = label("", "medium")
        self._go = button("Y aller", self._first_gap, "link")
        aside = button("Mettre de côté", self._set_aside, "ghost", "player-pause", "Échap")
        self.save_button = button("Enregistrer la fiche", self.save, "primary", "check", "Ctrl Entrée")
        bar = QFrame()
        bar.setObjectName("bar")
        parts = (aside, -1, self._rest_picture, self._rest, self._go, self.save_button)
        bar.setLayout(row(*parts, spacing=8, margins=(10, 10, 22, 10)))
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window folds the rail and lays the words to say under the form."""
        super().resizeEvent(event)
        size = self.window().size()
        compact, narrow = size.width() < COMPACT or size.height() < 700, size.width() < NARROW
        self._rail.fold(compact)
        self._keys.setVisible(not compact)
        self._aside.setVisible(not narrow)
        if narrow:
            self._body.insertWidget(self._body.count() - 1, self._words)
        else:
            self._beside.insertWidget(0, self._words)
        self._count()

    def _followed(self, _old: QWidget | None, now: QWidget | None) -> None:
        at = next((number for number, made in enumerate(self._cards) if now and made.isAncestorOf(now)), None)
        if at is None or now is None:
            return
        if not QApplication.mouseButtons():
            self._area.ensureWidgetVisible(now, 0, 84)
        if at != self._section_now:
            self._section_now = at
            self._count()

    def _step(self, by: int) -> None:
        self._go_to(max(0, min(len(SECTIONS) - 1, self._section_now + by)))

    def _go_to(self, number: int) -> None:
        self._area.verticalScrollBar().setValue(self._cards[number].y() - 6)
        self._focus(next(question.name for question in QUESTIONS if question.section == number))

    def correct(self, seq: int) -> None:
        """The answers of a record that the server refused; saving sends new ones about the same person."""
        self.open(Draft(str(seq), self._verbs.now(), self._verbs.refused_answers(seq)))
        self._correcting = seq
        self._place.hide()
        self._title.setText("Correction")

    def open(self, draft: Draft | None = None) -> None:
        """An empty form, or a draft's answers; the focus stands in the first field."""
        self._correcting = None
        self._title.setText("Nouvelle inscription")
        self._later.stop()
        clear(self._warning)
        self._draft = draft.id if draft else str(uuid.uuid4())
        defaults = {question.name: question.default for question in QUESTIONS if question.default}
        self._form.fill({**defaults, **(draft.answers if draft else {})})
        stop = self._verbs.day().open_stop
        self._place.setVisible(stop is None)
        self._place.complete([place.name for place in self._verbs.places()])
        self._place.edit.setText(str((draft.answers if draft else {}).get("place") or ""))
        at = french_time(self._verbs.now().astimezone(LOCAL))
        self._here.setText(f"{stop.place.name} · {at}" if stop else at)
        self._rail.say_kept(french_time(draft.kept_at.astimezone(LOCAL)) if draft else "")
        self._touched = False
        self._refused = []
        self._count()
        self._area.verticalScrollBar().setValue(0)
        first = self.fields["person.given_name"]
        assert isinstance(first, Field)
        first.edit.setFocus()

    def keep(self) -> None:
        """Keeps the draft now, where something was typed since."""
        self._later.stop()
        if not self._touched or self._correcting is not None:
            return
        try:
            at = self._verbs.keep_draft(self._draft, {**self._form.answers(), "place": self._place.text()})
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self._touched = False
        self._rail.say_kept(french_time(at.astimezone(LOCAL)))
        self._news.drafts.emit()

    def save(self) -> None:
        """Checks every answer and registers; what is refused stands beside its field and nothing is lost."""
        clear(self._warning)
        value, problems = self._read()
        refused = [problem for problem in problems if problem.refused]
        self._show(problems)
        if refused or value is None:
            self._focus(refused[0].field if refused else "person.given_name")
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
        stop = self._verbs.day().open_stop
        place, setting = self._place.text(), "ARRET_MILO_MOBILE"
        if stop and self._correcting is None:
            place, setting = stop.place.name, stop.place.setting
        line, unread = to_line(self._form.answers(), place, setting, self._verbs.notice_version, self._verbs.now())
        value, problems = self._verbs.read(line)
        return value, (*unread, *self._form.unlisted(), *problems)

    def _judge(self, name: str) -> None:
        made = self.fields[name]
        if not isinstance(made, Field | Choices) or (name not in self._form.answers() and not isinstance(made, Codes)):
            return
        if name in DATES and isinstance(made, Field):
            self._tidy_date(name, made)
        said = [problem for problem in self._read()[1] if problem.field == name and self._form.is_answered(name)]
        made.say(said[0].sentence if said else "", "err" if said and said[0].refused else "warn")
        wrong = bool(said and said[0].refused)
        if wrong != (name in self._refused):
            self._refused = [one for one in self._refused if one != name] + [name] * wrong
            self._count()
        if said and "anonyme" in said[0].sentence:
            self._offer_anonymous(said[0].sentence)

    def _tidy_date(self, name: str, made: Field) -> None:
        today = self._verbs.now().astimezone(LOCAL).date()
        try:
            day = read_date(made.text(), today if name == "person.birth_date" else today.replace(year=today.year + 5))
        except ValueError:
            made.fact("")
            return
        made.edit.setText(french_date(day))
        age = age_on(day, today)
        made.fact(f"{age}\u00a0ans" if name == "person.birth_date" and 16 <= age < 30 else "")

    def _offer_anonymous(self, sentence: str) -> None:
        clear(self._warning)
        self._warning.addWidget(banner(sentence, "warn", button("Contact anonyme", self.anonymous_asked.emit)))

    def _show(self, problems: tuple[Problem, ...]) -> None:
        self._refused = self._form.show_problems(problems)
        place = next((problem for problem in problems if problem.field in ("place", "setting")), None)
        self._place.say(place.sentence if place else "")
        self._count()

    def _warn(self, sentence: str) -> None:
        clear(self._warning)
        self._warning.addWidget(banner(sentence, "err"))
        self._area.verticalScrollBar().setValue(0)

    def _focus(self, name: str) -> None:
        made: QWidget = self._place if name in ("place", "setting") else self.fields.get(name, self._place)
        target = made.edit if isinstance(made, Field) else made.first() if isinstance(made, Choices) else made
        target.setFocus()
        self._area.ensureWidgetVisible(made, 0, 84)

    def _changed(self) -> None:
        self._touched = True
        self._later.start()
        self._count()

    def _count(self) -> None:
        answers = self._form.answers()
        left, wrong = len(gaps(answers)), len(self._refused)
        states = [state_of(number, answers, self._refused) for number in range(len(SECTIONS))]
        done = len(ESSENTIAL) - left
        self._rail.show_states(done, len(ESSENTIAL), states, self._section_now)
        said = f"Il reste {count(left, 'réponse')} essentielle{'s' * (left > 1)}" if left else "Prête à enregistrer"
        self._rest.setText(f"{count(wrong, 'champ')} à vérifier" if wrong else said)
        drawn = ("alert-circle", "err") if wrong else ("list-check", "text2") if left else ("circle-check", "ok")
        self._rest_picture.setPixmap(pixmap(*drawn))
        self._go.setVisible(left > 0 or wrong > 0)

    def _first_gap(self) -> None:
        missing = self._refused or gaps(self._form.answers())
        if missing:
            self._focus(missing[0])

    def _set_aside(self) -> None:
        self.keep()
        self.left.emit()
