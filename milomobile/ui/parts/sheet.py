"""A question over the window: title, body, and verbs on its buttons; Échap closes."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from milomobile.ui.parts.boxes import column, label, row


class Sheet(QDialog):
    """A dialog 480 to 700 wide; `body` is the layout to fill, `foot` its row of buttons."""

    def __init__(self, title: str, parent: QWidget | None, width: int = 560) -> None:
        super().__init__(parent)
        self.setWindowTitle("Milo Mobile")
        self.setModal(True)
        self.setFixedWidth(width)
        self.body: QVBoxLayout = column(label(title, "h1", wrap=True), spacing=12)
        self.foot = row(-1, spacing=10)
        self._whole = column(self.body, self.foot, spacing=18, margins=(28, 24, 28, 24))
        self.setLayout(self._whole)

    def event(self, happened: QEvent) -> bool:
        """As high as its texts need at this width, also when one comes or goes."""
        done = super().event(happened)
        if happened.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest) and self._whole.hasHeightForWidth():
            self.resize(self.width(), self._whole.totalHeightForWidth(self.width()))
        return done
