"""Espace held on a list's row in mode discret: who stands there is shown for as long."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from milomobile.domain.outings import Draft, Row
from milomobile.ui.veil import Veil

_ENDS = (QEvent.Type.FocusOut, QEvent.Type.Hide)


class Holding(QObject):
    """An event filter for lists whose rows carry, under UserRole, whom they are about."""

    def __init__(self, veil: Veil, parent: QObject) -> None:
        super().__init__(parent)
        self._veil = veil

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Espace going down and up; the list that is left hides again."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and self._veil.on:
            if event.type() == QEvent.Type.KeyPress and isinstance(watched, QAbstractItemView):
                if not event.isAutoRepeat():
                    self._veil.hold(_whose(watched.currentIndex().data(Qt.ItemDataRole.UserRole)))
                return True
            if event.type() == QEvent.Type.KeyRelease:
                if not event.isAutoRepeat():
                    self._veil.hold("")
                return True
        if event.type() in _ENDS:
            self._veil.hold("")
        return False


def _whose(what: object) -> str:
    """The id under which the veil knows somebody."""
    if isinstance(what, Row):
        return what.person or ""
    return what.id if isinstance(what, Draft) else str(what or "")
