"""« Une personne à chercher »: somebody of an office's list who may be the one being typed, beside the form."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from milomobile.domain.sought import Candidate
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, clear, column, label, row
from milomobile.ui.parts.spoken import full_day

Ask = Callable[[str, str, str, str], Sequence[Candidate]]
"""given name, birth name, birth date, telephone, as typed → who of the lists may be that, the likeliest first"""


class LookedFor(QFrame):
    """The likeliest one, hidden while there is none; `taken` carries the id of whom the adviser says this is."""

    taken = Signal(str)

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._ask, self._shown = ask, ""
        self._parted: set[str] = set()
        self._body = column(spacing=8)
        self.setLayout(column(self._body, margins=(18, 16, 18, 16)))
        self.hide()

    def begin(self) -> None:
        """A form that begins."""
        self._parted = set()
        self._show(None)

    def redraw(self) -> None:
        """Whoever is shown is told otherwise at the next look."""
        self._show(None)

    def look(self, given: str, family: str, born: str, phone: str) -> None:
        """Asks now."""
        found = [one for one in self._ask(given, family, born, phone) if one.id not in self._parted]
        self._show(found[0] if found else None)

    def _show(self, one: Candidate | None) -> None:
        if (one.id if one else "") == self._shown and one:
            return
        self._shown = one.id if one else ""
        clear(self._body)
        self.setVisible(one is not None)
        if one is None:
            return
        born = f", {full_day(one.sought.birth_date)}" if one.sought.birth_date else ""
        title = row(picture("search", "primary", 22), label("Une personne à chercher", "h2", wrap=True), spacing=8)
        title.setStretch(1, 1)
        why = label(", ".join(one.why).capitalize(), "caption", wrap=True)
        self._body.addLayout(title)
        self._body.addWidget(label(f"{one.sought.name}{born}", "strong", wrap=True))
        self._body.addWidget(label(one.said, "caption", wrap=True))
        self._body.addWidget(why)
        take = button("Oui, c’est cette personne", partial(self._take, one), "tonal")
        other = button("Non, autre personne", partial(self._part, one), "ghost")
        self._body.addLayout(column(take, other, spacing=4))

    def _take(self, one: Candidate) -> None:
        self._part(one)
        self.taken.emit(one.id)

    def _part(self, one: Candidate) -> None:
        self._parted.add(one.id)
        self._show(None)
