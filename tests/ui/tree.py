"""What assistive technology is told: the accessibility tree of a window, and what is wrong with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextBrowser,
    QWidget,
)

Role = QAccessible.Role
_TEXT = QAccessible.Text
_ROWS = (Role.ListItem, Role.Cell, Role.ColumnHeader, Role.RowHeader, Role.TreeItem)
_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QTextBrowser)
_CHECKED = (Role.CheckBox, Role.RadioButton)


@dataclass(frozen=True)
class Node:
    """One thing that is shown, as a screen reader hears of it; `within` are the names of the groups it stands in."""

    role: QAccessible.Role
    name: str
    value: str
    description: str
    focusable: bool
    disabled: bool
    labelled: tuple[str, ...]
    within: tuple[str, ...]
    widget: QObject | None

    def __str__(self) -> str:
        return f"{self.role.name} « {self.name} » ({type(self.widget).__name__})"


def tree(window: QWidget) -> list[Node]:
    """All that is shown in a window; what is hidden is left out, with what is in it."""
    top = QAccessible.queryAccessibleInterface(window)
    return list(_walk(top, ())) if top else []


def _walk(one: QAccessibleInterface, within: tuple[str, ...]) -> Iterator[Node]:
    if one.state().invisible:
        return
    made = _node(one, within)
    yield made
    inside = (*within, made.name) if made.name and made.role not in (Role.Window, Role.Dialog) else within
    for place in range(min(one.childCount(), 400)):
        below = one.child(place)
        if below:
            yield from _walk(below, inside)


def _node(one: QAccessibleInterface, within: tuple[str, ...]) -> Node:
    widget, state = one.object(), one.state()
    name = one.text(_TEXT.Name)
    if isinstance(widget, QComboBox):
        name = widget.accessibleName() or name
    labelled = tuple(
        other.text(_TEXT.Name) for other, kind in one.relations() if kind & QAccessible.RelationFlag.Label and other
    )
    return Node(
        one.role(), name, one.text(_TEXT.Value), one.text(_TEXT.Description), bool(state.focusable),
        bool(state.disabled), labelled, within, widget,
    )  # fmt: skip


def control(one: Node) -> bool:
    """Whether one can do something with it, or come to it with the keyboard."""
    return isinstance(one.widget, QWidget) and (
        isinstance(one.widget, _CONTROLS)
        or one.widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    )


def faults(window: QWidget) -> list[str]:
    """What a screen reader would say wrongly of a window, or not at all."""
    nodes = tree(window)
    found = [f"{one}: {wrong}" for one in nodes for wrong in _wrong(one)]
    twice = Counter((one.role, one.name, one.within) for one in nodes if control(one))
    return found + [
        f"{role.name} « {name} » is there {many} times" for (role, name, _), many in twice.items() if many > 1
    ]


def _wrong(one: Node) -> Iterator[str]:
    if one.role in _ROWS and not one.name and one.role is Role.ListItem:
        yield "a row that says nothing"
    if not control(one) or isinstance(one.widget, QScrollBar):
        return
    widget = one.widget
    if not one.name.strip():
        yield "no name"
    if one.name == type(widget).__name__ or not (widget.accessibleName() or one.labelled or _words(widget)):
        yield "no name of its own"
    if ".." in one.name.replace("…", ""):
        yield "two stops"
    if one.role in (Role.Client, Role.Border, Role.NoRole):
        yield "no role"
    if isinstance(widget, QAbstractButton):
        yield from _wrong_button(widget, one)
    if isinstance(widget, QLineEdit):
        yield from _wrong_field(widget, one)


def _words(widget: QWidget) -> str:
    return widget.text().replace("&", "").strip() if isinstance(widget, QAbstractButton) else ""


def _wrong_button(button: QAbstractButton, one: Node) -> Iterator[str]:
    group = button.group()
    chosen = bool(group and group.exclusive()) or button.autoExclusive()
    if button.isCheckable() and chosen != (one.role is Role.RadioButton):
        yield "one of several, or not"
    said = _words(button)
    if any(map(str.isalpha, said)) and not all(
        part.casefold() in one.name.casefold() for part in said.split("\u00a0\u00a0")
    ):
        yield f"says « {said} » to eyes"


def _wrong_field(field: QLineEdit, one: Node) -> Iterator[str]:
    buddies = [label for label in field.window().findChildren(QLabel) if label.buddy() is field and label.isVisible()]
    if buddies and not any(label.text() in one.labelled for label in buddies):
        yield "not told of its label"
    if field.property("wrong") and not one.description:
        yield "wrong, and does not say why"
    if field.echoMode() is not QLineEdit.EchoMode.Normal and one.value == field.text() != "":
        yield "tells the password"
