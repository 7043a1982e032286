"""Everything a screen says to eyes, hands and screen readers: of every live widget, and of every row of every model."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_SAID = ("text", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle")
_MORE = ("placeholderText", "toPlainText", "currentText", "title", "windowIconText", "windowFilePath")


def texts(top: QWidget | None = None, *, but: tuple[QWidget, ...] = ()) -> Iterator[str]:
    """Of all widgets, or of one and those in it, shown or not; `but` are widgets left out, with what is in them."""
    widgets = QApplication.allWidgets() if top is None else [top, *top.findChildren(QWidget)]
    for widget in widgets:
        if any(left is widget or left.isAncestorOf(widget) for left in but):
            continue
        for name in (*_SAID, *_MORE):
            if callable(ask := getattr(widget, name, None)):
                yield str(ask())
        if isinstance(widget, QAbstractItemView) and widget.model():
            yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    roles = [*range(16), *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 8)]
    for row in range(min(model.rowCount(), 500)):
        column = 0
        while (here := model.index(row, column)).isValid():
            column += 1
            for role in roles:
                yield str(here.data(role))
