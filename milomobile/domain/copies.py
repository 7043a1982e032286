"""What a backup is, in figures: when it was made, of which laptop, and how much is in it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Copy:
    """A verified backup; `size` in bytes, `device` the laptop's id."""

    file: Path
    made: datetime
    device: str
    people: int
    encounters: int
    size: int


@dataclass(frozen=True)
class LastCopies:
    """When the adviser last made one and in which folder, and when the program did by itself."""

    made: datetime | None
    where: str
    automatic: datetime | None
