"""What large text does to a page: words that are cut off, columns that scroll sideways."""

from PySide6.QtWidgets import QAbstractScrollArea, QCheckBox, QComboBox, QLabel, QPushButton, QTableView, QWidget

_ROUNDED = 2
"""Pixels by which a style sheet's edges may differ between a button's states."""


def cut(page: QWidget) -> list[str]:
    """What is narrower or lower than its words, or wider than the column that it scrolls in.

    A table of figures may be wider: its columns belong beside each other.
    """
    found = [page, *page.findChildren(QWidget)]
    return [f"{type(one).__name__} {_words(one)}" for one in found if one.isVisible() and _cut(one)]


def _words(one: QWidget) -> str:
    return one.text() if isinstance(one, QLabel | QPushButton | QCheckBox) else one.accessibleName()


def _cut(one: QWidget) -> bool:
    if isinstance(one, QAbstractScrollArea):
        return one.horizontalScrollBar().maximum() > 0 and not isinstance(one, QTableView)
    if isinstance(one, QLabel) and one.wordWrap():
        return one.heightForWidth(one.width()) > one.height() + 1
    if isinstance(one, QLabel):
        words = one.fontMetrics().horizontalAdvance(max(one.text().split("\n"), key=len))
        return words > one.width() + 1 or (bool(one.text()) and one.fontMetrics().height() > one.height() + 1)
    least = one.minimumSizeHint()
    return (
        isinstance(one, QPushButton | QCheckBox | QComboBox)
        and bool(_words(one))
        and (least.width() > one.width() + 1 or least.height() > one.height() + _ROUNDED)
    )
