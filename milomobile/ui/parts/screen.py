"""The screen in Réglages: when it locks by itself, and when it becomes discreet by itself."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame

from milomobile.domain.preferences import LONGEST, SHORTEST
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.said import Said
from milomobile.ui.verbs import Verbs

_DISCREET = (
    "Le mode discret (F8) remplace noms, âges et téléphones par des barres. Maintenez Espace pour lire la ligne choisie. "
    "Les fichiers exportés, eux, ne sont pas masqués."
)


_TOUR = (
    "La visite guidée montre une journée en cinq minutes, avec des personnes inventées. Vos fiches sont verrouillées "
    "pendant ce temps\u00a0; votre mot de passe les rouvre ensuite."
)


class ScreenCard(QFrame):
    """What is changed holds at once; `tour_asked` wants the guided tour."""

    tour_asked = Signal()

    def __init__(self, verbs: Verbs) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs = verbs
        kept = verbs.preferences()
        self.minutes = QComboBox()
        for number in range(SHORTEST, LONGEST + 1):
            self.minutes.addItem(f"{number}\u00a0minutes", number)
        self.minutes.setCurrentIndex(kept.lock_minutes - SHORTEST)
        self.minutes.setAccessibleName("Verrouiller après")
        look.sized(self.minutes, width=140)
        self.minutes.currentIndexChanged.connect(self._keep)
        self.at_stops = QCheckBox("Passer en mode discret à chaque arrêt")
        self.at_stops.setChecked(kept.discreet_at_stops)
        self.at_stops.toggled.connect(self._keep)
        self._said = Said()
        lock = row(label("Verrouiller après"), self.minutes, label("sans rien toucher"), -1)
        self.tour = button("Visite guidée…", self.tour_asked.emit, "secondary", "compass")
        visit = (label(_TOUR, "second", wrap=True), row(self.tour, -1))
        parts = (lock, self.at_stops, label(_DISCREET, "second", wrap=True), self._said, *visit)
        self.setLayout(column(label("Écran", "h2"), *parts, spacing=10, margins=(20, 16, 20, 18)))

    def _keep(self, *_: object) -> None:
        wanted = replace(
            self._verbs.preferences(),
            lock_minutes=self.minutes.currentData(),
            discreet_at_stops=self.at_stops.isChecked(),
        )
        try:
            self._verbs.prefer(wanted)
        except Trouble as trouble:
            self._said.say(trouble.sentence, "err")
        else:
            self._said.say("", "ok")
