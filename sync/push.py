"""The loop that empties an outbox: no HTTP and no SQL in here."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Protocol

from sync import records
from sync.errors import Fork, Offline, ServerBusy, ServerFault, SyncError, TooLarge
from sync.records import Ack, Batch, Result

WIRE_BYTES = 64_000
"""What a batch should be on the wire: small batches wait for round trips, big ones die on links that are cut."""
BATCH_BYTES = 256 * 1024
"""Raw bytes of the first batch; those after it follow how well the first was packed."""
_MOST = 2 * 1024 * 1024
_FEWEST = 100
"""A batch of so few records is not cut for failing: then the link is dead, not slow."""
_END = 1 << 62
_ROUNDS = 3
"""How often in one sending a server may be found to have lost lines."""


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
    """`done` of `total` records, `bytes` of them as packed on the wire, `seconds` since the start."""

    done: int
    total: int
    bytes: int
    seconds: float


@dataclass
class Pushed:
    """What one push came to: what was settled is settled, whatever came after. `ack` is the server's last answer."""

    taken: int = 0
    already: int = 0
    refused: int = 0
    gone: int = 0
    bytes: int = 0
    stopped: bool = False
    ack: Ack | None = None
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

    def batch(self, after: int, max_bytes: int, until: int) -> Batch | None:
        """The next gapless run of waiting lines beyond `after` up to `until`; at least one line, about `max_bytes`."""

    def settle(self, batch: Batch, ack: Ack) -> None:
        """Keeps what the server signed for a batch."""

    def reconcile(self, hwm: int, chain: str) -> int:
        """Lines beyond what the server has without a gap wait again; returns how many it had lost."""


class Sender(Protocol):
    """One POST; raises the errors of `sync.errors`."""

    packed: float
    """How small the last batch became on the wire, from 0 to 1."""

    def send(self, batch: Batch, position: Position) -> Ack:
        """The server's signed answer to a batch."""

    def state(self) -> Ack:
        """What the server holds of this laptop."""


def push(
    outbox: Outbox,
    senders: Sequence[Sender],
    *,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    pause: Callable[[float], None],
    pushed: Pushed,
    patience: int = 3,
) -> None:
    """Sends until nothing waits or somebody cancels, one batch at a time over each of `senders`.

    What was settled is counted in `pushed` as it happens. Cuts, timeouts and server faults are tried again `patience`
    times in a row with full jitter; any other error stops the sending. Raises the last error, after the batches still
    on their way came back.
    """
    total, began, failures, idle, rounds = outbox.waiting(), time.monotonic(), 0, 0, 0
    plan: _Plan = _Plan(outbox)
    stop: SyncError | None = None
    seen = None if total else senders[0].state()
    flying: dict[Future[Ack], tuple[Sender, Batch]] = {}
    free = list(senders)
    with ThreadPoolExecutor(len(senders), thread_name_prefix="push") as pool:
        while True:
            while free and stop is None and not cancelled() and (batch := plan.next()):
                sender = free.pop()
                flying[pool.submit(sender.send, batch, outbox.position())] = (sender, batch)
            if not flying:
                if stop or cancelled() or seen is None or not outbox.reconcile(seen.hwm, seen.chain):
                    break
                rounds += 1
                if rounds > _ROUNDS:
                    stop = ServerFault("the server does not keep what it signs")
                plan, total = _Plan(outbox), max(total, outbox.waiting())
                continue
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                sender, batch = flying.pop(future)
                free.append(sender)
                try:
                    ack = _answer(future, batch, sender, outbox)
                    if ack is None:
                        plan.halve(batch)
                        continue
                    if ack.hwm > (last := outbox.position().last_seq):
                        raise Fork(f"server has {ack.hwm}, this laptop gave out {last}")
                    outbox.settle(batch, ack)
                    failures, seen = 0, ack
                    plan.arrived(sender.packed)
                    pushed.count(batch, ack)
                    pushed.bytes += round(sender.packed * sum(map(len, batch.lines)))
                    idle = 0 if any(first <= batch.first <= end for first, end in ack.stored) else idle + 1
                    if idle == 3:
                        raise Fork("three signed answers without progress")
                    progress(Progress(min(len(pushed.seen), total), total, pushed.bytes, time.monotonic() - began))
                except (Offline, ServerFault, ServerBusy) as wrong:
                    failures += 1
                    plan.failed(batch)
                    if failures > patience:
                        stop = stop or wrong
                    elif stop is None and not cancelled():
                        pause(back_off(wrong, failures))
                except SyncError as wrong:
                    stop = wrong
    pushed.ack = seen
    if stop:
        raise stop
    pushed.stopped = cancelled()


def back_off(wrong: SyncError, failures: int) -> float:
    """Seconds before the next try: what the server asked for, ten minutes at most, or full jitter that grows."""
    asked = wrong.retry_after if isinstance(wrong, ServerBusy) else None
    return min(600.0, asked) if asked else random.uniform(0, min(60, 2**failures))  # noqa: S311 - nothing secret hangs on it


def _answer(future: "Future[Ack]", batch: Batch, sender: Sender, outbox: Outbox) -> Ack | None:
    """The signed answer; None where the batch has to be cut smaller."""
    try:
        return future.result()
    except TooLarge as wrong:
        if len(batch.lines) > 1:
            return None
        if not wrong.signed:
            raise
        return _too_large(batch, sender, outbox)


class _Plan:
    """What is still to send: spans of numbers, so that a batch that came back is cut again and never sent beside itself.

    A batch keeps its size until it failed twice; then half, until something arrives (sync.md 4.3).
    """

    def __init__(self, outbox: Outbox) -> None:
        self._outbox, self._size = outbox, BATCH_BYTES
        self._spans: list[tuple[int, int]] = [(0, _END)]
        self._failed: dict[int, int] = {}

    def next(self) -> Batch | None:
        """The next batch."""
        while self._spans:
            after, until = self._spans.pop(0)
            batch = self._outbox.batch(after, self._size, until)
            if batch is not None:
                self._spans.insert(0, (batch.last, until))
                return batch
        return None

    def failed(self, batch: Batch) -> None:
        """Plans a batch again."""
        times = self._failed[batch.first] = self._failed.get(batch.first, 0) + 1
        if times >= 2 and len(batch.lines) > _FEWEST:
            self._size = max(1, sum(map(len, batch.lines)) // 2)
        self._spans.insert(0, (batch.first - 1, batch.last))

    def halve(self, batch: Batch) -> None:
        """Plans a batch again in two."""
        self._size = max(1, sum(map(len, batch.lines)) // 2)
        self._spans.insert(0, (batch.first - 1, batch.last))

    def arrived(self, packed: float) -> None:
        """The link carries batches: back to the full size, by how well the last one was packed."""
        self._failed.clear()
        self._size = min(_MOST, int(WIRE_BYTES / max(packed, 0.01)))


def _too_large(batch: Batch, sender: Sender, outbox: Outbox) -> Ack:
    """Refused here, and its digest sent in its place: a gap would hold up every record after it for ever."""
    digest, _ = records.digest(batch.lines[0])
    ack = sender.send(Batch(batch.first, (records.hollow(digest),)), outbox.position())
    detail = "Cette fiche est trop volumineuse pour le serveur."
    return replace(ack, results=(Result(batch.first, "", "refused", "/problems/too-large", detail, None),))
