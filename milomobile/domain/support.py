"""How a laptop does, in figures, and the bugs it met."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Health:
    """Bytes free on the disk, bytes of the file of the records, the laptop's clock, bytes of the logs."""

    free: int
    size: int
    clock: datetime
    logs: int


@dataclass(frozen=True)
class Part:
    """Something of others that is shipped: its name, version and licence."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class Failed:
    """A step of the self-check that did not work: its name in French, the class of what was raised, its sentence or ""."""

    step: str
    kind: str
    sentence: str
