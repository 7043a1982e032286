"""Mises à jour in Réglages: what is known of a newer version, one from a USB key, its start."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame

from milomobile.domain.dates import LOCAL, french_date, french_time
from milomobile.domain.texts import weight
from milomobile.domain.updates import Ready, Updates
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.installing import Installing
from milomobile.ui.parts.told import Told
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_KIND = "Mises à jour de Milo Mobile (*.milo-release)"
_HOW = (
    "Les nouvelles versions arrivent avec l’envoi de fin de journée, après les fiches, et sont proposées au démarrage."
)
_NO_KEY = (
    "Cette copie a été faite sans la clé de l’éditeur : elle ne reçoit pas les nouvelles versions. Elles s’installent à la "
    "main."
)


class UpdatesCard(QFrame):
    """Reads and verifies a USB key's file on the worker thread."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._newer, self._tasks = verbs.newer, tasks
        self.state, self.heard = label("", "strong", wrap=True), label("", "second", wrap=True)
        self.usb = button("Installer depuis une clé USB…", self._choose, "secondary", "usb-key")
        self._said = Told()
        self.installing = Installing(verbs.newer.install, tasks)
        parts = (self.state, self.heard, self.installing, row(self.usb, -1), self._said)
        self.setLayout(column(label("Mises à jour", "h2"), *parts, spacing=10, margins=(20, 16, 20, 18)))

    def refresh(self) -> None:
        """What is known now."""
        known = self._newer.known()
        self.state.setText(_state(known))
        self.heard.setText(_heard(known))
        self.heard.setVisible(bool(self.heard.text()))
        self.usb.setEnabled(known.keyed)
        self.installing.setVisible(known.ready is not None)
        if known.trouble:
            self._said.say(known.trouble, "warn")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), "Mise à jour sur la clé USB", str(Path.home()), _KIND)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Reads a file of the publisher's."""
        self.usb.setEnabled(False)
        self.usb.setText("Vérification…")
        self._tasks.run(partial(self._newer.take, file), self._taken, self._failed)

    def _taken(self, ready: Ready) -> None:
        self._end()
        self._said.say(f"La version {ready.version} est vérifiée et copiée. Vous pouvez retirer la clé.", "ok")
        self.installing.go.setFocus()

    def _failed(self, wrong: Exception) -> None:
        self._end()
        self._said.failed(wrong)
        self.usb.setFocus()

    def _end(self) -> None:
        self.usb.setText("Installer depuis une clé USB…")
        self.usb.setEnabled(True)
        self.refresh()


def _state(known: Updates) -> str:
    if known.ready:
        return f"La version {known.ready.version} est prête. Elle est aussi proposée au prochain démarrage."
    if known.coming:
        came = f"{weight(known.coming.got)} sur {weight(known.coming.size)}"
        return f"La version {known.coming.version} arrive : {came}. La suite viendra avec le prochain envoi."
    if not known.keyed:
        return _NO_KEY
    return "Milo Mobile est à jour, d’après le serveur." if known.asked and not known.trouble else _HOW


def _heard(known: Updates) -> str:
    said = []
    if known.asked:
        asked = known.asked.astimezone(LOCAL)
        said.append(f"Dernière réponse du serveur : le {french_date(asked.date())} à {french_time(asked)}.")
    if known.valid_until:
        said.append(f"Annonces de l’éditeur valables jusqu’au {french_date(known.valid_until)}.")
    return " ".join(said)
