"""Where and when the person is met: the stop and the time at which the form was begun, or what is asked without a stop."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from milomobile.domain.choices import Lists
from milomobile.domain.outings import Place, Stop
from milomobile.domain.problems import Problem
from milomobile.ui.parts.boxes import column
from milomobile.ui.parts.fields import Choices, Field

USUAL = "ARRET_MILO_MOBILE"


class Where(QFrame):
    """Hidden at a stop. A draft keeps both, so that it is not moved to where it is taken up again."""

    changed = Signal()

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.at: datetime | None = None
        self._stop: tuple[str, str] | None = None
        self.place = Field("Lieu de la rencontre", "Aucun arrêt en cours : où est-ce ?", required=True)
        self.setting = Choices("Cadre", list(lists["cadre_contact"].items()), 2)
        for asked in (self.place, self.setting):
            asked.changed.connect(self.changed)
        self.setLayout(column(self.place, self.setting, spacing=12, margins=(20, 16, 20, 18)))

    def begin(self, stop: Stop | None, places: Sequence[Place], kept: Mapping[str, object], now: datetime) -> None:
        """A form begun now at the stop that is open, or a draft's own place and time."""
        place, setting, at = (str(kept.get(name) or "") for name in ("place", "setting", "at"))
        self.at = datetime.fromisoformat(at) if at else now
        if kept.get("at_stop"):
            self._stop = (place, setting)
        else:
            self._stop = (stop.place.name, stop.place.setting) if stop and not place else None
        self.place.complete([known.name for known in places])
        self.place.edit.setText(place)
        self.setting.choose([setting or USUAL])
        self.setVisible(self._stop is None)

    def answers(self) -> tuple[str, str]:
        """The place's name and its setting."""
        return self._stop or (self.place.text(), self.setting.value() or USUAL)

    def kept(self) -> dict[str, object]:
        """What a draft keeps of it."""
        place, setting = self.answers()
        at = self.at.isoformat() if self.at else ""
        return {"place": place, "setting": setting, "at": at, "at_stop": self._stop is not None}

    def name(self) -> str:
        """The stop's name, or nothing where it is asked."""
        return self._stop[0] if self._stop else ""

    def say(self, problems: Sequence[Problem]) -> None:
        """Shows what is wrong with the place."""
        said = next((problem.sentence for problem in problems if problem.field in ("place", "setting")), "")
        self.place.say(said)
