"""The approved pictures, in four sets: two screens, two themes. Each set is made in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parents[2]
APPROVED = Path(__file__).parent / "approved"
SCREENS: Mapping[str, tuple[tuple[int, int], str]] = {"1366": ((1366, 768), "1"), "1920": ((1280, 720), "1.5")}
"""Logical pixels, and how many of the screen’s are one of them: 1366 × 768 at 100 %, 1920 × 1080 at 150 %."""
_FIRST = next(iter(SCREENS))
SETS = tuple(f"{screen}-{theme}" for screen in SCREENS for theme in ("light", "dark"))
_COLOURS = 32
_ONCE = ("parts-", "reglages-")
"""Shown on the first screen alone."""


def made(name: str, place: Path) -> Path:
    """One set of SETS into a folder."""
    scale = SCREENS[name.partition("-")[0]][1]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "QT_FONT_DPI": "96"}
    call = [sys.executable, "-m", "tests.pictures.sets", name, str(place)]
    done = subprocess.run(call, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return place


def main(name: str, place: Path) -> None:
    """Here, where the clock stands still from here on."""
    from milomobile.domain.display import Display, Theme
    from tests.pictures.scenes import scenes
    from tests.pictures.still import keep, shot, stand_still

    screen, _, theme = name.partition("-")
    stand_still(Display(cast(Theme, theme)))
    with tempfile.TemporaryDirectory() as folder:
        for scene, shown in scenes(Path(folder), SCREENS[screen][0]):
            if screen == _FIRST or not scene.startswith(_ONCE):
                keep(shot(shown), place / f"{scene}.png", _COLOURS)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
