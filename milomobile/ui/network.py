"""Whether there is a network: shown at one fixed place, never a condition for anything."""

import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses that nobody has (RFC 5737, RFC 3849): a datagram socket asks for the way there, and sends nothing."""
_EVERY = 5000
"""Milliseconds."""


def watch(owner: QObject, changed: Callable[[], object]) -> None:
    """Calls `changed`, as long as `owner` lives, within five seconds after the network came or went.

    Qt's own watcher asks services of the system on the window's thread, where one that hangs would keep a profile shut.
    """
    seen = connected()

    def look() -> None:
        nonlocal seen
        if (now := connected()) != seen:
            seen = now
            changed()

    timer = QTimer(owner, interval=_EVERY)
    timer.timeout.connect(look)
    timer.start()


def connected() -> bool:
    """Whether the system knows a way out; it asks nobody for it."""
    return any(_way(family, address) for family, address in _ELSEWHERE)


def _way(family: int, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((address, 9))
    except OSError:
        return False
    return True
