"""Nothing is cut off nor scrolls sideways on any page in any state, however large the text and whatever the screen."""

import pytest

from tests.pictures.cuts import cuts

_SEEN = [
    (1366, 768, 150, "1"),
    (1024, 600, 130, "1"),
    (1024, 600, 150, "1"),
    (1280, 640, 150, "1.5"),
    (960, 540, 100, "2"),
]
"""Width and height in logical pixels, per cent of the text, ratio of the screen."""


@pytest.mark.parametrize(("wide", "high", "size", "scale"), _SEEN)
def test_nothing_is_cut_off(wide: int, high: int, size: int, scale: str) -> None:
    assert cuts(wide, high, size, scale) == {}
