"""What is cut off in any page and state, in a window and with a text of a size; told as JSON, from a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.pictures.sets import ROOT


def cuts(wide: int, high: int, size: int, scale: str = "1") -> dict[str, list[str]]:
    """Page → what is cut off in it. `wide` and `high` in logical pixels, `size` in per cent, `scale` of the screen."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "QT_FONT_DPI": "96"}
    call = [sys.executable, "-m", "tests.pictures.cuts", *map(str, (wide, high, size))]
    done = subprocess.run(call, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(wide: int, high: int, size: int) -> None:
    """Here, where the clock stands still from here on."""
    from milomobile.domain.display import Display
    from tests.pictures.scenes import scenes
    from tests.pictures.still import settle, stand_still
    from tests.ui.cut import cut

    stand_still(Display("light", size))
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for scene, shown in scenes(Path(folder), (wide, high)):
            settle()
            wrong = cut(shown)
            if shown.isWindow() and (shown.width() > wide or shown.height() > high):
                wrong.append(f"{shown.width()} × {shown.height()} pixels")
            if wrong:
                found[scene] = wrong
    print(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
