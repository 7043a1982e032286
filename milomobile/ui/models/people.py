"""The list of people: ranks, and what is shown of each, asked for a page at a time as it is painted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

PAGE = 50
"""Rows asked for at once: more than a screen holds."""
_KEPT = 20
"""Pages remembered."""
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
Row = tuple[str | None, object]
"""Whom a row is about, and what it shows."""


class People(QAbstractListModel):
    """`page` gives the rows of some ranks; `value` what a row's second part answers in a role."""

    def __init__(self, page: Callable[[Sequence[int]], list[Row]], value: Callable[[object, int], object]) -> None:
        super().__init__()
        self._page, self._value = page, value
        self._ranks: Sequence[int] = ()
        self._end: list[Row] = []
        self._pages: dict[int, list[Row]] = {}

    def show(self, ranks: Sequence[int], end: list[Row]) -> None:
        """Other ranks, and what stands below them."""
        self.beginResetModel()
        self._ranks, self._end, self._pages = ranks, end, {}
        self.endResetModel()

    def forget(self) -> None:
        """The rows in sight are asked for again."""
        self._pages = {}
        if count := self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(count - 1))

    def row_of(self, rank: int | None) -> int | None:
        """The row of a rank, or None where the list does not hold it."""
        return self._ranks.index(rank) if rank in self._ranks else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """People, and what stands below them."""
        return 0 if parent.isValid() else len(self._ranks) + len(self._end)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Under UserRole whom the row is about; else what it shows in that role."""
        if not index.isValid() or not 0 <= index.row() < self.rowCount():
            return None
        about, shown = self._at(index.row())
        return about if role == Qt.ItemDataRole.UserRole else self._value(shown, role)

    def _at(self, row: int) -> Row:
        if row >= len(self._ranks):
            return self._end[row - len(self._ranks)]
        number, within = divmod(row, PAGE)
        if number not in self._pages:
            self._pages[number] = self._page(self._ranks[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > _KEPT:
                del self._pages[next(iter(self._pages))]
        return self._pages[number][within]
