"""The first lines of a file, as they will stand in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from milomobile.domain.files import FirstLines
from milomobile.ui import look
from milomobile.ui.parts.boxes import column, label

_LINES = 3
_WIDEST = 124


class Lines(QFrame):
    """A small table to look at, which scrolls sideways; a sentence where there is nothing to see."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("quiet", True)
        self.table = QTableWidget()
        self.table.setAccessibleName("Aperçu\u00a0: les premières lignes du fichier")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setProperty("preview", True)
        self.table.verticalHeader().hide()
        across = self.table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.words = label("", "second", wrap=True)
        self.setLayout(column(self.table, self.words, spacing=0, margins=(12, 6, 12, 6)))
        look.measured(self, Lines._measure)

    def _measure(self) -> None:
        high = look.px(24)
        self.table.verticalHeader().setMinimumSectionSize(high)
        self.table.verticalHeader().setDefaultSectionSize(high)
        self.table.horizontalHeader().setMaximumSectionSize(look.px(_WIDEST))
        self.setFixedHeight((_LINES + 1) * high + 32)

    def show_lines(self, told: FirstLines) -> None:
        """Shows them anew."""
        self._turn("" if told.lines else "Rien sur cette période.")
        self.table.setColumnCount(len(told.header))
        self.table.setRowCount(len(told.lines))
        self.table.setHorizontalHeaderLabels(list(told.header))
        for down, line in enumerate(told.lines):
            for across, cell in enumerate(line):
                item = QTableWidgetItem(str(cell))
                item.setToolTip(str(cell))
                self.table.setItem(down, across, item)
        self.table.resizeColumnsToContents()
        self.table.scrollToTop()

    def say(self, sentence: str) -> None:
        """A sentence, or nothing yet, in place of the lines, which are forgotten."""
        self.table.setRowCount(0)
        self._turn(sentence)

    def _turn(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        self.table.setVisible(not sentence)
