"""What eyes get: contrast read from the pixels of a grabbed window (WCAG 2.2, 1.4.3 and 1.4.11)."""

from collections import Counter

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget


def light(colour: QColor) -> float:
    """Relative luminance, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """1 to 21."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class Seen:
    """A window as it is painted now."""

    def __init__(self, window: QWidget) -> None:
        self._image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        self._pixels = memoryview(self._image.constBits()).cast("I")
        self._across = self._image.bytesPerLine() // 4

    def strongest(self, rect: QRect) -> float:
        """The contrast of what stands out most in a rectangle against the colour that fills most of it."""
        rect = rect.intersected(self._image.rect())
        found: Counter[int] = Counter()
        for y in range(rect.top(), rect.bottom() + 1):
            start = y * self._across + rect.left()
            found.update(self._pixels[start : start + rect.width()])
        if not found:
            return 21.0
        ground = QColor(found.most_common(1)[0][0])
        return max(contrast(QColor(one), ground) for one in found)
