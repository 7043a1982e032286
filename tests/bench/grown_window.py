"""The window's pages with little and with much in the store: the milliseconds until each is painted, whole."""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from milomobile import app
from milomobile.domain.dates import french_date
from milomobile.domain.outings import Halt
from milomobile.ui import look
from milomobile.ui.desk import Desk
from tests.bench import hands
from tests.bench.watch import Watch

ROUNDS = 4
PLACES = ("people", "sync", "report", "settings", "today")


def pages(profiles: Sequence[Path]) -> dict[str, list[float]]:
    """Milliseconds of each act at each size: the best of some rounds, in which the sizes take turns."""
    qt = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(qt, QApplication)
    look.apply(qt)
    rounds = []
    for number in range(ROUNDS):
        # Every other turn the other way round: what comes after much costs more.
        turn = list(range(len(profiles)))[:: -1 if number % 2 else 1]
        rounds.append({at: _once(profiles[at], number) for at in turn})
    return {name: [min(turn[at][name] for turn in rounds) for at in range(len(profiles))] for name in rounds[0][0]}


def _once(profile: Path, number: int) -> dict[str, float]:
    window = app.build(profile)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    found: dict[str, float] = {}
    with Watch() as watch:
        began = time.perf_counter()
        desk = hands.unlock(watch, window)
        found["window: unlock to desk"] = 1000 * (time.perf_counter() - began)
        _rest(watch, 300)
        for place in PLACES:
            found[f"window: {place} first"] = _shown(watch, desk, place)
            found[f"window: {place} again"] = min(_shown(watch, desk, place) for _ in range(3))
        found |= _written(watch, desk, number)
        found["window: Bilan counted"] = _counted(watch, desk)
        del desk
        found["window: lock"] = watch.do("lock", window.lock)
        _rest(watch, 20)
    window.close()
    return found


def _rest(watch: Watch, turns: int) -> None:
    for _ in range(turns):
        watch.do("rest", _nothing)
        time.sleep(0.002)


def _nothing() -> None:
    """Only what follows."""


def _shown(watch: Watch, desk: Desk, place: str) -> float:
    """Shown and painted; what the page does after that is waited for, and not counted."""
    ms = watch.do(f"show {place}", lambda: (desk.show_place(place), desk.window().repaint()))
    _rest(watch, 30)
    return ms


def _counted(watch: Watch, desk: Desk) -> float:
    """The last seven days in Bilan, until their figures are there: counted beside the window."""
    desk.show_place("report")
    page, yesterday = desk.report, app.now().date() - timedelta(days=1)
    page.picker.kind.choose(["dates"])
    page.picker.first.edit.setText(french_date(yesterday - timedelta(days=6)))
    page.picker.last.edit.setText(french_date(yesterday))
    _rest(watch, 300)
    times = []
    for _ in range(3):
        page.summary = None
        times.append(_until(watch, page._count, lambda: page.summary is not None))
        _rest(watch, 30)
    return min(times)


def _until(watch: Watch, act: Callable[[], object], done: Callable[[], bool]) -> float:
    began = time.perf_counter()
    act()
    watch.wait("counted", done)
    return 1000 * (time.perf_counter() - began)


def _written(watch: Watch, desk: Desk, number: int) -> dict[str, float]:
    """A search and a registration, by keys: the slowest key, and the save."""
    before = len(watch.turns)
    hands.find(watch, desk)
    keys = [turn.ms for turn in watch.turns[before:] if turn.act == "type a search"]
    found = {"window: search, slowest key": max(keys)}
    before = len(watch.turns)
    desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    for one in range(3):
        hands.register(watch, desk, 10 * number + one)
    turns = watch.turns[before:]
    for name, act in (("a new form", "new form"), ("form, slowest key", "type an answer"), ("save", "save")):
        times = [turn.ms for turn in turns if turn.act == act]
        found[f"window: {name}"] = max(times) if "key" in name else min(times)
    return found
