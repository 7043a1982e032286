"""A day at the window of the installed program, by keyboard, under a window manager, on a screen that nobody sees: filmed."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from installer.origin import LOGS
from installer.published import press
from installer.trial import SECRET, screen

PEOPLE = (
    ("Sacha", "Reverbere", "12032005", "0353011201"),
    ("Lina", "Boussole", "07112007", "0353011202"),
    ("Theo", "Passerelle", "23052003", "0353011203"),
    ("Nora", "Girouette", "30012008", "0353011204"),
    ("Lou", "Balise", "19082001", "0353011205"),
)
"""In letters that every keyboard has: accents are another step's."""
_MANAGER = "openbox"


def drive(program: Sequence[str], profile: Path, home: Path) -> Iterator[str]:
    """Each step's name before it is gone through, on a profile of the trial's adviser that is bound to a server; files go to `home`.

    Pictures go to build/logs/day.
    """
    film = LOGS / "day"
    shutil.rmtree(film, ignore_errors=True)
    film.mkdir(parents=True)
    home.mkdir()
    given = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    with screen() as display, _running([_MANAGER], {**given, "DISPLAY": display}):
        call = [*program, "--profile", str(profile)]
        with _running(call, {**given, "DISPLAY": display}):
            press(display, "search", "--sync", "--onlyvisible", "--name", "^Milo Mobile$", "windowactivate", "--sync")
            for place, (name, act) in enumerate(_steps(display, profile, home), 1):
                yield name
                act()
                time.sleep(1)
                file = film / f"{place:02} {name}.png"
                subprocess.run(["import", "-window", "root", "-display", display, str(file)], check=True)


def _steps(display: str, profile: Path, home: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    def keys(*names: str) -> None:
        press(display, "key", "--delay", "120", *names)
        time.sleep(0.4)

    def write(words: str) -> None:
        press(display, "type", "--delay", "30", words)
        time.sleep(0.3)

    def unlock() -> None:
        before = _told(profile, "open")
        write(SECRET)
        keys("Return")
        _wait(lambda: _told(profile, "open") > before)
        time.sleep(2)

    def register(*person: str) -> None:
        keys("ctrl+n")
        for words, key in zip((*person, "9", "1"), ("Return", "Return", "F3", "F3", "F3", "F3"), strict=True):
            write(words)
            keys(key)
        keys("ctrl+Return")

    def start() -> None:
        keys("Tab", "Tab", "Tab", "Tab", "space")
        write("Marche de Borny")
        keys("shift+Tab", "space")

    def count_one() -> None:
        keys("ctrl+shift+n", "space")
        write("1")

    def count_three() -> None:
        keys("ctrl+shift+n", "Tab", "Tab", "Up", "Up", "Tab", "Up", "Tab", "Tab", "space")

    def meet_again() -> None:
        keys("ctrl+r")
        write("1")
        keys("ctrl+Return")

    def find() -> None:
        keys("ctrl+k")
        write("reverb")
        time.sleep(1)
        keys("Return")

    def send() -> None:
        before = _told(profile, "sync")
        keys("ctrl+s")
        _wait(lambda: _told(profile, "sync") > before)

    def export() -> None:
        keys("ctrl+4")
        time.sleep(2)
        keys("ctrl+e")
        _wait(lambda: any(home.glob("milo_*.xlsx")))

    def report() -> None:
        keys("ctrl+3")
        keys("Tab", "Tab", "space")
        time.sleep(1)
        keys("Return")
        _wait(lambda: any(home.glob("*.pdf")))

    yield "the password", unlock
    yield "a stop is started", start
    for person in PEOPLE:
        yield f"{person[0]} is registered", lambda person=person: register(*person)  # type: ignore[misc]
    yield "an anonymous contact", count_one
    yield "a group", count_three
    yield "somebody is found", find
    yield "and met once more", meet_again
    yield "the screen is locked", lambda: keys("ctrl+l")
    yield "and opened again", unlock
    yield "all is sent", send
    yield "a file for the office", export
    yield "the day’s report", report


@contextmanager
def _running(call: Sequence[str], given: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(call, env=given, stderr=subprocess.DEVNULL) as running:
        try:
            yield
        finally:
            running.terminate()


def _told(profile: Path, what: str) -> int:
    """How many times the program's log says that something was done."""
    log = profile / "logs" / "milomobile.log"
    return log.read_text(encoding="utf-8").count(f'"what": "{what}"') if log.exists() else 0


def _wait(until: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)
