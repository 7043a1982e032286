"""Mises à jour in Réglages: what is known of a newer version, one from a USB key, its start."""

from PySide6.QtWidgets import QFrame

from milomobile.domain.dates import LOCAL, french_date, french_time
from milomobile.domain.texts import weight
from milomobile.domain.updates import Updates
from milomobile.ui.parts.boxes import banner, clear, column, label
from milomobile.ui.parts.installing import Installing
from milomobile.ui.parts.usb_update import UsbUpdate
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_HOW = (
    "Les nouvelles versions arrivent avec l’envoi de fin de journée, après les fiches, et sont proposées au démarrage."
)
_NO_KEY = (
    "Cette copie a été faite sans la clé de l’éditeur\u00a0: elle ne reçoit pas les nouvelles versions. Elles s’installent à la "
    "main."
)


class UpdatesCard(QFrame):
    """What is so is read from the profile's folder each time the page is shown."""

    guide = "mises-a-jour"

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._newer = verbs.newer
        self.state, self.heard = label("", "strong", wrap=True), label("", "second", wrap=True)
        self._trouble = column()
        self.installing = Installing(verbs.newer.install, tasks)
        self.usb = UsbUpdate(verbs.newer.take, tasks)
        self.usb.over.connect(self.refresh)
        self.usb.taken.connect(self.installing.go.setFocus)
        parts = (self.state, self.heard, self._trouble, self.installing, self.usb)
        self.setLayout(column(label("Mises à jour", "h2"), *parts, spacing=10, margins=(20, 16, 20, 18)))

    def refresh(self) -> None:
        """What is known now."""
        known = self._newer.known()
        self.state.setText(_state(known))
        self.heard.setText(_heard(known))
        self.heard.setVisible(bool(self.heard.text()))
        self.usb.go.setEnabled(known.keyed)
        self.installing.setVisible(known.ready is not None)
        clear(self._trouble)
        if known.trouble:
            self._trouble.addWidget(banner(known.trouble))


def _state(known: Updates) -> str:
    if known.ready:
        return f"La version {known.ready.version} est prête. Elle est aussi proposée au prochain démarrage."
    if known.coming:
        came = f"{weight(known.coming.got)} sur {weight(known.coming.size)}"
        return f"La version {known.coming.version} arrive\u00a0: {came}. La suite viendra avec le prochain envoi."
    if not known.keyed:
        return _NO_KEY
    return "Milo Mobile est à jour, d’après le serveur." if known.asked and not known.trouble else _HOW


def _heard(known: Updates) -> str:
    said = []
    if known.asked:
        asked = known.asked.astimezone(LOCAL)
        said.append(f"Dernière réponse du serveur\u00a0: le {french_date(asked.date())} à {french_time(asked)}.")
    if known.valid_until:
        said.append(f"Annonces de l’éditeur valables jusqu’au {french_date(known.valid_until)}.")
    return " ".join(said)
