"""A newer program: which version, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True)
class Ready:
    """A verified program that waits to be installed; `file` is its setup."""

    version: str
    file: Path


@dataclass(frozen=True)
class Coming:
    """A program of which so many bytes are here."""

    version: str
    got: int
    size: int


@dataclass(frozen=True)
class Updates:
    """What is known of newer programs: `keyed` where this one was built with the publisher's key, when the server last answered,
    until when its news are valid, and a sentence where something is wrong.
    """

    keyed: bool
    ready: Ready | None = None
    coming: Coming | None = None
    asked: datetime | None = None
    valid_until: date | None = None
    trouble: str | None = None


def newer(version: str, than: str) -> bool:
    """Whether a version X.Y.Z comes after another; what is no such version comes after none."""
    return (_parts(version) or (0,)) > (_parts(than) or (0,))


def _parts(version: str) -> tuple[int, ...] | None:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isascii() and part.isdigit() for part in parts) else None
