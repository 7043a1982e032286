"""What Aide, Diagnostic and À propos may ask of the program: plain calls, made in `app` and `handed`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milomobile.domain.support import Health, Part

Diagnose = Callable[[Path], Sequence[str]]
"""A ZIP for support → what is in it; raises Trouble; runs on the worker thread."""


@dataclass(frozen=True)
class Support:
    """Of the open profile."""

    health: Callable[[], "Health"]
    check_file: Callable[[], None]
    """reads the whole file; raises Trouble where a part is damaged; runs on the worker thread"""
    diagnose: Diagnose
    parts: Callable[[], "Sequence[Part]"]
    """what of others is in the program, with its licence"""
