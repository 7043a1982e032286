"""Labels, cards, buttons, banners: the small pieces every page is made of."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from milomobile.ui import look
from milomobile.ui.icons import OF_TONE, picture, put
from milomobile.ui.parts.bar import Bar
from milomobile.ui.parts.hidden import Hidden
from milomobile.ui.parts.press import KeyButton
from milomobile.ui.parts.spoken import announce

Part = QWidget | QLayout | int
Margins = tuple[int, int, int, int]
COMPACT, LOW = 1340, 700
"""Below this width or height of the window, in pixels at 100 %, what can be folded is."""
NARROW = 1180
"""Below this width of the window, in pixels at 100 %, the right column goes under the main one."""
_Box = TypeVar("_Box", QVBoxLayout, QHBoxLayout)
_BANNER_INKS = {"info": "on_psoft", "warn": "on_asoft", "err": "on_errsoft", "ok": "on_oksoft"}


def label(text: str, role: str = "body", wrap: bool = False) -> QLabel:
    """A text in one of the styles of ux/DESIGN 3.2."""
    made = Bar(text) if isinstance(text, Hidden) else QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def pill(text: str, tone: str = "neutral") -> QLabel:
    """A short fact in a rounded box."""
    made = label(text)
    made.setProperty("pill", tone)
    look.sized(made, height=24)
    return made


def button(
    text: str, act: Callable[[], object], kind: str = "secondary", picture_name: str | None = None, key: str = ""
) -> QPushButton:
    """A push button; `kind` is hero, primary, secondary, tonal, ghost, link or find; `key` is its shortcut, painted."""
    if key:
        made: QPushButton = KeyButton(text.strip(), key, kind, picture_name)
    else:
        made = QPushButton(text.strip())
        made.setProperty("kind", kind)
    made.setAutoDefault(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if picture_name and not key:
        token = {"hero": "on_primary", "primary": "on_primary", "tonal": "on_psoft"}.get(kind, "text2")
        put(made, picture_name, token, gap=6 if text else 0)
    made.clicked.connect(lambda _=False: act())
    return made


def chip(text: str, act: Callable[[], object]) -> QPushButton:
    """A filter: one of the chips beside it is always on."""
    made = QPushButton(text)
    made.setProperty("kind", "chip")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.clicked.connect(lambda _=False: act())
    return made


def column(*parts: Part, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts from top to bottom; a number is a gap, -1 takes what is left."""
    return _filled(QVBoxLayout(), parts, spacing, margins)


def row(*parts: Part, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts from left to right; a number is a gap, -1 takes what is left."""
    return _filled(QHBoxLayout(), parts, spacing, margins)


def _filled(layout: _Box, parts: tuple[Part, ...], spacing: int, margins: Margins) -> _Box:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif part < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(part)
    return layout


def card(*parts: Part, spacing: int = 8, margins: Margins = (20, 16, 20, 18)) -> QFrame:
    """A white box with a hairline."""
    made = QFrame()
    made.setProperty("card", True)
    made.setLayout(column(*parts, spacing=spacing, margins=margins))
    return made


def rule() -> QFrame:
    """A hairline between what stands side by side."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedWidth(1)
    return made


class _Banner(QFrame):
    """What came of an act is heard once, as soon as it is seen: at once where it failed."""

    def __init__(self, text: str, tone: str) -> None:
        super().__init__()
        self._unheard, self._failed = text if tone in ("err", "ok") else "", tone == "err"

    def showEvent(self, event: QShowEvent) -> None:
        """Heard now."""
        super().showEvent(event)
        text, self._unheard = self._unheard, ""
        if text:
            announce(self, text, self._failed)


def banner(text: str, tone: str = "warn", *buttons: QPushButton) -> QFrame:
    """A coloured box with a sentence and at most two buttons: one beside it, two below."""
    made = _Banner(text, tone)
    made.setProperty("banner", tone)
    drawn: Part = picture(OF_TONE[tone], _BANNER_INKS[tone])
    said: Part = label(text, "strong", wrap=True)
    if len(buttons) > 1:
        drawn = column(drawn, -1)
        said, buttons = column(said, row(*buttons, -1, spacing=10), spacing=10), ()
    layout = row(drawn, said, *buttons, spacing=12, margins=(16, 10, 16, 10))
    layout.setStretch(1, 1)
    made.setLayout(layout)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """A column that scrolls; sideways only where large text leaves no other way to read it."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def holder(layout: QLayout) -> QWidget:
    """A bare widget around a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
