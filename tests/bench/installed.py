"""The installed program: its start to the first window beside that from source, and what it weighs."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from installer.linux.places import BUILD
from installer.origin import DIST, ROOT
from installer.trial import screen

PROGRAM = BUILD / "frozen" / "milomobile" / "milomobile"
ROUNDS = 7


def starting(profile: Path) -> dict[str, object]:
    """Seconds from the start of the process to its window on an X screen, by turns; megabytes of folder and installers."""
    if not PROGRAM.exists() or not (shutil.which("Xvfb") and shutil.which("xdotool")):
        return {"missing": "make installer-linux, and Xvfb with xdotool"}
    calls = {"source": [sys.executable, "-m", "milomobile"], "installed": [str(PROGRAM)]}
    times: dict[str, list[float]] = {name: [] for name in calls}
    with screen() as display:
        for _ in range(ROUNDS):
            for name, call in calls.items():
                times[name].append(_window(display, [*call, "--profile", str(profile)]))
    source, installed = (statistics.median(times[name][1:]) for name in calls)
    files = [file for file in PROGRAM.parent.rglob("*") if file.is_file() and not file.is_symlink()]
    return {
        "ratio": installed / source,
        "target": 1.3,
        "seconds": installed,
        "source_seconds": source,
        "installed_mb": sum(file.stat().st_size for file in files) / 1e6,
        "installers_mb": {file.name: file.stat().st_size / 1e6 for file in sorted(DIST.glob("*")) if _whole(file)},
    }


def _whole(file: Path) -> bool:
    return file.suffix in (".deb", ".exe", ".gz", ".whl")


def _window(display: str, call: list[str]) -> float:
    given = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    given["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    look = ["xdotool", "search", "--onlyvisible", "--name", "^Milo Mobile$"]
    began = time.perf_counter()
    with subprocess.Popen(call, env=given, stderr=subprocess.DEVNULL) as running:
        while subprocess.run(look, env=given, capture_output=True, check=False).returncode:
            if running.poll() is not None:
                raise RuntimeError(f"{call[0]} ended before its window stood")
        took = time.perf_counter() - began
        running.kill()
    return took
