"""What Réglages and Fin de journée may ask about newer programs: plain calls, made in `handed`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milomobile.domain.updates import Ready, Updates

Take = Callable[[Path], "Ready"]
"""The publisher's file → what is ready to be installed; raises Trouble; runs on the worker thread."""
Install = Callable[[], str | None]
"""Starts the setup of the program that waits, verified once more; None where it runs now and this program is to end, else what
to type. Raises Trouble; runs on the worker thread."""


@dataclass(frozen=True)
class Newer:
    """Of the open profile."""

    known: "Callable[[], Updates]"
    """without asking anybody"""
    fetch: "Callable[[Callable[[], bool]], Updates]"
    """asks the server; the argument says when to stop; tells of no network"""
    take: Take
    install: Install
