"""What the server tells this laptop: feed by feed, page by page, each kept with the place it was read to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sync.client import Page
from sync.errors import Offline, ServerBusy, ServerFault
from sync.push import back_off

FEEDS = ("tombstones", "merges", "verdicts", "reference")
"""In this order: what must not be shown any more comes first."""


class Source(Protocol):
    """One GET; raises the errors of `sync.errors`."""

    def feed(self, name: str, cursor: str) -> Page | None:
        """The page after a cursor; None where the cursor is no longer that of this server."""


class Inbox(Protocol):
    """The laptop's side: short transactions, none of them open while the network is."""

    def cursor(self, feed: str) -> str:
        """How far a feed was read; empty before the first time."""

    def take(self, feed: str, items: Sequence[dict[str, Any]], cursor: str, *, whole: bool) -> None:
        """Keeps items and cursor in one transaction. `whole` where they are all there is, and replace what was."""


def pull(
    inbox: Inbox,
    source: Source,
    ends: Mapping[str, str],
    *,
    cancelled: Callable[[], bool],
    pause: Callable[[float], None],
    patience: int = 3,
) -> int:
    """Reads every feed to its end, or until somebody cancels; returns how many items came.

    `ends` is where the server just said that its feeds end: one read so far already is not asked for. Cuts, timeouts and
    server faults are tried again as in a push; then, and for any other error, raises: what was kept is kept.
    """
    asking = _Asking(source, cancelled, pause, patience)
    return sum(_read(inbox, asking, feed) for feed in FEEDS if not _read_already(inbox.cursor(feed), ends.get(feed)))


def _read_already(cursor: str, end: str | None) -> bool:
    return end is not None and (cursor == end or (not cursor and end.endswith(":0:00000000")))


class _Cancelled(Exception):
    """Somebody wants no more pages."""


@dataclass(frozen=True)
class _Asking:
    """A source asked patiently; raises _Cancelled in place of going on."""

    source: Source
    cancelled: Callable[[], bool]
    pause: Callable[[float], None]
    patience: int

    def feed(self, name: str, cursor: str) -> Page | None:
        failures = 0
        while not self.cancelled():
            try:
                return self.source.feed(name, cursor)
            except (Offline, ServerFault, ServerBusy) as wrong:
                failures += 1
                if failures > self.patience:
                    raise
                self.pause(back_off(wrong, failures))
        raise _Cancelled


def _read(inbox: Inbox, source: _Asking, feed: str) -> int:
    count, more = 0, True
    try:
        while more:
            page = source.feed(feed, inbox.cursor(feed))
            if page is None:
                return count + _read_again(inbox, source, feed)
            if page.items or page.more or not inbox.cursor(feed):
                inbox.take(feed, page.items, page.next, whole=False)
            count, more = count + len(page.items), page.more
    except _Cancelled:
        pass
    return count


def _read_again(inbox: Inbox, source: _Asking, feed: str) -> int:
    """From the beginning, and in place of what was known only when all of it is here."""
    items: list[dict[str, Any]] = []
    cursor, more = "", True
    while more:
        page = source.feed(feed, cursor)
        if page is None:
            return 0
        items, cursor, more = [*items, *page.items], page.next, page.more
    inbox.take(feed, items, cursor, whole=True)
    return len(items)
