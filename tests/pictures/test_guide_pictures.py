"""The pictures of the guide show the program as it is: made anew they are the same twice, and the same as those in docs."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from tests.guided import GUIDE, ROOT

_SMALL, _LEVELS, _SHARE = 4, 40, 0.08
"""Compared this many times smaller, a pixel is another from so many grey levels on; a picture from such a share of them on."""


def made(place: Path) -> Path:
    """In a process of its own: its clock stands still."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-m", "tests.pictures.guide", str(place)]
    subprocess.run(call, cwd=ROOT, env=env, check=True, capture_output=True, timeout=120)
    return place


def test_pictures_are_the_same_twice_and_show_the_program_as_it_is(tmp_path: Path) -> None:
    first, second = made(tmp_path / "first"), made(tmp_path / "second")
    names = sorted(file.name for file in (GUIDE / "images").iterdir())
    assert names == sorted(file.name for file in first.iterdir())
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []
    stale = {name: share for name in names if (share := unlike(first / name, GUIDE / "images" / name)) > _SHARE}
    assert stale == {}, "make pictures"


def unlike(one: Path, other: Path) -> float:
    """The share of pixels that differ to the eye; 1 where the sizes do."""
    images = [QImage(str(file)).convertToFormat(QImage.Format.Format_Grayscale8) for file in (one, other)]
    if images[0].size() != images[1].size():
        return 1.0
    small = [image.scaled(image.width() // _SMALL, image.height() // _SMALL) for image in images]
    wide, high = small[0].width(), small[0].height()
    grey = [[QColor(image.pixel(x, y)).lightness() for y in range(high) for x in range(wide)] for image in small]
    return sum(abs(a - b) > _LEVELS for a, b in zip(*grey, strict=True)) / (wide * high)
