"""With a year's people and contacts in the store: how much slower each thing is than with a week's, and the curve."""

import os
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from milomobile import app
from milomobile.actions.open import open_profile
from sync.server.store import Store, database
from tests.bench import grown_stores, grown_window
from tests.bench.grown_acts import ACTS, Act, Laptop
from tests.bench.grown_stores import SIZES, Grown
from tests.conftest import ADVISER, PASSWORD
from tests.flows.processes import Office

TARGET, SECONDS = 1.5, 2.0
"""Ratio to a week's; seconds of an act after which no further round is made."""
ROUNDS = 5


def growing(folder: Path) -> dict[str, object]:
    """By act and page: milliseconds at each size, the last over the first, and why it grows where it does by nature."""
    now = app.now()
    with grown_stores.grown(folder, now) as sizes:
        load = os.getloadavg()[0]
        found = _acts(sizes, now) | _pages(sizes)
    kept = [1000 * one.seconds_a_record for one in sizes]
    found["a record of the first sending"] = _told(kept)
    return {"people_and_contacts": SIZES, "target": TARGET, "load": load, **found}


def _acts(sizes: Sequence[Grown], now: datetime) -> dict[str, object]:
    with ExitStack() as open_ones:
        laptops = [_laptop(one, now, open_ones) for one in sizes]
        return {name: _told(_measured(act, laptops), act) for name, act in ACTS.items()}


def _laptop(one: Grown, now: datetime, open_ones: ExitStack) -> Laptop:
    office = Office(one.server)
    office.start()
    open_ones.callback(office.stop)
    server = Store(database(one.server))
    open_ones.callback(server.close)
    laptop = Laptop(open_profile(one.profile, ADVISER, PASSWORD, now), server, one.profile.parent, now)
    open_ones.callback(lambda: laptop.profile.close())
    grown_stores.reach(laptop.profile, office.url)
    return laptop


def _measured(act: Act, laptops: Sequence[Laptop]) -> list[float]:
    """Milliseconds at each size: the smallest and the largest take turns, and of the medians of the rounds the best counts.

    The sizes between are measured where the largest is too slow: they show the curve.
    """
    base, largest = laptops[1 if act.month else 0], laptops[-1]
    pairs: list[tuple[float, float]] = []
    while not pairs or (len(pairs) < ROUNDS and sum(map(sum, pairs)) * act.times < 1000 * SECONDS):
        pairs.append((_median(act, base), _median(act, largest)))
    first, last = (min(times) for times in zip(*pairs, strict=True))
    if last <= TARGET * first and not act.grows:
        return [first, last]
    return [first, *(_median(act, one) for one in laptops[2 if act.month else 1 : -1]), last]


def _median(act: Act, laptop: Laptop) -> float:
    return statistics.median(_timed(act, laptop) for _ in range(act.times))


def _timed(act: Act, laptop: Laptop) -> float:
    given = act.before(laptop)
    began = time.perf_counter()
    act.call(laptop, given)
    return 1000 * (time.perf_counter() - began)


def _pages(sizes: Sequence[Grown]) -> dict[str, object]:
    return {name: _told(ms) for name, ms in grown_window.pages([one.profile for one in sizes]).items()}


def _told(ms: Sequence[float], act: Act | None = None) -> dict[str, object]:
    why = {"grows": act.grows} if act and act.grows else {}
    return {"ratio": ms[-1] / ms[0], "ms": list(ms), **why}
