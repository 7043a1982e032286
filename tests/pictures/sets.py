"""The approved pictures, in sets: two screens in two themes; Plein soleil, and large text. Each is made in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from milomobile.domain.display import Theme

ROOT = Path(__file__).parents[2]
APPROVED = Path(__file__).parent / "approved"
_COLOURS = 32
_MOST = (
    "parts-",
    "premier-",
    "ouvrir-faux",
    "journee",
    "anonyme",
    "inscrire-",
    "ecran-tourne",
    "jeunes-fiche",
    "bilan",
    "reglages-",
    "envoi-attend",
    "envoi-refus",
)
_NOT_MOST = ("-vide", "-arabe", "-discret", "inscrire-deja")
_ONCE = ("parts-", "reglages-")
"""Shown on the first screen alone."""


@dataclass(frozen=True)
class Kind:
    """Logical pixels, how many of the screen’s are one of them, theme, size of the text; `most`: not every state."""

    size: tuple[int, int]
    scale: str
    theme: Theme
    text: int = 100
    most: bool = False

    def shows(self, scene: str) -> bool:
        """Whether a scene is among its pictures."""
        if self.most:
            return scene.startswith(_MOST) and not any(part in scene for part in _NOT_MOST)
        return self.scale == "1" or not scene.startswith(_ONCE)


_PLAIN, _FINE = ((1366, 768), "1"), ((1280, 720), "1.5")
SETS: Mapping[str, Kind] = {
    "1366-light": Kind(*_PLAIN, "light"),
    "1366-dark": Kind(*_PLAIN, "dark"),
    "1920-light": Kind(*_FINE, "light"),
    "1920-dark": Kind(*_FINE, "dark"),
    "1366-soleil": Kind(*_PLAIN, "sun", most=True),
    "1366-150": Kind(*_PLAIN, "light", 150, most=True),
}
"""1366 × 768 at 100 %, 1920 × 1080 at 150 %; then the main pages as they are in the sun, and with the text at 150 %."""


def made(name: str, place: Path) -> Path:
    """One set of SETS into a folder."""
    scale = SETS[name].scale
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "QT_FONT_DPI": "96"}
    call = [sys.executable, "-m", "tests.pictures.sets", name, str(place)]
    done = subprocess.run(call, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return place


def main(name: str, place: Path) -> None:
    """Here, where the clock stands still from here on."""
    from milomobile.domain.display import Display
    from tests.pictures.scenes import scenes
    from tests.pictures.still import keep, shot, stand_still

    kind = SETS[name]
    stand_still(Display(kind.theme, kind.text))
    with tempfile.TemporaryDirectory() as folder:
        for scene, shown in scenes(Path(folder), kind.size):
            if kind.shows(scene):
                keep(shot(shown), place / f"{scene}.png", _COLOURS)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
