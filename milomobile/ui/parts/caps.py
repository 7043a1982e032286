"""Says that capitals are locked, while a password is typed."""

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from milomobile.ui.parts.said import Said

ON = "La touche Verr. Maj est active."
_VK_CAPITAL = 0x14


class CapsHint(Said):
    """Under a field: where the system tells (Windows), else as the letters typed tell."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__()
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks at keys and lets all of them through."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_CapsLock:
                self._told(_system())
            elif event.text().isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._told(event.text().isupper() != shifted)
        elif event.type() == QEvent.Type.FocusIn:
            self._told(_system())
        return super().eventFilter(watched, event)

    def _told(self, on: bool) -> None:
        self.say(ON if on else "", "warn")


def _system() -> bool:
    """Whether the system says that capitals are locked; False where it does not say."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1)
    return False
