"""Colours one can read (WCAG 2.2, 1.4.3), and assets that come with their licence."""

import re
from pathlib import Path

import pytest

from milomobile.paths import RESOURCES
from milomobile.ui.look import LIGHT

PAIRS = [
    ("text", "surface"),
    ("text", "bg"),
    ("text2", "surface"),
    ("text2", "sidebar"),
    ("text3", "surface"),
    ("text3", "sunken"),
    ("text3", "selected"),
    ("on_primary", "primary"),
    ("on_psoft", "psoft"),
    ("on_asoft", "asoft"),
    ("on_errsoft", "errsoft"),
    ("on_oksoft", "oksoft"),
    ("on_warnsoft", "warnsoft"),
    ("err", "surface"),
    ("warn", "surface"),
    ("ok", "surface"),
    ("primary", "surface"),
]


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_can_be_read(text: str, ground: str) -> None:
    high, low = sorted((_light(LIGHT[text]), _light(LIGHT[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_icon_that_is_named_is_there_with_its_licence() -> None:
    here = {file.stem for file in (RESOURCES / "icons").glob("*.svg")}
    code = "".join(file.read_text(encoding="utf-8") for file in Path("milomobile/ui").rglob("*.py"))
    named = set(re.findall(r'(?:picture|icon|pixmap)\("([a-z-]+)"', code))
    assert named
    assert named <= here
    assert "MIT" in (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert "SIL" in (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8")
