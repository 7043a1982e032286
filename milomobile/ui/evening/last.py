"""When all was last sent, and whether the server that got it is itself in a backup."""

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.sending import Waiting
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import column, holder, label, row
from milomobile.ui.parts.spoken import count, short_day

_UNSAVED = (
    "Le serveur du bureau n’a pas de sauvegarde vérifiée depuis plus de sept jours. Ce que vous avez envoyé est bien "
    "arrivé. Dites-le au bureau."
)


class LastCard(QFrame):
    """A card of Fin de journée; `unsaved` is there only where the office has to be told."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._last = label("", "caption", wrap=True)
        words = column(label("Dernier envoi complet", "label"), self._last, spacing=1)
        self.unsaved = holder(_line("alert-triangle", "warn", label(_UNSAVED, "second", wrap=True)))
        self.setLayout(column(_line("history", "text2", words), self.unsaved, margins=(22, 12, 20, 12)))

    def show_waiting(self, waiting: Waiting, today: date) -> None:
        """Says it anew."""
        self._last.setText(_last_sent(waiting, today))
        self.unsaved.setVisible(waiting.backup_late)


def _line(drawn: str, token: str, words: QWidget | QLayout) -> QHBoxLayout:
    made = row(picture(drawn, token), words, spacing=12)
    made.setStretch(1, 1)
    return made


def _last_sent(waiting: Waiting, today: date) -> str:
    if waiting.last_sync is None:
        return "Aucun envoi complet de ce poste pour l’instant."
    at = waiting.last_sync.astimezone(LOCAL)
    what = count(waiting.last_count, "élément") if waiting.last_count else "rien n’attendait"
    return f"{short_day(at.date(), today)} à {french_time(at)}\u00a0: {what}"
