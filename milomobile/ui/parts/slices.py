"""A long piece of work on the window's thread, done a slice at a time: between two slices it follows the hand."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

_BETWEEN = 20
"""Milliseconds between two slices, for the hand."""


def in_slices(slices: Iterator[object], over: QObject, goes_on: Callable[[], bool]) -> None:
    """A slice each time, from the next turn of the window on, as long as `over` lives and `goes_on` says so."""

    def one() -> None:
        if goes_on() and next(slices, over) is not over:
            QTimer.singleShot(_BETWEEN, over, one)

    QTimer.singleShot(_BETWEEN, over, one)
