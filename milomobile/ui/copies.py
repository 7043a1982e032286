"""What the card of backups may ask of the program: plain calls, made in `app`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from milomobile.domain.copies import Copy, LastCopies


@dataclass(frozen=True)
class Copies:
    """Backups of the open profile; what writes or reads a file runs on the worker thread and raises Trouble."""

    last: Callable[[], LastCopies]
    backup: Callable[[Path], Copy]
    """a file on a USB key → what is in it, once it was opened and read through"""
    check: Callable[[Path], Copy]
    """a backup made here → what is in it"""
    tend: Callable[[Callable[[], bool]], None]
    """the profile's own copies, once after unlocking, until the callable says that somebody waits"""
