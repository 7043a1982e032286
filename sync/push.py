"""The loop that empties an outbox: no HTTP and no SQL in here."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sync.errors import Fork, Offline, ServerBusy, ServerFault, TooLarge
from sync.records import Ack, Batch, Result

BATCH_BYTES = 256 * 1024
"""Raw bytes of a batch: about 64 kB once compressed."""


@dataclass(frozen=True)
class Position:
    """Where a laptop stands: `hwm` and `chain` (hexadecimal) as last signed, `last_seq` the last number given out."""

    device: str
    epoch: str
    hwm: int
    chain: str
    last_seq: int


@dataclass(frozen=True)
class Progress:
    """`done` of `total` records, `bytes` of lines acknowledged, `seconds` since the start."""

    done: int
    total: int
    bytes: int
    seconds: float


@dataclass
class Pushed:
    """What one push came to; `reason` is why it stopped early, and what was settled before is settled."""

    taken: int = 0
    already: int = 0
    refused: int = 0
    gone: int = 0
    bytes: int = 0
    stopped: bool = False
    seen: set[int] = field(default_factory=set, repr=False)

    def count(self, batch: Batch, ack: Ack) -> None:
        """Adds what the server signed for a batch; a record is counted once, by its last verdict but `already`."""
        verdicts = {result.seq: result.verdict for result in ack.results}
        for seq in range(batch.first, batch.last + 1):
            if seq in self.seen or not any(first <= seq <= last for first, last in ack.stored):
                continue
            self.seen.add(seq)
            verdict = verdicts.get(seq, "taken")
            setattr(self, verdict, getattr(self, verdict) + 1)


class Outbox(Protocol):
    """The laptop's side: short transactions, none of them open while the network is."""

    def position(self) -> Position:
        """Where this laptop stands."""

    def waiting(self) -> int:
        """How many lines wait."""

    def batch(self, after: int, max_bytes: int) -> Batch | None:
        """The next gapless run of waiting lines beyond `after`; at least one line, about `max_bytes`."""

    def settle(self, batch: Batch, ack: Ack) -> None:
        """Keeps what the server signed."""


class Sender(Protocol):
    """One POST; raises the errors of `sync.errors`."""

    def send(self, batch: Batch, position: Position) -> Ack:
        """The server's signed answer to a batch."""


def push(
    outbox: Outbox,
    sender: Sender,
    *,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    pause: Callable[[float], None],
    pushed: Pushed,
    patience: int = 3,
) -> None:
    """Sends until nothing waits or somebody cancels; what was settled is counted in `pushed` as it happens.

    Cuts, timeouts and server faults are tried again `patience` times with full jitter. Raises the last error.
    """
    total, began, size, failures, idle = outbox.waiting(), time.monotonic(), BATCH_BYTES, 0, 0
    while not cancelled():
        batch = outbox.batch(0, size)
        if batch is None:
            return
        before = outbox.position()
        try:
            ack = sender.send(batch, before)
        except TooLarge as wrong:
            if len(batch.lines) > 1:
                size = max(1, sum(map(len, batch.lines)) // 2)
                continue
            if not wrong.signed:
                raise
            ack = _too_large(batch, before)
        except (Offline, ServerFault, ServerBusy) as wrong:
            failures += 1
            if failures > patience:
                raise
            asked = wrong.retry_after if isinstance(wrong, ServerBusy) else None
            pause(min(600.0, asked) if asked else random.uniform(0, min(60, 2**failures)))
            continue
        failures = 0
        if ack.hwm > before.last_seq:
            raise Fork(f"server has {ack.hwm}, this laptop gave out {before.last_seq}")
        outbox.settle(batch, ack)
        pushed.count(batch, ack)
        pushed.bytes += sum(map(len, batch.lines))
        idle = 0 if any(first <= batch.first <= last for first, last in ack.stored) else idle + 1
        if idle == 3:
            raise Fork("three signed answers without progress")
        done = min(len(pushed.seen), total)
        progress(Progress(done, total, pushed.bytes, time.monotonic() - began))
    pushed.stopped = True


def _too_large(batch: Batch, position: Position) -> Ack:
    detail = "Cette fiche est trop volumineuse pour le serveur."
    result = Result(batch.first, "", "refused", "/problems/too-large", detail, None)
    return Ack("", "", ((batch.first, batch.first),), position.hwm, position.chain, 0, 0, (result,))
