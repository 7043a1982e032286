"""Python's cyclic garbage is looked for on the window's thread alone: a worker that came upon a page that is over would end its
widgets there, under the hands of Qt.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""Milliseconds; a look at the youngest takes less than one."""


def here(window: QObject) -> None:
    """From now on no thread collects by itself; as long as this lives, the window's does."""
    gc.disable()
    timer = QTimer(window, interval=_EVERY)
    timer.timeout.connect(collect)
    timer.start()


def collect() -> None:
    """As far as Python's own thresholds ask for."""
    counts, limits = gc.get_count(), gc.get_threshold()
    oldest = max((one for one in range(3) if counts[one] > limits[one]), default=None)
    if oldest is not None:
        gc.collect(oldest)
