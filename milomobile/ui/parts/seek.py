"""A field to search with: its glass, and what takes the words away again, have names and grow with the text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from milomobile.ui import look
from milomobile.ui.icons import icon
from milomobile.ui.parts.boxes import row

_SIDE, _DRAWN = 30, 18
_CLEAR = "Effacer la recherche"


def seek(said: str, hint: str) -> QLineEdit:
    """`said` names it for screen readers, `hint` is shown while it is empty."""
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setAccessibleName(said)
    glass, away = _inside(said, "search"), _inside(_CLEAR, "x")
    glass.clicked.connect(made.setFocus)
    away.clicked.connect(made.clear)
    away.clicked.connect(made.setFocus)
    away.hide()
    made.textChanged.connect(lambda text: away.setVisible(bool(text)))
    made.setLayout(row(glass, -1, away, spacing=0, margins=(5, 0, 5, 0)))
    look.measured(made, lambda field: field.setTextMargins(look.px(_SIDE) - 2, 0, look.px(_SIDE) - 2, 0))
    return made


def _inside(said: str, drawn: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(drawn, "text3"))
    made.setAccessibleName(said)
    made.setToolTip(said)
    made.setAutoRaise(True)
    made.setCursor(Qt.CursorShape.ArrowCursor)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    look.sized(made, width=_SIDE, height=_SIDE, icon_width=_DRAWN, icon_height=_DRAWN)
    return made
