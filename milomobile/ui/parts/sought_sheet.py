"""An office's list before it is imported: what each column is, who comes first, what it is for and how long it is kept."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from milomobile.domain.dates import french_date
from milomobile.domain.phones import show_phone
from milomobile.domain.sought import KEPT, ListReport
from milomobile.domain.sought_columns import MEANINGS, NAMES, Line, ListColumn, Meanings, Opened, Preview
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import banner, button, clear, column, holder, label
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_WHAT = (
    "Vérifiez ce que dit chaque colonne. Personne de cette liste ne compte comme rencontré avant de l’être, et rien n’en est "
    "envoyé."
)
_NEVER = "N° de sécurité sociale\u00a0: jamais lu"
_NO_NAME = "Dites quelle colonne est le nom ou le prénom."
_MONTHS = (3, 6, KEPT)


class SoughtSheet(Sheet):
    """`imported` carries what came of it."""

    imported = Signal(object)

    def __init__(self, verbs: Verbs, tasks: Tasks, file: Path, opened: Opened, parent: QWidget | None) -> None:
        super().__init__("Importer une liste", parent, 700)
        self._verbs, self._tasks, self._file = verbs, tasks, file
        self.meanings = [self._choice(one) for one in opened.columns]
        self._samples = [label("", "caption", wrap=True) for _ in opened.columns]
        self.purpose = Field("À quoi sert cette liste", "Par exemple\u00a0: PSAD de novembre", required=True)
        months = [(str(one), f"{one} mois") for one in _MONTHS]
        self.kept = Choices("Gardée", months, 3, segmented=True)
        self.kept.choose([str(KEPT)])
        self._counts, self._first, self._said = label("", "strong", wrap=True), column(spacing=3), column()
        lines = count(opened.lines, "ligne")
        columns = holder(self._columns(opened))
        for part in (label(f"{file.name}\u00a0: {lines}. {_WHAT}", "second", wrap=True), self.purpose, columns):
            self.body.addWidget(part)
        self.body.addWidget(label("Ce qui sera gardé", "h2"))
        self.body.addWidget(self._counts)
        self.body.addLayout(self._first)
        self.body.addWidget(self.kept)
        self.body.addLayout(self._said)
        self.go = button("Importer", self.take, "primary", "check")
        self.foot.addWidget(button("Annuler", self.reject))
        self.foot.addWidget(self.go)
        self._asked = self._redrawn = 0
        self._later = QTimer(self, interval=150, singleShot=True)
        self._later.timeout.connect(self.look)
        self.look()
        self.purpose.edit.setFocus()

    def _columns(self, opened: Opened) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for place, (one, meaning) in enumerate(zip(opened.columns, self.meanings, strict=True)):
            title = label(one.title, "label", wrap=True)
            title.setBuddy(meaning)
            grid.addWidget(title, place, 0)
            grid.addWidget(self._samples[place], place, 1)
            grid.addWidget(meaning, place, 2)
        self._show_samples(opened)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        return grid

    def _choice(self, one: ListColumn) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(f"Colonne «\u00a0{one.title}\u00a0»")
        made.addItem("Ignorée", None)
        for meaning, words in MEANINGS.items():
            made.addItem(words, meaning)
        made.setCurrentIndex(made.findData(one.meaning))
        made.setEnabled(not one.never)
        look.sized(made, width=190)
        made.currentIndexChanged.connect(self._changed)
        return made

    def _show_samples(self, opened: Opened) -> None:
        for one, shown, meaning in zip(opened.columns, self._samples, self.meanings, strict=True):
            shown.setText(_NEVER if one.never else " · ".join(one.samples))
            meaning.setAccessibleDescription(", ".join(one.samples))

    def redraw(self) -> None:
        """What names somebody goes at once, and comes back as it may be told now; what was said and typed stays."""
        for shown, meaning in zip(self._samples, self.meanings, strict=True):
            shown.setText("")
            meaning.setAccessibleDescription("")
        clear(self._first)
        self.look()
        self._redrawn += 1
        came = partial(self._reopened, self._redrawn)
        self._tasks.run(partial(self._verbs.open_list, self._file), came, self._failed)

    def _reopened(self, turn: int, opened: Opened) -> None:
        if turn == self._redrawn:
            self._show_samples(opened)

    def _told(self) -> Meanings:
        return tuple(made.currentData() for made in self.meanings)

    def _changed(self) -> None:
        self._asked += 1
        self.go.setEnabled(False)
        self._later.start()

    def look(self) -> None:
        """Asks what importing would do with the columns as they are said now."""
        self._asked += 1
        meanings = self._told()
        if not NAMES & set(meanings):
            clear(self._first)
            self.go.setEnabled(False)
            self._counts.setText(_NO_NAME)
            return
        self._counts.setText("La liste est lue et comparée aux fiches…")
        self.go.setEnabled(False)
        came = partial(self._looked, self._asked)
        self._tasks.run(partial(self._verbs.preview_list, self._file, meanings), came, self._failed)

    def _looked(self, asked: int, preview: Preview) -> None:
        """An answer to what was asked before is not shown: it may be of other columns, or name whom F8 has hidden since."""
        if asked != self._asked:
            return
        clear(self._first)
        self._counts.setText(_counted(preview))
        for line in preview.first:
            self._first.addWidget(label(_person(line), wrap=True))
            if line.said:
                self._first.addWidget(label(line.said, "caption", wrap=True))
        self.go.setEnabled(preview.taken > 0)

    def take(self) -> None:
        """Imports it, once it was said what it is for."""
        told = bool(self.purpose.text())
        self.purpose.say("" if told else "Dites à quoi sert cette liste, par exemple\u00a0: PSAD de novembre.")
        if not told:
            self._area.ensureWidgetVisible(self.purpose)
            self.purpose.edit.setFocus()
            return
        asked = (self._file, self.purpose.text(), self._told(), int(self.kept.value() or KEPT))
        work(self._tasks, (self.go,), partial(self._verbs.import_list, *asked), self._done, self._failed)

    def _done(self, report: ListReport) -> None:
        self.imported.emit(report)
        self.accept()

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self.go.setEnabled(True)
        clear(self._said)
        self._said.addWidget(banner(wrong.sentence, "err"))


def _counted(one: Preview) -> str:
    parts = [f"{count(one.taken, 'personne')} à chercher"]
    if one.met:
        parts.append(f"dont {one.met} avec une fiche ici")
    if one.already:
        parts.append(f"{one.already} déjà sur une liste")
    if one.warned:
        parts.append(f"{count(one.warned, 'ligne')} à vérifier")
    if one.refused:
        parts.append(f"{count(one.refused, 'ligne')} refusée{'s' * (one.refused > 1)}")
    return ", ".join(parts) + "."


def _person(line: Line) -> str:
    one = line.person
    born = french_date(one.birth_date) if one.birth_date else ""
    words = (one.name, born, show_phone(one.phone) if one.phone else "", one.commune or "")
    return f"Ligne {line.number}\u00a0: " + " · ".join(word for word in words if word)
