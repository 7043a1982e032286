"""Reading the server's feeds: only those that went on, page by page, and again from the beginning where it must."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sync import errors
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
    return pull(laptop, office, office.ends(), cancelled=lambda: False, pause=lambda _: None)


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


class Shaky(Office):
    """The requests whose number is in `fails` end with an error, by the order in which they are asked."""

    def __init__(self, fails: Mapping[int, errors.SyncError], **feeds: list[int]) -> None:
        super().__init__(**feeds)
        self.fails, self.count = fails, 0

    def feed(self, name: str, cursor: str) -> Page | None:
        self.count += 1
        if self.count in self.fails:
            raise self.fails[self.count]
        return super().feed(name, cursor)


def test_cuts_are_tried_again_after_a_while_and_no_page_is_missed() -> None:
    busy = errors.ServerBusy("429", 7200)
    office = Shaky({1: errors.Offline(), 2: errors.ServerFault(), 4: busy}, tombstones=[1, 2, 3], reference=[9])
    laptop, pauses = Laptop(), list[float]()
    assert pull(laptop, office, {}, cancelled=lambda: False, pause=pauses.append) == 4
    assert laptop.items == {"tombstones": [1, 2, 3], "merges": [], "verdicts": [], "reference": [9]}
    assert 0 <= pauses[0] <= 2 and 0 <= pauses[1] <= 4 and pauses[2] == 600


def test_what_goes_on_failing_is_told_and_what_came_is_kept() -> None:
    office = Shaky({number: errors.Offline() for number in range(2, 99)}, tombstones=[1, 2, 3])
    laptop, pauses = Laptop(), list[float]()
    with pytest.raises(errors.Offline):
        pull(laptop, office, office.ends(), cancelled=lambda: False, pause=pauses.append, patience=2)
    assert laptop.items == {"tombstones": [1, 2]} and len(pauses) == 2
    again = Shaky({1: errors.Portal()}, tombstones=[1, 2, 3])
    with pytest.raises(errors.Portal):
        pull(laptop, again, again.ends(), cancelled=lambda: False, pause=pauses.append)
    assert len(pauses) == 2
    assert read(laptop, again) == 1


def test_somebody_who_stops_keeps_whole_pages_and_no_half_of_a_list() -> None:
    laptop, office = Laptop(), Office(tombstones=[1, 2, 3], reference=[1, 2, 3])
    read(laptop, office)
    office.feeds["tombstones"] += [4, 5, 6, 7]
    asked = iter([False, True, True, True, True, True])
    assert pull(laptop, office, office.ends(), cancelled=lambda: next(asked), pause=lambda _: None) == 2
    assert laptop.items["tombstones"] == [1, 2, 3, 4, 5]
    office.history, office.feeds["reference"] = "restored", [1, 9, 8, 7]
    stop = iter([False, False, True])
    assert pull(laptop, office, {"reference": "?"}, cancelled=lambda: next(stop, True), pause=lambda _: None) == 0
    assert laptop.items["reference"] == [1, 2, 3]


def test_somebody_who_stops_while_it_waits_is_not_asked_for_patience() -> None:
    office, laptop, stopped = Shaky({1: errors.Offline()}, tombstones=[1]), Laptop(), list[float]()
    assert pull(laptop, office, {}, cancelled=lambda: bool(stopped), pause=stopped.append) == 0
    assert len(stopped) == 1 and laptop.items == {}
