"""Reading the server's feeds: only those that went on, page by page, and again from the beginning where it must."""

from collections.abc import Mapping, Sequence
from typing import Any

from sync.client import Page
from sync.pull import FEEDS, pull

HISTORY = "h"


class Office:
    """Feeds in memory; pages of two."""

    def __init__(self, **feeds: list[int]) -> None:
        self.feeds, self.asked, self.history = feeds, [], HISTORY
        self.asked: list[tuple[str, str]]

    def feed(self, name: str, cursor: str) -> Page | None:
        self.asked.append((name, cursor))
        history, _, rest = cursor.partition(":")
        if cursor and history != self.history:
            return None
        after = int(rest.split(":")[0]) if cursor else 0
        items = self.feeds.get(name, [])[after : after + 2]
        end = after + len(items)
        return Page(tuple({"n": n} for n in items), self.cursor(end), end < len(self.feeds.get(name, [])))

    def cursor(self, pos: int) -> str:
        return f"{self.history}:{pos}:{pos:08d}"

    def ends(self) -> Mapping[str, str]:
        return {feed: self.cursor(len(self.feeds.get(feed, []))) for feed in FEEDS}


class Laptop:
    """An inbox in memory."""

    def __init__(self) -> None:
        self.cursors: dict[str, str] = {}
        self.items: dict[str, list[int]] = {}

    def cursor(self, feed: str) -> str:
        return self.cursors.get(feed, "")

    def take(self, feed: str, items: Sequence[dict[str, Any]], cursor: str, *, whole: bool) -> None:
        before = [] if whole else self.items.get(feed, [])
        self.items[feed], self.cursors[feed] = [*before, *(item["n"] for item in items)], cursor


def read(laptop: Laptop, office: Office) -> int:
    office.asked.clear()
    return pull(laptop, office, office.ends(), cancelled=lambda: False)


def test_only_feeds_that_went_on_are_asked_for() -> None:
    laptop, office = Laptop(), Office(tombstones=[1, 2, 3])
    assert read(laptop, office) == 3
    assert [name for name, _ in office.asked] == ["tombstones", "tombstones"]
    assert read(laptop, office) == 0 and office.asked == []
    office.feeds["reference"] = [7]
    assert read(laptop, office) == 1
    assert laptop.items == {"tombstones": [1, 2, 3], "reference": [7]}


def test_a_server_of_another_history_is_read_from_the_beginning() -> None:
    laptop, office = Laptop(), Office(reference=[1, 2, 3, 4, 5])
    read(laptop, office)
    office.history, office.feeds["reference"] = "restored", [1, 2, 9]
    assert read(laptop, office) == 3
    assert laptop.items["reference"] == [1, 2, 9]
    assert laptop.cursors["reference"] == office.cursor(3)
