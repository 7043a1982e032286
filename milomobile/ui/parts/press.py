"""A push button that paints its shortcut as a keycap beside its words."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from milomobile.ui import icons, look
from milomobile.ui.parts import paint

_INKS = {"hero": "on_primary", "primary": "on_primary", "tonal": "on_psoft", "find": "text3"}
_GAP, _SIDES = 10, 36


def _icon() -> int:
    return look.px(20)


class KeyButton(QPushButton):
    """Words, an icon before them and `key` after them; kind « find » spreads them over the width like a field."""

    def __init__(self, text: str, key: str, kind: str, picture: str | None = None) -> None:
        super().__init__()
        self._words, self._key, self._kind, self._picture = text, key, kind, picture
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"Touche {key}")
        self.setToolTip(key)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words; the button's own text stays empty, so that it draws its box alone."""
        return self._words

    def setText(self, text: str) -> None:
        """Other words."""
        self._words = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words, the icon and the keycap."""
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self._words) + _SIDES
        return QSize(words + self._beside(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """No word is ever cut; the keycap goes where there is no room for it: the tool tip says the key too."""
        hint = self.sizeHint()
        return QSize(hint.width() - self._cap(), hint.height())

    def _cap(self) -> int:
        return _GAP + 2 + paint.keycap_width(self._key)

    def _beside(self) -> int:
        return (_icon() + _GAP if self._picture else 0) + self._cap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box by the style sheet, what is in it by hand."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = _INKS.get(self._kind, "text") if self.isEnabled() else "text3"
        words = self.fontMetrics().horizontalAdvance(self.text())
        spread = self._kind == "find"
        capped = self.width() >= self.sizeHint().width() - _SIDES // 2
        beside = self._beside() - (0 if capped else self._cap())
        left = 14 if spread else (self.width() - words - beside) // 2
        if self._picture:
            icons.draw(painter, left, (self.height() - _icon()) // 2, self._picture, ink, _icon())
            left += _icon() + _GAP
        painter.setFont(self.font())
        painter.setPen(look.colour(ink))
        room = QRect(left, 0, words + 2, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if not capped:
            painter.end()
            return
        left = self.width() - 10 - paint.keycap_width(self._key) if spread else left + words + _GAP + 2
        ground = "" if ink in ("on_primary", "on_psoft") else "surface"
        paint.keycap(painter, left, self.rect(), self._key, "text" if spread else ink, ground)
        painter.end()
