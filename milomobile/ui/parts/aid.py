"""Aide (F1): the user guide, searched and read without a network, and a file for support; and what is shown of a bug."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from milomobile import __version__
from milomobile.domain.guide import INDEX, Page, find
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, column, holder, label, row
from milomobile.ui.parts.diagnosing import Diagnosing
from milomobile.ui.parts.enlarged import EnlargedSheet
from milomobile.ui.parts.guide_page import GuidePage
from milomobile.ui.parts.seek import seek
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import announce, count
from milomobile.ui.parts.usb_update import UsbUpdate
from milomobile.ui.support import Diagnose
from milomobile.ui.tasks import Tasks
from milomobile.ui.updates import Take

_WIDE, _AROUND, _LOWEST, _HIGHEST = 1100, 262, 240, 640
"""The sheet’s greatest width; what is above and below the page; the page's least and greatest height."""
_LEFT, _SIDES = 290, 16 + 2 * (22 + 6)
"""The list's width; what is around list and page."""
_ASK = "Une panne, une question\u00a0: préparez un fichier, il ne contient aucune donnée de personne."
_NEWER = "Mettre à jour depuis une clé USB…"
_BUG = (
    "Ce qui était enregistré est gardé, et une fiche commencée reste en brouillon. Vous pouvez continuer. Si cela "
    "recommence, fermez puis rouvrez le programme, et donnez ce numéro à l’assistance."
)


def about(widget: QWidget | None) -> str:
    """The page of the guide that a widget, or the nearest around it, says it is about; its index where none does."""
    while widget is not None:
        name = getattr(widget, "guide", None)
        if name:
            return str(name)
        widget = widget.parentWidget()
    return INDEX


class AidSheet(Sheet):
    """The pages on the left under a field that looks in all of them; before unlocking also a newer version from a USB key."""

    guide = None
    nameless = True

    def __init__(
        self,
        pages: Sequence[Page],
        first: str,
        diagnose: Diagnose,
        tasks: Tasks,
        parent: QWidget | None,
        take: Take | None = None,
    ) -> None:
        super().__init__("Aide", parent, _WIDE)
        self._pages = tuple(pages)
        self.sought = seek("Chercher dans l’aide", "Chercher dans l’aide")
        self.sought.textChanged.connect(self._look)
        self.sought.returnPressed.connect(self._read)
        self.sought.installEventFilter(self)
        self.found = label("", "caption", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("completions")
        self.list.setAccessibleName("Pages du guide")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.page = GuidePage()
        self.list.itemActivated.connect(self._read)
        self.page.asked.connect(self.show_page)
        self.page.larger_asked.connect(self._enlarge)
        left = holder(column(self.sought, self.found, self.list, spacing=6))
        look.sized(left, width=_LEFT)
        both = row(left, self.page, spacing=16)
        both.setStretch(1, 1)
        shown = holder(both)
        look.measured(shown, partial(_heighten, parent))
        look.measured(self.page, partial(_widen, parent))
        self.diagnosing = Diagnosing(diagnose, tasks)
        self.usb = UsbUpdate(take, tasks, _NEWER) if take else None
        self.body.addWidget(shown)
        self.body.addLayout(row(self.diagnosing, *([self.usb] if self.usb else []), -1, spacing=12))
        self.foot.insertWidget(0, label(f"{_ASK} Version {__version__}.", "caption", wrap=True), 100)
        self.foot.addWidget(button("Fermer", self.reject, "primary"))
        self._look("")
        self.show_page(first)
        self.sought.setFocus()

    def show_page(self, name: str) -> None:
        """Shows a page, and its place in the list; a search that does not find it ends."""
        if name not in (page.name for page in self._listed):
            self.sought.clear()
        place = next((place for place, page in enumerate(self._listed) if page.name == name), 0)
        self.list.setCurrentRow(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée in the list goes on to the page: it presses no button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), QPushButton):
            event.accept()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down, from the search field: into the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        kept = self.list.currentItem()
        before = str(kept.data(Qt.ItemDataRole.UserRole)) if kept else ""
        self._listed = find(self._pages, typed)
        self.list.blockSignals(True)
        self.list.clear()
        for page in self._listed:
            item = QListWidgetItem(page.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
        self.list.blockSignals(False)
        said = count(len(self._listed), "page") if self._listed else "Aucune page. Essayez un autre mot."
        self.found.setText(said if typed.strip() else "")
        self.found.setVisible(bool(typed.strip()))
        if typed.strip():
            announce(self, said)
        names = [page.name for page in self._listed]
        if names:
            self.list.setCurrentRow(names.index(before) if before in names and not typed.strip() else 0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item:
            name = item.data(Qt.ItemDataRole.UserRole)
            self.page.show_page(next(page for page in self._pages if page.name == name), self.sought.text())

    def _enlarge(self, file: str, words: str) -> None:
        EnlargedSheet(file, words, self).open()

    def _read(self, *_: object) -> None:
        self.page.setFocus()


def _heighten(parent: QWidget | None, shown: QWidget) -> None:
    room = parent.window().height() if parent else look.px(_HIGHEST)
    shown.setFixedHeight(max(_LOWEST, min(look.px(_HIGHEST), room - look.px(_AROUND))))


def _widen(parent: QWidget | None, page: GuidePage) -> None:
    room = parent.window().width() - 32 if parent else look.px(_WIDE)
    page.fit(min(look.px(_WIDE), room) - look.px(_LEFT) - _SIDES)


class BugSheet(Sheet):
    """After a bug: its number, what is safe, what to do."""

    guide = "problemes"
    nameless = True

    def __init__(self, id: str, diagnose: Diagnose, tasks: Tasks, parent: QWidget | None) -> None:
        super().__init__("Un problème inattendu est survenu", parent)
        self.number = label(f"Problème n° {id}", "strong")
        self.body.addWidget(label(_BUG, wrap=True))
        self.body.addWidget(self.number)
        self.diagnosing = Diagnosing(diagnose, tasks)
        self.body.addWidget(self.diagnosing)
        go = button("Continuer", self.reject, "hero")
        self.foot.addWidget(go)
        go.setFocus()
