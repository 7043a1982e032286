"""A place with nothing in it yet: an icon, what it is, one sentence, and the next step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import column, holder, label


def empty(drawn: str, title: str, said: str, act: QPushButton | None = None) -> QWidget:
    """In the middle of the room there is (ux/DESIGN 6, « Empty state »)."""
    texts: list[QLabel] = [label(title, "h2", wrap=True), label(said, "second", wrap=True)]
    layout = column(-1, spacing=10, margins=(24, 24, 24, 24))
    layout.addWidget(picture(drawn, "text3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
    for one in texts:
        one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(one)
    if act:
        layout.addSpacing(4)
        layout.addWidget(act, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    return holder(layout)
