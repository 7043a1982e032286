"""The list under a field of what may be meant by what is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView


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
