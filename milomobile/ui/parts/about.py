"""À propos: the version, the licence, and those of everything the program is made with."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from milomobile import __version__
from milomobile.domain.support import Part
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.verbs import Verbs

_HEADS = ("Composant", "Version", "Licence")
_OURS = "Milo Mobile est un logiciel libre, sous licence Apache 2.0."


class AboutCard(QFrame):
    """The licences are read when they are asked for."""

    def __init__(self, verbs: Verbs) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._parts = verbs.support.parts
        system = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, "Linux")
        version = label(f"Version {__version__} pour {system}", "strong")
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.licences = button("Licences des composants…", self._show, "secondary", "list-check")
        parts = (version, label(_OURS, "second", wrap=True), row(self.licences, -1))
        self.setLayout(column(label("À propos", "h2"), *parts, spacing=10, margins=(20, 16, 20, 18)))

    def _show(self) -> None:
        LicencesSheet(self._parts(), self.window()).exec()


class LicencesSheet(Sheet):
    """A table to read with arrows."""

    nameless = True

    def __init__(self, parts: Sequence[Part], parent: object) -> None:
        super().__init__("Licences des composants", parent, 700)  # type: ignore[arg-type]
        self.table = QTableWidget(len(parts), len(_HEADS))
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.setAccessibleName("Licences des composants")
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        for line, one in enumerate(parts):
            for place, text in enumerate((one.name, one.version, one.licence)):
                self.table.setItem(line, place, QTableWidgetItem(text))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        look.sized(self.table, least_height=320)
        self.body.addWidget(self.table)
        self.foot.addWidget(button("Fermer", self.reject, "primary"))
