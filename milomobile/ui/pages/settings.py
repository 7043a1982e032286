"""Réglages: what can be chosen and looked after on this laptop, a section at a time."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QStackedWidget, QWidget

from milomobile.ui import look
from milomobile.ui.icons import put
from milomobile.ui.news import News
from milomobile.ui.parts.about import AboutCard
from milomobile.ui.parts.appearance import AppearanceCard
from milomobile.ui.parts.boxes import banner, card, column, holder, label, row, scrolled
from milomobile.ui.parts.copies import CopiesCard
from milomobile.ui.parts.directory import DirectoryCard
from milomobile.ui.parts.health import HealthCard
from milomobile.ui.parts.law import LawCard
from milomobile.ui.parts.retention import RetentionCard
from milomobile.ui.parts.screen import ScreenCard
from milomobile.ui.parts.server import ServerCard
from milomobile.ui.parts.sought import SoughtCard
from milomobile.ui.parts.team import TeamCard
from milomobile.ui.parts.updates import UpdatesCard
from milomobile.ui.parts.zones import zone
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_NARROW = 900
"""Below this width of the window, in pixels at 100 %, the sections are icons."""


class SettingsPage(QWidget):
    """The sections on the left, the cards of one of them beside; each card that has `refresh` shows itself anew."""

    def __init__(self, verbs: Verbs, news: News, tasks: Tasks) -> None:
        super().__init__()
        self._stack, self._choices = QStackedWidget(), QButtonGroup(self)
        self._lines = column(spacing=4, margins=(6, 6, 6, 6))
        self._names = scrolled(holder(self._lines))
        zone(self._names)
        beside = row(self._names, self._stack, spacing=14)
        head = row(label("Réglages", "h1"), margins=(6, 0, 0, 0))
        self.setLayout(column(head, beside, spacing=10, margins=(22, 16, 28, 20)))
        self.laying = self._lay(verbs, news, tasks)
        """What lays the page, a slice each time; before it ended nothing of the page is to be asked for."""

    def _lay(self, verbs: Verbs, news: News, tasks: Tasks) -> Iterator[None]:
        self.directory, self.sought = DirectoryCard(verbs, tasks), SoughtCard(verbs, tasks)
        self.server, self.locking = ServerCard(verbs, news, tasks), ScreenCard(verbs)
        self.appearance = AppearanceCard()
        self.team = TeamCard(verbs.team, tasks)
        self._sections: dict[str, tuple[str, Sequence[QWidget]]] = {
            "Ce poste": ("device-laptop", [_here(verbs)]),
            "Serveur": ("server", [self.server]),
            "Équipe": ("users", [self.team]),
            "Listes et annuaire": ("list-check", [self.directory, self.sought]),
            "Données et confidentialité": ("shield-lock", [RetentionCard(verbs, news, tasks), LawCard(verbs, tasks)]),
            "Sauvegardes": ("usb-key", [CopiesCard(verbs, tasks)]),
            "Affichage": ("eye", [self.appearance, self.locking]),
            "Diagnostic": ("compass", [HealthCard(verbs, tasks)]),
            "Mises à jour et à propos": ("file-text", [UpdatesCard(verbs, tasks), AboutCard(verbs)]),
        }
        yield
        for name, (drawn, cards) in self._sections.items():
            self._lines.addWidget(self._choice(name, drawn))
            self._stack.addWidget(_scrolled(cards))
            yield
        self._lines.addStretch(1)
        self._choices.idClicked.connect(self._stack.setCurrentIndex)
        self.show_section("Ce poste")
        self._fold()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons only where the cards need the room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        folded = self.window().width() < look.px(_NARROW)
        look.sized(self._names, width=84 if folded else 260)
        for made in self._choices.buttons():
            made.setText("" if folded else f"  {made.accessibleName()}")
            look.restyle(made, "folded", folded)

    def _choice(self, name: str, drawn: str) -> QPushButton:
        made = QPushButton()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setProperty("kind", "nav")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        put(made, drawn)
        self._choices.addButton(made, len(self._choices.buttons()))
        return made

    def show_section(self, name: str) -> None:
        """Shows the cards of a section."""
        place = list(self._sections).index(name)
        self._choices.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)

    @property
    def guide(self) -> str:
        """The page of the user guide about the section shown."""
        _, cards = list(self._sections.values())[self._stack.currentIndex()]
        return next((str(one.guide) for one in cards if hasattr(one, "guide")), "reglages")

    def redraw(self) -> None:
        """Nobody of a list stands there any more."""
        self.sought.forget()

    def refresh(self) -> None:
        """Every card shows what is so now."""
        for _, cards in self._sections.values():
            for one in cards:
                if refresh := getattr(one, "refresh", None):
                    refresh()


def _scrolled(cards: Sequence[QWidget]) -> QWidget:
    """From outside in: what stands inside is moved once, which takes long."""
    inside, lines = QWidget(), column(spacing=14)
    made = scrolled(inside)
    inside.setLayout(lines)
    look.sized(inside, most_width=720)
    for one in cards:
        lines.addWidget(one)
    lines.addStretch(1)
    return made


def _here(verbs: Verbs) -> QFrame:
    facts = column(label("Ce poste", "h2"), spacing=6)
    for name, value in (("Personne", verbs.adviser), ("Poste", verbs.device), ("Données", str(verbs.profile))):
        shown = label(value, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        caption = label(name, "second")
        look.sized(caption, width=110)
        line = row(caption, shown)
        line.setStretch(1, 1)
        facts.addLayout(line)
    if verbs.keyring_warning:
        facts.addWidget(banner(verbs.keyring_warning))
    return card(facts)
