"""« Voir les chiffres »: the table behind a chart; and who is behind one of its bars."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from milomobile.domain import charting
from milomobile.domain.charting import Chart
from milomobile.domain.figures import HIDDEN, HIDDEN_NOTE
from milomobile.domain.people import Found
from milomobile.ui import look
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import button, label
from milomobile.ui.parts.rows import Line, Rows
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import count, letters


class FiguresSheet(Sheet):
    """A chart's counts as a table that a screen reader reads cell by cell; Ctrl C copies what is chosen, small counts hidden."""

    nameless = True

    def __init__(self, chart: Chart, leaving: Chart, period: str, parent: QWidget | None) -> None:
        super().__init__(chart.title, parent)
        self.table = _Table(chart, leaving)
        self.body.addWidget(label(" · ".join(part for part in (period, chart.note) if part), "second", wrap=True))
        self.body.addWidget(self.table)
        if any(None in mark.cells for mark in chart.marks):
            self.body.addWidget(label(HIDDEN_NOTE, "caption", wrap=True))
        close = button("Fermer", self.accept, "primary")
        close.setDefault(True)
        self.foot.addWidget(close)
        self.table.setFocus()


class _Table(QTableWidget):
    def __init__(self, chart: Chart, leaving: Chart) -> None:
        heads, lines = charting.heads(chart), list(charting.rows(chart))
        super().__init__(len(lines), len(heads))
        self._leaving = {line[0]: line for line in charting.rows(leaving)}
        self.setAccessibleName(f"{chart.title}, chiffres")
        self.setProperty("figures", True)
        self.setShowGrid(False)
        self.setHorizontalHeaderLabels([chart.title, *heads[1:]])
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        left, right = (
            side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        )
        self.horizontalHeader().setDefaultAlignment(right)
        for y, line in enumerate(lines):
            for x, said in enumerate(line):
                cell = QTableWidgetItem(said)
                cell.setTextAlignment(right if x else left)
                self.setItem(y, x, cell)
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(mode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, mode.Stretch)
        if head := self.horizontalHeaderItem(0):
            head.setTextAlignment(left)
        look.sized(self, least_height=min(420, 34 * (len(lines) + 1) + 8))
        if lines:
            self.setCurrentCell(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl C takes what is chosen, else everything, as lines of cells parted by tabs, small counts hidden."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            return super().keyPressEvent(event)
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        taken: list[str] = []
        for y in range(self.rowCount()):
            if cells := [self._told(y, x) for x in range(self.columnCount()) if len(chosen) < 2 or (y, x) in chosen]:
                taken.append("\t".join(cells))
        QApplication.clipboard().setText("\n".join(taken))
        return None

    def _told(self, y: int, x: int) -> str:
        """What may leave of a cell; a line that is not among what may is hidden."""
        head = self.item(y, 0)
        label = head.text() if head else ""
        line = self._leaving.get(label, (label,))
        return line[x] if x < len(line) else HIDDEN


class BehindSheet(Sheet):
    """The people counted in a bar who are known by name; `chosen` is whom to show."""

    chosen = Signal(str)

    def __init__(self, title: str, found: Sequence[Found], parent: QWidget | None) -> None:
        super().__init__(title, parent)
        many = count(len(found), "jeune")
        self.body.addWidget(label(f"{many} dont la fiche est sur ce poste." if found else _NOBODY, "second", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(f"{title}, {many}")
        rows.dress(self.list, Rows(self.list, 52, 36))
        for one in found:
            age = "" if one.age is None else f"{one.age}\u00a0ans"
            second = ", ".join(part for part in (age, one.commune) if part)
            said = ", ".join(part for part in (one.name, second) if part)
            rows.add(self.list, Line(one.name, said, second, letters=letters(one.name)), one.id)
        self.list.setVisible(bool(found))
        look.sized(self.list, least_height=min(420, 54 * len(found) + 4))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.body.addWidget(self.list)
        close = button("Fermer", self.reject, "primary" if not found else "secondary")
        self.foot.addWidget(close)
        if found:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        self.accept()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


_NOBODY = (
    "Aucune fiche à montrer\u00a0: ces rencontres sont anonymes, ou leurs réponses ne sont plus sur ce poste. Les chiffres "
    "restent justes."
)
