"""What the office's server offers, taken by the window of an older version, under Wine."""

import json
import time
from collections.abc import Callable, Iterator

from installer import published
from installer.windows import laptop
from installer.windows.laptop import expect, milomobile, place, same_files
from installer.windows.places import WINDOWED, Edition, earlier, edition


def updated(password: str, display: str) -> Iterator[str]:
    """The older version again: what the server offers is fetched by its window, proposed at the next start, and installed."""
    old, new = earlier(edition()), edition()
    expect(0, place() / "uninstall.exe", "/S", f"_?={laptop.windows(place())}")
    expect(0, old.setup, "/S")
    with laptop.window(display, laptop.NAME):
        published.fetched(display, laptop.home() / laptop.LOCAL / "MiloMobile", new.version)
        laptop.picture(display, "sent")
    yield "it is proposed at the next start, its setup starts, and cut there leaves the older version as it was"
    _accepted(display, old)
    laptop.call("taskkill", "/F", "/IM", new.setup.name)
    same_files(old)
    yield "taken once more and gone through, it installs the newer version, which opens the data"
    _accepted(display, old)
    for _ in ("welcome", "what to install"):
        published.press(display, "key", "Return")
        time.sleep(2)
    _until(lambda: laptop.version() == new.version)
    time.sleep(5)
    laptop.picture(display, "installed")
    same_files(new)
    published.press(display, "key", "Return")
    laptop.seen(display, f"^{laptop.NAME}$")
    laptop.picture(display, "started")
    laptop.call("taskkill", "/F", "/IM", WINDOWED)
    told = json.loads(milomobile("find", "Boussole", "--password-file", password, "--json"))
    assert told["name"] == "Inès Boussole", told


def _accepted(display: str, old: Edition) -> None:
    """At the start: taken by keyboard, the program ends, its setup stands and has touched nothing."""
    with laptop.window(display, laptop.NAME) as running:
        published.accepted(display)
        laptop.picture(display, "proposed")
        running.wait(120)
        laptop.seen(display, "^Installation")
        laptop.picture(display, "setup")
        published.press(display, "search", "--onlyvisible", "--name", "^Installation", "windowfocus")
        assert laptop.version() == old.version
        same_files(old)


def _until(there: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(2)
