"""A question over the window: title, body, and verbs on its buttons; Ctrl Entrée does the main one, Échap closes."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from milomobile.ui import look
from milomobile.ui.parts.boxes import column, label, row, scrolled
from milomobile.ui.parts.reading import go_on
from milomobile.ui.parts.said import Said
from milomobile.ui.parts.seeing import bind
from milomobile.ui.parts.under_hand import came_up

_EDGE = 6
"""Room for the focus ring inside what scrolls."""


class Sheet(QDialog):
    """A dialog 480 to 700 wide; `body` is the layout to fill, `foot` its row of buttons.

    As high as its texts need at this width, also when one comes or goes; where the window is lower, the body scrolls.
    """

    nameless = False
    """Whether it never tells who a young person is: mode discret changes nothing in it."""
    guide: str | None = ""
    """The page of the user guide about it, empty where that of the page behind is; None: it is the help itself."""

    def __init__(self, title: str, parent: QWidget | None, width: int = 560) -> None:
        super().__init__(parent)
        self.setWindowTitle("Milo Mobile")
        self.setModal(True)
        look.measured(self, partial(Sheet._widen, width))
        self.title = label(title, "h1", wrap=True)
        self._unkept = Said()
        self.body: QVBoxLayout = column(self.title, self._unkept, spacing=12)
        self.body.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self.foot = row(-1, spacing=10)
        self.foot.setContentsMargins(_EDGE, 0, _EDGE, _EDGE)
        self._inside = _Inside()
        self._inside.setLayout(self.body)
        self._inside.changed.connect(self._fit)
        self._area = scrolled(self._inside)
        bind(self, self._fail)
        self.setLayout(column(self._area, self.foot, spacing=12, margins=(22, 18, 22, 18)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._go)

    def _go(self) -> None:
        """Presses the main button as the mouse would: its field is left first, so that what is typed is read."""
        for made in self.findChildren(QPushButton):
            if made.property("kind") == "primary" and made.isVisible():
                made.setFocus()
                made.click()
                return

    @staticmethod
    def _widen(usual: int, sheet: "Sheet") -> None:
        parent = sheet.parentWidget()
        room = parent.window().width() - 32 if parent else look.px(usual)
        sheet.setFixedWidth(min(look.px(usual), room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée in a field goes on to the next one: it presses no button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """As one reads."""
        return go_on(self, next)

    def _fail(self, sentence: str) -> None:
        self._unkept.say(sentence, "err")

    def redraw(self) -> None:
        """Mode discret was switched or somebody is shown for a moment: who may name somebody closes, if not told anew."""
        if not self.nameless:
            self.reject()

    def event(self, happened: QEvent) -> bool:
        """Fits when shown and when its buttons change."""
        done = super().event(happened)
        if happened.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        if happened.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            came_up(self if self.isVisible() else self.parentWidget() or self)
        return done

    def _fit(self) -> None:
        edges = 18 + 12 + 18 + self.foot.sizeHint().height()
        across = self.width() - 2 * 22
        tall = self.body.hasHeightForWidth()
        wanted = edges + (self.body.totalHeightForWidth(across) if tall else self.body.sizeHint().height())
        parent = self.parentWidget()
        room = parent.window().height() if parent else self.screen().availableGeometry().height()
        self.resize(self.width(), min(wanted, max(room - 16, 240)))
        over = self.geometry().bottom() - (parent.window().geometry().bottom() if parent else self.geometry().bottom())
        if over > 0:
            self.move(self.x(), self.y() - over)


class _Inside(QWidget):
    """What scrolls: tells when something in it comes or goes."""

    changed = Signal()

    def event(self, happened: QEvent) -> bool:
        """As usual, then told."""
        done = super().event(happened)
        if happened.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return done


def redraw_sheets() -> None:
    """Every sheet that is open tells of people anew, or closes."""
    for sheet in QApplication.topLevelWidgets():
        if isinstance(sheet, Sheet) and sheet.isVisible():
            sheet.redraw()
