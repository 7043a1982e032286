"""A list of a hundred thousand rows of one height: a table of one column, which asks the model for what is in sight only.

(QListView would ask for every row each time the list is another.)
"""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from milomobile.ui import look
from milomobile.ui.parts import rows
from milomobile.ui.parts.rows import Rows


class LongList(QTableView):
    """`typed` carries letters meant for a search field: looking for them in the rows would read all of these."""

    typed = Signal(str)

    def __init__(self, model: QAbstractItemModel, said: str, height: int) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(said)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        look.measured(self, lambda made: made.verticalHeader().setDefaultSectionSize(look.px(height)))
        rows.dress(self, Rows(self, height, 38, ruled=False))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End are the first and the last row, as in a list."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0}
        ends[QAbstractItemView.CursorAction.MoveEnd] = self.model().rowCount() - 1
        if action in ends:
            return self.model().index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters go elsewhere."""
        self.typed.emit(search)
