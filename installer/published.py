"""The check's own publisher: a release signed with keys made for it, which the older program to upgrade was built with."""

import json
import shutil
import subprocess
import time
from pathlib import Path

from installer import release
from installer.origin import LOGS
from installer.trial import SECRET


def keys(folder: Path) -> Path:
    """Fresh keys in `folder`; the public root, for a program to be built with."""
    shutil.rmtree(folder, ignore_errors=True)
    return release.new_keys(folder / "keys", SECRET.encode(), folder / "public")


def signed(folder: Path, setup: Path) -> Path:
    """The file that the office's server and USB keys are given."""
    return release.sign(folder / "keys", SECRET.encode(), [setup], folder, folder / "public")


def fetched(display: str, profile: Path, version: str, seconds: float = 300) -> Path:
    """At the open window: unlocks, sends, and waits until the newer program is here, whole; its file."""
    state = profile / "updates" / "state.json"
    focus(display)
    press(display, "type", "--delay", "40", SECRET)
    press(display, "key", "Return")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(4)
        known = json.loads(state.read_text(encoding="utf-8")) if state.exists() else {}
        if known.get("whole"):
            assert known["version"] == version, known
            return state.with_name(known["name"])
        if not known.get("version"):
            press(display, "key", "ctrl+s")
    subprocess.run(["import", "-window", "root", "-display", display, str(LOGS / "not-fetched.png")], check=False)
    raise AssertionError("the newer program did not come with the sending")


def accepted(display: str) -> None:
    """At the start, by keyboard: from the password back to « Installer maintenant », past « Plus tard » and the people."""
    focus(display)
    press(display, "key", "--delay", "200", "shift+Tab", "shift+Tab", "shift+Tab", "space")


def focus(display: str) -> None:
    """The program's window, where no window manager gives it the keyboard."""
    press(display, "search", "--sync", "--onlyvisible", "--name", "^Milo Mobile$", "windowfocus")
    time.sleep(1)


def press(display: str, *words: str) -> None:
    """A call of xdotool on that screen; raises where it fails."""
    subprocess.run(
        ["xdotool", *words], env={"DISPLAY": display, "PATH": "/usr/bin:/bin"}, check=True, capture_output=True
    )
