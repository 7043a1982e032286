"""What a painted part is to assistive technology: a chart, a picture, where Qt would only say that something is there."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_AS = "heard"


def heard_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Gives a widget that paints itself its role; its name and description stay its own. Before anything asks for it."""
    _listen()
    widget.setProperty(_AS, role.value)


@cache
def _listen() -> None:
    QAccessible.installFactory(_made)


def _made(_kind: str, what: QObject) -> QAccessibleWidget | None:
    role = what.property(_AS) if isinstance(what, QWidget) else None
    return QAccessibleWidget(what, QAccessible.Role(role), "") if role and isinstance(what, QWidget) else None
