"""Whether two pictures show the same to the eye: another place, colour or word is seen, the way edges are smoothed is not."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

_SCALES = ((4, 30, 3), (16, 9, 1))
"""Compared so many times smaller, a pixel is another from so many levels (of 255) of one colour on; more of them are seen."""


def unlike(one: QImage, other: QImage) -> str:
    """What is different, in a few words; empty where nothing is."""
    if one.size() != other.size():
        return f"{_size(one)} instead of {_size(other)}"
    if one == other:
        return ""
    for smaller, levels, few in _SCALES:
        changed = sum(value >= levels for value in _differences(one, other, smaller))
        if changed > few:
            return f"{changed} spots of {smaller} by {smaller} pixels"
    return ""


def difference(one: QImage, other: QImage) -> QImage:
    """Black where both are the same, brighter the more they differ; as large as the first."""
    made = one.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other.convertToFormat(QImage.Format.Format_RGB32))
    painter.end()
    return made


def _differences(one: QImage, other: QImage, smaller: int) -> list[int]:
    """The most that one of three colours differs by, for each pixel of both made smaller."""
    small = difference(*(_scaled(image, smaller) for image in (one, other))).convertToFormat(
        QImage.Format.Format_RGBX8888
    )
    held = bytes(small.constBits())
    return list(map(max, held[0::4], held[1::4], held[2::4]))


def _scaled(image: QImage, smaller: int) -> QImage:
    """The mean of each square."""
    wide, high = max(1, image.width() // smaller), max(1, image.height() // smaller)
    return image.convertToFormat(QImage.Format.Format_RGB32).scaled(
        wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _size(image: QImage) -> str:
    return f"{image.width()} × {image.height()}"
