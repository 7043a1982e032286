"""What every route needs."""

from collections.abc import Callable
from dataclasses import dataclass

from sync.server.identity import Identity
from sync.server.metrics import Counts
from sync.server.store import Store


@dataclass(frozen=True)
class Serving:
    """An open store, who this server is, its clock (milliseconds), and what is counted.

    `erased` is called when a batch that erases was committed, before it is acknowledged.
    """

    store: Store
    identity: Identity
    clock: Callable[[], int]
    erased: Callable[[], object]
    counts: Counts
