"""Ouverture: who, the password, and waits that grow after wrong ones; on the first start, the profile is made."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from milomobile import __version__
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.gate import Gate
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import banner, button, card, column, holder, label, row, scrolled
from milomobile.ui.parts.caps import CapsHint
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.tiles import PeopleTiles
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks

if TYPE_CHECKING:
    from milomobile.ui.parts.people_list import PeopleList
    from milomobile.ui.verbs import Verbs

FORGOTTEN = "Mot de passe oublié\u00a0: utiliser le code de secours"
_WHO = "Qui êtes-vous\u00a0?"
_TILES = 6
"""So many people have a tile each."""


class UnlockPage(QWidget):
    """Asks who and the password; `opened` carries the verbs. `locked_by` is the only one shown, until `others_asked`."""

    guide = "ouvrir"

    opened = Signal(object)
    others_asked = Signal()
    rescue_asked = Signal(str)

    def __init__(self, gate: Gate, tasks: Tasks, *, locked_by: str | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self._gate, self._tasks = gate, tasks
        self._who = PeopleTiles("Session verrouillée", (locked_by,)) if locked_by else _who(gate.advisers)
        self._who.changed.connect(self._other)
        self.password = Field("Mot de passe", secret=True)
        self.password.edit.returnPressed.disconnect()
        self.password.edit.returnPressed.connect(self._open)
        self.caps = CapsHint(self.password.edit)
        self.go = button("Ouvrir", self._open, "hero", "lock-open", "Entrée")
        self.forgotten = button(FORGOTTEN, lambda: self.rescue_asked.emit(self._who.value()), "link", "key")
        self._seconds = QTimer(self, interval=250)
        self._seconds.timeout.connect(self._count)
        links = row(self.forgotten, -1)
        if locked_by and len(gate.advisers) > 1:
            links.addWidget(button("Changer de personne", self.others_asked.emit, "link"))
        self._inside = column(self._who, 10, self.password, self.caps, 6, self.go, 2, links, spacing=10)
        inside = card(self._inside)
        if gate.hint:
            hint = label(f"Démonstration, personnes inventées. Mot de passe\u00a0: {gate.hint}", "second")
            hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._inside.addWidget(hint)
        look.sized(inside, width=620)
        proposed = (_proposed(gate, tasks), 14) if gate.ready else ()
        parts = (brand("Mission Locale du Pays Messin"), 18, *proposed, inside, -1, foot())
        self.setLayout(centred(*parts))
        self._count()
        self.password.edit.setFocus()

    def offer(self, words: str, act: Callable[[], object]) -> None:
        """One more way on, under the others."""
        self._inside.addLayout(row(button(words, act, "link"), -1))

    def _open(self) -> None:
        if not self.go.isEnabled():
            return
        who, typed = self._who.value(), self.password.edit.text()
        self.password.say("")
        job = lambda: self._gate.unlock(who, typed)  # noqa: E731
        work(self._tasks, (self.go,), job, self._done, self._failed, "Ouverture…")

    def _done(self, verbs: "Verbs") -> None:
        self.opened.emit(verbs)

    def _failed(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        self.password.say(wrong.sentence)
        self.password.edit.selectAll()
        self._count()

    def _other(self) -> None:
        self.password.say("")
        self._count()

    def _count(self) -> None:
        left = self._gate.wait(self._who.value())
        self.go.setEnabled(left <= 0)
        self.go.setText("Ouvrir")
        if left > 0:
            seconds = math.ceil(left)
            self.password.say(
                f"Ce mot de passe ne correspond pas. Nouvel essai dans {seconds} seconde{'s' * (seconds > 1)}."
            )
            self._seconds.start()
        else:
            self._seconds.stop()
            self.password.edit.setFocus()


def _who(names: Sequence[str]) -> "PeopleTiles | PeopleList":
    """Tiles for a small team, a list to search for a large one."""
    if len(names) <= _TILES:
        return PeopleTiles(_WHO, names)
    from milomobile.ui.parts.people_list import PeopleList

    return PeopleList(_WHO, names)


def _proposed(gate: Gate, tasks: Tasks) -> QWidget:
    from milomobile.ui.parts.proposed import Proposed

    assert gate.ready is not None
    made = Proposed(gate.ready, gate.install, tasks)
    look.sized(made, width=620)
    return made


class ShutPage(QWidget):
    """A profile that is there and cannot be opened: why, and nothing that would take its place."""

    guide = "problemes"

    again = Signal()

    def __init__(self, sentence: str, diagnosing: QWidget) -> None:
        super().__init__()
        self.setObjectName("page")
        self.said = banner(sentence, "err")
        go = button("Réessayer", self.again.emit, "hero", "lock-open")
        inside = card(label("Les fiches ne s’ouvrent pas", "h1"), self.said, go, diagnosing, spacing=14)
        look.sized(inside, width=620)
        self.setLayout(centred(brand("Mission Locale du Pays Messin"), 18, inside, -1, foot()))


def brand(second: str, wide: int = 620) -> QWidget:
    """The petrol tile with the van, the name, and a line below."""
    made = QWidget()
    look.sized(made, width=wide)
    names = column(label("Milo Mobile", "h1"), label(second, "caption", wide < 620), spacing=0)
    made.setLayout(row(tile(), names, -1, spacing=14))
    return made


def tile(size: int = 44) -> QWidget:
    """The van in white on petrol, underlined in gold."""
    van, line = picture("bus", "on_brand", size - 14), QWidget()
    line.setObjectName("underline")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line.setFixedHeight(2)
    made = QWidget()
    made.setObjectName("tile")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    look.sized(made, width=size, height=size)
    made.setLayout(column(van, line, spacing=0, margins=(7, 4, 7, 6)))
    return made


def foot() -> QWidget:
    """What is always true of this program."""
    made = QWidget()
    look.sized(made, width=620)
    made.setLayout(
        row(
            -1,
            picture("shield-lock", "text3", 16),
            label(f"Les fiches sont chiffrées sur ce poste.  ·  version {__version__}", "caption"),
            -1,
        )
    )
    return made


def centred(*parts: QWidget | int) -> QVBoxLayout:
    """Parts in the middle of the page, top to bottom, which scrolls; a number is a gap, -1 takes what is left."""
    layout = column(-1, spacing=0, margins=(20, 24, 20, 20))
    for part in parts:
        if isinstance(part, QWidget):
            layout.addLayout(row(-1, part, -1, spacing=0))
        elif part < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(part)
    return column(scrolled(holder(layout)), spacing=0)
