"""« Déjà une fiche ? »: likely same people beside the form, and whom the adviser says this is."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Alike
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import Part, button, clear, column, label, row
from milomobile.ui.parts.discs import Disc
from milomobile.ui.parts.hidden import HIDDEN, Hidden
from milomobile.ui.parts.spoken import announce, full_day, letters

Ask = Callable[[str, str, str, str], Sequence[Alike]]
"""given name, birth name, birth date, telephone, as typed → who may be the same, the likeliest first"""
_COMPARED = ("person.given_name", "person.birth_name", "person.birth_date", "person.phone")
_SHOWN = 3
_BORN = {"F": "née le", "M": "né le"}


class Already(QFrame):
    """Hidden while nobody is like the one being typed. `resumed` carries whose file is taken up, `parted` comes when it
    was somebody else after all; `changed` when something was said that a draft keeps; `looked`
    carries what was typed, each time it was looked for.
    """

    resumed = Signal(str)
    parted = Signal(str)
    changed = Signal()
    looked = Signal(str, str, str, str)

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._ask, self._typed = ask, ("", "", "", "")
        self._apart: list[str] = []
        self._taken: Alike | None = None
        self._found: tuple[Alike, ...] = ()
        self._all = False
        self._later = QTimer(self, interval=200, singleShot=True)
        self._later.timeout.connect(self.look)
        self._body = column(spacing=10)
        self.setLayout(column(self._body, margins=(18, 16, 18, 16)))
        self.hide()

    def begin(self, apart: object = (), taken: Alike | None = None) -> None:
        """A form that begins: who was said not to be the one, and whose file is taken up."""
        self._apart = [str(one) for one in apart] if isinstance(apart, list | tuple) else []
        self._taken, self._all, self._typed, self._found = taken, False, ("", "", "", ""), ()
        self._show()

    def apart(self) -> list[str]:
        """Those said to be somebody else, as many as a line takes."""
        return self._apart[-20:]

    def follow(self, answers: Mapping[str, object]) -> None:
        """Looks again a moment after the last key, where names, date or telephone are other ones than before."""
        typed = tuple(str(answers.get(name) or "").strip() for name in _COMPARED)
        if typed != self._typed and self._taken is None:
            self._typed = (typed[0], typed[1], typed[2], typed[3])
            self._later.start()

    def look(self) -> None:
        """Asks now who may be the same."""
        self._later.stop()
        given, family, _, phone = self._typed
        enough = len(given + family) >= 3 or sum(sign.isdigit() for sign in phone) >= 9
        found = tuple(one for one in (self._ask(*self._typed) if enough else ()) if one.id not in self._apart)
        self.looked.emit(*(self._typed if enough else ("", "", "", "")))
        if found == self._found:
            return
        appeared = not self._found
        self._found, self._all = found, False
        self._show()
        if found and appeared:
            announce(
                self, f"Déjà une fiche\u00a0? {found[0].person.name}, {', '.join(found[0].why)}. Alt D pour y aller."
            )

    def enter(self) -> None:
        """Puts the keyboard on the first answer."""
        first = next((made for made in self.findChildren(QPushButton) if made.isVisibleTo(self)), None)
        if first and self.isVisible():
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def redraw(self, taken: Alike | None) -> None:
        """The same people, told otherwise."""
        self._taken, self._found = taken, ()
        if taken is None and any(self._typed):
            self.look()
        self._show()

    def _show(self) -> None:
        clear(self._body)
        if self._taken:
            self._body.addLayout(_title("user-check", "Sa fiche est reprise"))
            self._body.addWidget(_known(self._taken))
            said = "Une rencontre s’ajoute à sa fiche. Ce que vous changez ici change sa fiche."
            self._body.addWidget(label(said, "caption", wrap=True))
            self._body.addWidget(button("Ce n’est pas cette personne", partial(self._part, self._taken), "ghost"))
        elif self._found:
            self._propose()
        self.setVisible(bool(self._taken or self._found))

    def _propose(self) -> None:
        self._body.addLayout(_title("user-search", "Déjà une fiche\u00a0?"))
        several = len(self._found) > 1
        said = "Des personnes déjà rencontrées ressemblent" if several else "Une personne déjà rencontrée ressemble"
        self._body.addWidget(label(f"{said} à celle-ci.", "caption", wrap=True))
        shown = self._found if self._all else self._found[:_SHOWN]
        for one in shown:
            self._body.addWidget(_known(one, brief=several))
            take = button("Oui, reprendre sa fiche", partial(self.resumed.emit, one.id), "tonal")
            take.setAccessibleName(f"Oui, reprendre la fiche de {one.person.name}")
            other = button("Non, autre personne", partial(self._part, one), "ghost")
            other.setAccessibleName(f"Non, {one.person.name} est une autre personne")
            self._body.addLayout(column(take, other, spacing=4))
        if len(self._found) > len(shown):
            self._body.addWidget(button(f"Voir les {len(self._found)}", self._show_all, "link"))

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _part(self, one: Alike) -> None:
        self._apart.append(one.id)
        taken, self._taken = self._taken, None
        self._found = tuple(other for other in self._found if other.id != one.id)
        self._show()
        if taken:
            self.parted.emit(one.id)
        self.changed.emit()


def _title(drawn: str, text: str) -> QHBoxLayout:
    return row(picture(drawn, "primary", 22), label(text, "h2"), -1)


def _known(one: Alike, brief: bool = False) -> QFrame:
    """Who they are, when and where they were met, and what is alike."""
    who, made = one.person, QFrame()
    made.setProperty("quiet", True)
    born = f"{_BORN.get(who.sex, 'naissance le')} {full_day(who.birth_date)}" if who.birth_date else "date inconnue"
    if isinstance(who.name, Hidden):
        born = HIDDEN
    names = column(label(who.name, "strong", wrap=True), label(born, "caption", wrap=True), spacing=0)
    top = row(Disc(letters(who.name), 40), names, spacing=10)
    top.setStretch(1, 1)
    met = f"Rencontre du {full_day(one.last_at.astimezone(LOCAL).date())}"
    lines = [("calendar-event", met), ("map-pin", one.place), ("equal", ", ".join(one.why).capitalize())]
    parts: list[Part] = [top]
    for drawn, text in lines[2:] if brief else lines:
        if text:
            line = row(picture(drawn, size=16), label(text, "caption", wrap=True), spacing=8)
            line.setStretch(1, 1)
            parts.append(line)
    made.setLayout(column(*parts, spacing=6, margins=(12, 10, 12, 10)))
    return made
