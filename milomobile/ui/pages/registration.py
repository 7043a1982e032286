"""Nouvelle inscription: one page, a list of fields, a draft kept half a second after the last key."""

import uuid

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from milomobile.domain.dates import LOCAL, age_on, french_date, french_time, read_date
from milomobile.domain.encounters import Registration
from milomobile.domain.form import DATES, to_line
from milomobile.domain.outings import Draft
from milomobile.domain.problems import Problem
from milomobile.errors import NotReady, Trouble
from milomobile.ui.news import News
from milomobile.ui.pages.questions import ESSENTIAL, QUESTIONS, SECTIONS, SHORT, Question
from milomobile.ui.parts.boxes import banner, button, card, clear, column, holder, label, row, scrolled
from milomobile.ui.parts.fields import Choices, Codes, Field
from milomobile.ui.verbs import Verbs

Asked = Field | Choices | Codes | QCheckBox


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
        self.fields: dict[str, Asked] = {}
        self._place = Field("Lieu de la rencontre", "Aucun arrêt en cours : où est-ce ?", required=True)
        self._place.changed.connect(self._changed)
        self._warning = column()
        self._here = label("", "second")
        self._essential = label("", "strong")
        self._kept = label("", "caption", wrap=True)
        self._states = [label("", "caption") for _ in SECTIONS]
        body = column(self._warning, self._place, spacing=14)
        for number, name in enumerate(SECTIONS):
            body.addWidget(card(label(name, "h2"), self._section(number), spacing=12))
        body.addStretch(1)
        self._area = scrolled(holder(body))
        self._rest = label("", "second")
        self._go = button("Y aller", self._first_gap, "link")
        aside = button("Mettre de côté", self._set_aside, "ghost", "player-pause", "Échap")
        self.save_button = button("Enregistrer la fiche", self.save, "primary", "check", "Ctrl Entrée")
        bar = QFrame()
        bar.setObjectName("bar")
        bar.setLayout(row(aside, -1, self._rest, self._go, self.save_button, spacing=12, margins=(24, 10, 24, 10)))
        right = column(row(label("Nouvelle inscription", "h1"), -1, self._here), self._area, spacing=14)
        right.setContentsMargins(28, 16, 24, 0)
        middle = row(self._rail_box(), right, self._aside(), spacing=0)
        middle.setStretch(1, 1)
        whole = column(middle, bar, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Escape", self._set_aside)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _rail_box(self) -> QFrame:
        rail = QFrame()
        rail.setObjectName("sidebar")
        rail.setFixedWidth(232)
        named = zip(SECTIONS, self._states, strict=True)
        steps = column(*(column(label(name, "strong"), state, spacing=0) for name, state in named), spacing=14)
        note = label("Vous pouvez vous arrêter quand vous voulez : rien ne se perd.", "caption", wrap=True)
        head = label("L’essentiel", "h2")
        layout = column(row(head, -1, self._essential), 10, steps, -1, self._kept, note, spacing=8)
        layout.setContentsMargins(20, 24, 20, 20)
        rail.setLayout(layout)
        return rail

    def _aside(self) -> QWidget:
        keys = ("Entrée ou Tab : champ suivant", "1 à 9 : choisir une réponse", "Ctrl Entrée : enregistrer")
        said = (
            "Vos informations aident la Mission Locale à vous accompagner.",
            "Elles ne sont jamais vendues.",
            "Vous pouvez les voir, les corriger ou les faire effacer.",
            "Elles sont gardées 12 mois après notre dernier échange.",
        )
        words = card(label("À dire avec vos mots", "h2"), *(label(f"• {text}", "second", wrap=True) for text in said))
        help_card = card(label("Au clavier", "h2"), *(label(text, "second") for text in keys))
        made = holder(column(words, -1, help_card, spacing=14, margins=(0, 60, 20, 16)))
        made.setFixedWidth(270)
        return made

    def _section(self, number: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        line = place = 0
        for question in (one for one in QUESTIONS if one.section == number):
            made = self._make(question)
            self.fields[question.name] = made
            span = 2 if question.wide or question.kind == "check" else 1
            if span == 2 and place:
                line, place = line + 1, 0
            grid.addWidget(made, line, place, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
            if place >= 2:
                line, place = line + 1, 0
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _make(self, question: Question) -> Asked:
        if question.kind == "check":
            box = QCheckBox(question.title)
            box.toggled.connect(self._changed)
            return box
        made: Field | Choices | Codes
        if question.kind == "codes":
            made = Codes(question.title, self._options(question.list), question.hint)
        elif question.kind in ("choice", "several"):
            several = question.kind == "several"
            options = self._options(question.list)
            line = len(options) <= question.columns and not several
            made = Choices(
                question.title, options, question.columns, several=several, required=question.required, segmented=line
            )
        else:
            made = Field(question.title, question.hint, question.required)
        made.changed.connect(self._changed)
        made.left.connect(lambda name=question.name: self._judge(name))
        return made

    def _options(self, name: str) -> list[tuple[str, str]]:
        if name == "communes":
            return list({one.code: one.name for one in self._verbs.communes}.items())
        return [(code, SHORT.get(name, {}).get(code, text)) for code, text in self._verbs.lists[name].items()]

    def open(self, draft: Draft | None = None) -> None:
        """An empty form, or a draft's answers; the focus stands in the first field."""
        self._later.stop()
        clear(self._warning)
        self._draft = draft.id if draft else str(uuid.uuid4())
        defaults = {question.name: question.default for question in QUESTIONS if question.default}
        self._fill({**defaults, **(draft.answers if draft else {})})
        stop = self._verbs.day().open_stop
        self._place.setVisible(stop is None)
        self._place.complete([place.name for place in self._verbs.places()])
        self._place.edit.setText(str((draft.answers if draft else {}).get("place") or ""))
        at = french_time(self._verbs.now().astimezone(LOCAL))
        self._here.setText(f"{stop.place.name} · {at}" if stop else at)
        self._kept.setText(f"Brouillon gardé à {french_time(draft.kept_at.astimezone(LOCAL))}" if draft else "")
        self._touched = False
        self._count()
        self._area.verticalScrollBar().setValue(0)
        first = self.fields["person.given_name"]
        assert isinstance(first, Field)
        first.edit.setFocus()

    def _fill(self, answers: dict[str, object]) -> None:
        for name, made in self.fields.items():
            value = answers.get(name)
            if isinstance(made, QCheckBox):
                made.setChecked(bool(value))
                continue
            made.say("")
            made.note.setText("")
            if isinstance(made, Choices):
                made.choose(value if isinstance(value, list) else [str(value)] if value else [])
            elif isinstance(made, Codes):
                made.choose(str(value) if value else None)
            else:
                made.edit.setText(str(value or ""))

    def answers(self) -> dict[str, object]:
        """What stands in the form, by name; empty answers left out."""
        found: dict[str, object] = {}
        for question in QUESTIONS:
            made = self.fields[question.name]
            value: object
            if isinstance(made, QCheckBox):
                value = made.isChecked()
            elif isinstance(made, Choices):
                value = made.values() if question.kind == "several" else made.value()
            elif isinstance(made, Codes):
                value = made.value()
            else:
                value = made.text()
            if value:
                found[question.name] = value
        return found

    def keep(self) -> None:
        """Keeps the draft now, where something was typed since."""
        self._later.stop()
        if not self._touched:
            return
        try:
            at = self._verbs.keep_draft(self._draft, {**self.answers(), "place": self._place.text()})
        except Trouble as trouble:
            self._warn(trouble.sentence)
            return
        self._touched = False
        self._kept.setText(f"Brouillon gardé à {french_time(at.astimezone(LOCAL))}")
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
            saved = self._verbs.register(value)
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

    def _read(self) -> tuple[Registration | None, tuple[Problem, ...]]:
        stop = self._verbs.day().open_stop
        place, setting = (stop.place.name, stop.place.setting) if stop else (self._place.text(), "ARRET_MILO_MOBILE")
        line, unread = to_line(self.answers(), place, setting, self._verbs.notice_version, self._verbs.now())
        for question in QUESTIONS:
            made = self.fields[question.name]
            if isinstance(made, Codes) and made.text() and not made.value():
                unread.append(Problem(question.name, "Choisissez une réponse de la liste."))
        value, problems = self._verbs.read(line)
        return value, (*unread, *problems)

    def _judge(self, name: str) -> None:
        made = self.fields[name]
        if not isinstance(made, Field | Choices) or (name not in self.answers() and not isinstance(made, Codes)):
            return
        if name in DATES and isinstance(made, Field):
            self._tidy_date(name, made)
        said = [problem for problem in self._read()[1] if problem.field == name and self._is_answered(name)]
        made.say(said[0].sentence if said else "", "err" if said and said[0].refused else "warn")
        if said and "anonyme" in said[0].sentence:
            self._offer_anonymous(said[0].sentence)

    def _is_answered(self, name: str) -> bool:
        made = self.fields[name]
        return name in self.answers() or (isinstance(made, Codes) and bool(made.text()))

    def _tidy_date(self, name: str, made: Field) -> None:
        today = self._verbs.now().astimezone(LOCAL).date()
        try:
            day = read_date(made.text(), today if name == "person.birth_date" else today.replace(year=today.year + 5))
        except ValueError:
            made.note.setText("")
            return
        made.edit.setText(french_date(day))
        age = age_on(day, today)
        made.note.setText(f"{age} ans ✓" if name == "person.birth_date" and 16 <= age < 30 else "")

    def _offer_anonymous(self, sentence: str) -> None:
        clear(self._warning)
        self._warning.addWidget(banner(sentence, "warn", button("Contact anonyme", self.anonymous_asked.emit)))

    def _show(self, problems: tuple[Problem, ...]) -> None:
        for name, made in self.fields.items():
            said = next((problem for problem in problems if problem.field == name), None)
            if isinstance(made, Field | Choices):
                made.say(said.sentence if said else "", "err" if said and said.refused else "warn")
        place = next((problem for problem in problems if problem.field in ("place", "setting")), None)
        self._place.say(place.sentence if place else "")

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
        answers = self.answers()
        contact = any(f"person.{way}" in answers for way in ("phone", "email", "social"))
        done = sum(contact if name == "contact" else name in answers for name in ESSENTIAL)
        left = len(ESSENTIAL) - done
        self._essential.setText(f"{done} sur {len(ESSENTIAL)}")
        for number, shown in enumerate(self._states):
            shown.setText(self._state_of(number, answers, contact))
        plural = "s" if left > 1 else ""
        self._rest.setText(f"Il reste {left} réponse{plural} essentielle{plural}" if left else "Prête à enregistrer")
        self._go.setVisible(left > 0)

    def _state_of(self, number: int, answers: dict[str, object], contact: bool) -> str:
        asked = [question for question in QUESTIONS if question.section == number]
        awaited = [question.name for question in asked if question.required and question.name not in answers]
        if "person.phone" in awaited and contact:
            awaited.remove("person.phone")
        if awaited:
            return f"{len(awaited)} réponse{'s' * (len(awaited) > 1)} attendue{'s' * (len(awaited) > 1)}"
        return "Complet" if any(question.required for question in asked) else "Facultatif"

    def _first_gap(self) -> None:
        answers = self.answers()
        for name in ESSENTIAL:
            real = "person.phone" if name == "contact" else name
            if real not in answers:
                self._focus(real)
                return

    def _set_aside(self) -> None:
        self.keep()
        self.left.emit()
