"""What every route needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sync.server.identity import Identity
from sync.server.limits import Limits
from sync.server.metrics import Counts
from sync.server.store import Store


@dataclass(frozen=True)
class Serving:
    """An open store, who this server is, its clock (milliseconds), what is counted, and how often is too often.

    `keep_outside` is called once a batch that erases or an enrolment is committed, before the answer. `releases` is the folder of what
    laptops may install, or None.
    """

    store: Store
    identity: Identity
    clock: Callable[[], int]
    keep_outside: Callable[[], object]
    counts: Counts
    limits: Limits = field(default_factory=Limits)
    releases: Path | None = None
