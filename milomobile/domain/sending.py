"""What waits to be sent, how a sending goes, and what came of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Kind:
    """What waits of one kind: stops, people, encounters, anonymous, appointments or other; `size` in bytes."""

    code: str
    waiting: int
    refused: int
    size: int


@dataclass(frozen=True)
class Refused:
    """A record the server did not take: who (as lists show it), what, and the reason in words.

    `answer` is the name of the one that is wrong, as it travels, where the server says which.
    """

    seq: int
    person: str | None
    name: str
    what: str
    at: datetime | None
    reason: str
    answer: str | None


@dataclass(frozen=True)
class Waiting:
    """What Fin de journée shows before anything is pressed.

    `backup_late`: the server last said that it has gone a week without a verified backup.
    """

    total: int
    kinds: tuple[Kind, ...]
    refused: tuple[Refused, ...]
    drafts: int
    last_sync: datetime | None
    last_count: int
    server: str | None
    backup_late: bool = False


@dataclass(frozen=True)
class Progress:
    """`done` of `total` records, `bytes` of them as packed on the wire, `seconds` since the start."""

    done: int
    total: int
    bytes: int
    seconds: float

    @property
    def rate(self) -> float:
        """Records per second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds left at this rate; None before three seconds, when a guess would only jump about."""
        return (self.total - self.done) / self.rate if self.seconds >= 3 and self.done else None


@dataclass(frozen=True)
class Sent:
    """The result of one press of the button; `reason` is the sentence when something stayed behind.

    `warning` is a sentence on what is to be known though all was sent.
    """

    taken: int = 0
    already: int = 0
    refused: int = 0
    gone: int = 0
    waiting: int = 0
    bytes: int = 0
    seconds: float = 0.0
    reason: str | None = None
    page: str | None = None
    warning: str | None = None
