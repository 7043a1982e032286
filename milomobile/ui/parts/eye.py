"""The eye in a password's field: shows what was typed, and hides it again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from milomobile.ui import look
from milomobile.ui.icons import icon


class Eye(QToolButton):
    """Lies at the right end of `edit`, which shows dots until it is pressed."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setProperty("kind", "eye")
        look.sized(self, icon_width=20, icon_height=20, width=34, height=34)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.measured(edit, lambda made: made.setTextMargins(0, 0, look.px(36), 0))
        self.toggled.connect(self._show)
        self._show(False)

    def _show(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self._edit.setEchoMode(modes.Normal if shown else modes.Password)
        self.setIcon(icon("eye-off" if shown else "eye"))
        said = "Masquer le mot de passe" if shown else "Afficher le mot de passe"
        self.setAccessibleName(said)
        self.setToolTip(said)
