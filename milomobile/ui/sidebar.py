"""The navigation: the five places, the network, who is at work; folded to icons where there is little room."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from milomobile.domain.dates import french_time
from milomobile.domain.sending import Waiting
from milomobile.domain.texts import initials
from milomobile.ui import look, network
from milomobile.ui.icons import picture, put
from milomobile.ui.pages.unlock import tile
from milomobile.ui.parts import paint
from milomobile.ui.parts.boxes import column, label, row
from milomobile.ui.parts.discs import Disc
from milomobile.ui.parts.spoken import count

PLACES = (
    ("today", "calendar-event", "Aujourd’hui"),
    ("people", "users", "Jeunes"),
    ("sync", "cloud-up", "Fin de journée"),
    ("report", "chart-bar", "Bilan et exports"),
    ("settings", "settings", "Réglages"),
)
WIDE, FOLDED = 224, 72


class Sidebar(QFrame):
    """`asked` carries the key of a place; `lock_asked` wants the unlock page."""

    asked = Signal(str)
    lock_asked = Signal()
    discreet_asked = Signal()

    def __init__(self, adviser: str) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._places = {key: _Place(picture, text) for key, picture, text in PLACES}
        together = QButtonGroup(self)
        together.setExclusive(False)
        for key, place in self._places.items():
            place.setAutoExclusive(True)
            together.addButton(place)
            place.clicked.connect(lambda _=False, key=key: self.asked.emit(key))
        self.discreet = _Place("eye-off", "Mode discret", "F8")
        self.discreet.setProperty("discreet", True)
        self.discreet.clicked.connect(lambda: self.discreet_asked.emit())
        self._network = _Network()
        self._network.clicked.connect(lambda: self.asked.emit("sync"))
        first, _, last = adviser.partition(" ")
        self._named = [
            label("Milo Mobile", "strong"),
            label("Pays Messin", "caption"),
            label(_short(first, last), "strong"),
        ]
        self.lock = lock = QPushButton()
        lock.setProperty("kind", "ghost")
        put(lock, "lock")
        lock.setToolTip("Verrouiller (Ctrl L)")
        lock.setAccessibleName("Verrouiller")
        look.sized(lock, width=44)
        lock.clicked.connect(self.lock_asked)
        self._disc = Disc(initials(first, last), 34)
        head = row(tile(38), column(*self._named[:2], spacing=0), -1, spacing=10)
        foot = row(self._disc, self._named[2], -1, lock)
        parts: list[QWidget] = list(self._places.values())
        self._laid = column(head, 12, *parts, -1, self.discreet, self._network, 6, foot, spacing=4)
        self.setLayout(self._laid)

    def place(self, key: str) -> QPushButton:
        """The button of a place."""
        return self._places[key]

    def mark(self, key: str) -> None:
        """Shows which place one is at; none for a key that is no place."""
        for name, place in self._places.items():
            place.setChecked(name == key)

    def say_discreet(self, on: bool) -> None:
        """Whether people are hidden."""
        self.discreet.setChecked(on)
        self.discreet.setToolTip(f"Mode discret (F8)\u00a0: {'les noms sont masqués' if on else 'masquer les noms'}")

    def fold(self, folded: bool, low: bool = False) -> None:
        """Icons only, or icons and words; closer to each other where the window is `low` for the size of the text."""
        look.sized(self, width=FOLDED if folded else WIDE)
        side = look.px(12) if folded else 12
        self._laid.setContentsMargins(side, 8 if low else 16, side, 12)
        for part in (*self._named, self._disc):
            part.setVisible(not folded)
        for place in (*self._places.values(), self.discreet):
            place.fold(folded, low)
        self._network.fold(folded, low)

    def count(self, waiting: Waiting) -> None:
        """What waits, on the badge and in the network's block."""
        self._places["sync"].badge = waiting.total
        self._places["sync"].update()
        self._network.say(waiting, network.connected())


class _Place(QPushButton):
    """A place of the navigation, with a count at its right edge where there is one."""

    badge = 0

    def __init__(self, drawn: str, text: str, key: str = "") -> None:
        super().__init__()
        self._text, self._key = text, key
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        put(self, drawn)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def fold(self, folded: bool, low: bool) -> None:
        """Without its words."""
        self.setText("" if folded else f"  {self._text}")
        self.setProperty("low", low)
        look.restyle(self, "folded", folded)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, then the badge; folded, a bar where one is: its words, which are heavier there, are not seen."""
        super().paintEvent(event)
        here = self.isChecked() and not self.text()
        if not here and not (self.text() and (self.badge or self._key)):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here:
            paint.marker(painter, self.rect())
            painter.end()
            return
        if self._key:
            left = self.width() - paint.keycap_width(self._key) - 8
            paint.keycap(painter, left, self.rect(), self._key, "text2", "surface")
            painter.end()
            return
        text = str(self.badge) if self.badge < 1000 else "999+"
        wide, high = paint.width(painter, text, "pill") + 12, look.px(22)
        rect = QRect(self.width() - wide - 5, (self.height() - high) // 2, wide, high)
        paint.bordered(painter, rect, "psoft", high // 2)
        painter.setFont(paint.font("pill", look.px(12)))
        painter.setPen(look.colour("on_psoft"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class _Network(QPushButton):
    """Two or three quiet lines; the same words as tool tip and for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "network")
        self._picture, self._title = picture("cloud-up", size=18), label("", "strong")
        self._rest = label("", "caption")
        self._laid = column(row(self._picture, self._title, -1, spacing=8), self._rest, spacing=1)
        self.setLayout(self._laid)
        for part in (self._picture, self._title, self._rest):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fold(self, folded: bool, low: bool) -> None:
        """Its icon only."""
        self._laid.setContentsMargins(look.px(14) if folded else 12, 8, 8, 8)
        self._title.setVisible(not folded)
        self._rest.setVisible(not folded)
        look.sized(self, height=(36 if low else 44) if folded else 78)

    def say(self, waiting: Waiting, connected: bool) -> None:
        """Network first where the system can tell, then that everything is kept, and how much waits."""
        title, *rest = network_lines(waiting, connected)
        self._title.setText(title)
        self._rest.setText("\n".join(rest))
        self._picture.show_other("cloud-off" if not connected or not waiting.server else "cloud-up")
        self.setToolTip("\n".join((title, *rest)))
        self.setAccessibleName(". ".join(line.rstrip(".") for line in (title, *rest)))


def network_lines(waiting: Waiting, connected: bool) -> tuple[str, ...]:
    """The block's lines (ux/DESIGN 5), always neutral."""
    kept = "Tout est gardé ici."
    left = f"{count(waiting.total, 'élément')} à envoyer"
    if waiting.server is None:
        return ("Aucun serveur relié", kept, left) if waiting.total else ("Aucun serveur relié", "Rien à envoyer")
    network = "Connecté" if connected else "Hors connexion"
    if waiting.total:
        return (network, left) if connected else (network, kept, left)
    at = waiting.last_sync
    return (network, f"Tout est envoyé ({french_time(at)})" if at else "Rien à envoyer")


def _short(first: str, last: str) -> str:
    return f"{first} {last[:1]}." if last else first
