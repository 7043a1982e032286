"""Where and when somebody is met: the stop and the time at which it was begun, or what is asked away from a stop."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from milomobile.domain.choices import Lists
from milomobile.domain.outings import Place, Stop
from milomobile.domain.problems import Problem
from milomobile.domain.texts import plain
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, column, holder, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field

USUAL = "ARRET_MILO_MOBILE"
SETTINGS = {
    "ARRET_MILO_MOBILE": "Milo Mobile",
    "RUE": "Rue",
    "PARTENAIRE": "Chez un partenaire",
    "EVENEMENT": "Événement",
    "PORTE_A_PORTE": "Pied d’immeuble",
    "NUMERIQUE": "Réseaux sociaux",
    "TELEPHONE": "Téléphone",
}
"""Shorter words of `cadre_contact`."""
SUGGESTED = {"TELEPHONE": "Téléphone", "NUMERIQUE": "Réseaux sociaux"}
"""What a place without a place is called, by setting."""
AWAY = ("Hors arrêt", "RUE")
"""The place of who is met nowhere in particular, and its setting until another is chosen."""


class Spot(QWidget):
    """A place and its setting: a known place brings its own, and some settings name a place."""

    changed = Signal()
    left = Signal()

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._places: dict[str, Place] = {}
        self._chosen = False
        self.place = Field("Lieu de la rencontre", "Place, rue, permanence, événement", required=True)
        codes = lists["cadre_contact"]
        self.setting = Choices("Cadre", [(code, SETTINGS.get(code, text)) for code, text in codes.items()], 4)
        for asked in (self.place, self.setting):
            asked.changed.connect(self.changed)
        self.place.left.connect(self._known)
        self.place.advance = lambda: self.setting.first().setFocus(Qt.FocusReason.TabFocusReason)
        self.setting.advance = self.left.emit
        self.setting.changed.connect(self._suggest)
        self.setLayout(column(self.place, self.setting, spacing=10))

    def begin(self, places: Sequence[Place], place: str = "", setting: str = "") -> None:
        """What was answered before, or nothing."""
        self._places = {plain(known.name): known for known in places}
        self.place.complete([known.name for known in places])
        self.put(place, setting or USUAL)

    def put(self, place: str, setting: str) -> None:
        """Answers in place of those before."""
        self.place.edit.setText(place)
        self.place.say("")
        self.setting.choose([setting])
        self._chosen = False

    def answers(self) -> tuple[str, str]:
        """The place's name and the setting."""
        return self.place.text(), self.setting.value() or USUAL

    def _known(self) -> None:
        known = self._places.get(plain(self.place.text()))
        if known and not self._chosen:
            self.setting.choose([known.setting])

    def _suggest(self) -> None:
        self._chosen = True
        if self.place.text() in ("", *SUGGESTED.values()):
            self.place.edit.setText(SUGGESTED.get(self.setting.value() or "", ""))


class Where(QFrame):
    """Hidden at a stop, until `elsewhere` is asked for. A draft keeps place and time where it was begun.

    `start_asked` wants a stop started; `done` is Entrée on the last answer.
    """

    changed = Signal()
    moved = Signal()
    start_asked = Signal()
    done = Signal()

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.at: datetime | None = None
        self._stop: tuple[str, str] | None = None
        self._open: tuple[str, str] | None = None
        self.spot = Spot(lists)
        self.place, self.setting = self.spot.place, self.spot.setting
        self.spot.changed.connect(self.changed)
        self.spot.left.connect(self.done)
        said = label("Aucun arrêt en cours. À quel lieu rattacher cette rencontre\u00a0?", "strong", wrap=True)
        start = button("Démarrer un arrêt", self.start_asked.emit, "small")
        away = button("Hors arrêt", self._away, "small")
        asking = row(picture("map-pin", size=18), said, start, away, spacing=10)
        asking.setStretch(1, 1)
        self._asking = holder(asking)
        self.elsewhere: QPushButton = button("Autre lieu", self._turn, "link")
        self.elsewhere.setShortcut("Alt+L")
        self.setLayout(column(self._asking, self.spot, spacing=10, margins=(20, 12, 20, 14)))

    def begin(self, stop: Stop | None, places: Sequence[Place], kept: Mapping[str, object], now: datetime) -> None:
        """A form begun now at the stop that is open, or a draft's own place and time."""
        place, setting, at = (str(kept.get(name) or "") for name in ("place", "setting", "at"))
        self.at = datetime.fromisoformat(at) if at else now
        self._open = (stop.place.name, stop.place.setting) if stop else None
        self._stop = (place, setting) if kept.get("at_stop") else None if place else self._open
        self._open = self._stop or self._open
        self.spot.begin(places, place, setting)
        self._show()

    def arrive(self, stop: Stop | None) -> None:
        """A stop was started meanwhile: this is where. None: it was not, after all."""
        self._open = self._stop = (stop.place.name, stop.place.setting) if stop else None
        self._show()

    def fix(self) -> None:
        """Place and time stay as they were kept: nothing of them is asked."""
        self.hide()
        self.elsewhere.hide()

    @property
    def asked(self) -> bool:
        """Whether the place is one of the questions: there is no stop, or it is elsewhere."""
        return self._stop is None

    def asks(self) -> bool:
        """Whether the place is still to be said."""
        return self.asked and not self.place.text()

    def answers(self) -> tuple[str, str]:
        """The place's name and its setting."""
        return self._stop or self.spot.answers()

    def kept(self) -> dict[str, object]:
        """What a draft keeps of it."""
        place, setting = self.answers()
        at = self.at.isoformat() if self.at else ""
        return {"place": place, "setting": setting, "at": at, "at_stop": self._stop is not None}

    def name(self) -> str:
        """The stop's name, or nothing where it is asked."""
        return self._stop[0] if self._stop else ""

    def say(self, problems: Sequence[Problem]) -> None:
        """Shows what is wrong with the place, unheard: who saves hears of all at once."""
        said = next((problem.sentence for problem in problems if problem.field in ("place", "setting")), "")
        self.place.say(said, heard=False)

    def _show(self) -> None:
        self.setVisible(self._stop is None)
        self._asking.setVisible(self._open is None)
        self.elsewhere.setVisible(self._open is not None)
        self.elsewhere.setText("Autre lieu" if self._stop else "À l’arrêt")
        self.elsewhere.setShortcut("Alt+L")
        said = "Rencontre ailleurs qu’à l’arrêt" if self._stop else f"Rencontre à l’arrêt {(self._open or ('',))[0]}"
        self.elsewhere.setAccessibleName(f"{self.elsewhere.text()}\u00a0: {said[:1].lower()}{said[1:]}")
        self.elsewhere.setToolTip(f"{said} (Alt L)")
        self.moved.emit()

    def _turn(self) -> None:
        self._stop = None if self._stop else self._open
        self._show()
        if self._stop is None:
            self.spot.put(self.place.text(), AWAY[1])
            self.place.edit.setFocus()
        else:
            self.done.emit()

    def _away(self) -> None:
        self.spot.put(*AWAY)
        self.changed.emit()
        self.done.emit()
