"""The list under a field of what may be meant by what is typed, and the arrow that opens all of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolButton

from milomobile.ui import look
from milomobile.ui.icons import icon


def propose(edit: QLineEdit, find: Callable[[str], Sequence[str]], took: Callable[[str], None]) -> QStringListModel:
    """Lists under a field what `find` gives for what is typed; `took` is told what was chosen there.

    Returns what is listed.
    """
    listed, popup = QStringListModel(edit), QListView()
    popup.setObjectName("completions")
    completer = QCompleter(listed, edit)
    # Qt compares with accents: who types « marche » would not be shown « Marché ».
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setPopup(popup)
    completer.setMaxVisibleItems(8)
    completer.activated[str].connect(took)  # type: ignore[index]
    edit.setCompleter(completer)
    edit.textEdited.connect(lambda typed: listed.setStringList(list(find(typed))))
    return listed


class Arrow(QToolButton):
    """Lies at the right end of `edit`, for the mouse: the keyboard has ↓."""

    def __init__(self, edit: QLineEdit, title: str, act: Callable[[], None]) -> None:
        super().__init__(edit)
        self.setIcon(icon("chevron-down"))
        look.sized(self, icon_width=18, icon_height=18, width=32, height=32)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"Voir la liste\u00a0: {title}")
        self.setToolTip("Voir la liste (↓)")
        self.clicked.connect(lambda _=False: act())
        look.measured(edit, lambda made: made.setTextMargins(0, 0, look.px(26), 0))
