"""A thing to know on one line: its icon, what it is, and a sentence."""

from PySide6.QtWidgets import QWidget

from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import column, holder, label, row


def fact(drawn: str, title: str, said: str, token: str = "primary") -> QWidget:
    """The sentence goes under the title, beside the icon."""
    texts = column(label(title, "strong", wrap=True), label(said, "second", wrap=True), spacing=1)
    line = row(column(picture(drawn, token, 22), -1, margins=(0, 2, 0, 0)), texts, spacing=14)
    line.setStretch(1, 1)
    return holder(line)


def plain(card: QWidget) -> QWidget:
    """A card of Réglages without its box: the assistant has one already."""
    card.setProperty("card", False)
    if inside := card.layout():
        inside.setContentsMargins(0, 0, 0, 0)
    return card
