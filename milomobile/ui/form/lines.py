"""The lines of questions: side by side where a width has room for their words, else one under the other."""

from collections.abc import Iterable

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from milomobile.ui import look
from milomobile.ui.parts.choices import Choices

_ROOMY = 640
"""In pixels at 100 %: every line fits in this width as it was laid, there is nothing to measure."""


def fit(lines: Iterable[QHBoxLayout], width: int) -> None:
    """Lays lines anew for a width in pixels."""
    roomy = width >= look.px(_ROOMY)
    for line in lines:
        parts = [one for place in range(line.count()) if (item := line.itemAt(place)) and (one := item.widget())]
        asked = [part for part in parts if part.layout()]
        down = not roomy and _least(asked, line.spacing()) > width
        line.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        for part in parts:
            if isinstance(part, Choices):
                part.fit(width if down else None)
            if part not in asked:
                part.setVisible(not down)


def _least(asked: list[QWidget], gap: int) -> int:
    for part in asked:
        for one in part.findChildren(QWidget):
            one.ensurePolished()
    wide = (part.least() if isinstance(part, Choices) else part.minimumSizeHint().width() for part in asked)
    return sum(wide) + gap * (len(asked) - 1)
