"""That the lock is near: said half a minute before, gone at the first hand."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from milomobile.ui.idle import Idle
from milomobile.ui.parts.toast import Toast, toast

_SOON = "L’écran va se verrouiller. Une touche ou un mouvement de la souris le garde ouvert."


class Soon(QObject):
    """Over a window, as its clock says."""

    def __init__(self, window: QWidget, idle: Idle) -> None:
        super().__init__(window)
        self._window, self._shown = window, list[Toast]()
        idle.warned.connect(self._warn)
        idle.back.connect(self.end)

    def _warn(self) -> None:
        said = toast(self._window, _SOON, stays=True, urgent=True)
        self._shown = [said]
        said.destroyed.connect(self._shown.clear)

    def end(self) -> None:
        """Somebody is there, or it locks."""
        for said in self._shown:
            said.end()
