"""A signature as compact text: strokes on a grid of 1,000 by 500, each point as the step from the one before.

`1:` then the strokes, apart by a space. Every number takes one character (-40 … 40) or, where it is larger, three. A step below
the grid's size is dropped, so that a signature of some seconds takes some hundred bytes; beyond `LIMIT` every second point goes.
"""

import string
from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
"""x and y from 0 to 1 of the pad's width and height."""
Strokes = Sequence[Sequence[Point]]
WIDTH, HEIGHT = 1000, 500
LIMIT = 2048
"""Characters that a signature takes at most."""
_VERSION = "1:"
_DIGITS = string.digits + string.ascii_letters + "!#$%&()*+-./;<=>?@[]"
_HALF, _WIDE = 40, "_"
_NEAR = 4


def packed(strokes: Strokes) -> str:
    """The strokes as text of at most LIMIT characters, or an empty text where there is none."""
    grid = [_on_grid(stroke) for stroke in strokes if stroke]
    if not grid:
        return ""
    while len(text := _VERSION + " ".join(map(_written, grid))) > LIMIT:
        longest = max(len(stroke) for stroke in grid)
        grid = grid[: len(grid) // 2] if longest < 3 else [_thinner(stroke) for stroke in grid]
    return text


def unpacked(text: str) -> list[list[Point]]:
    """The strokes of a text; raises ValueError where it is no signature."""
    if not text:
        return []
    if not text.startswith(_VERSION) or len(text) > LIMIT:
        raise ValueError("not a signature of this version")
    return [_read(part) for part in text.removeprefix(_VERSION).split(" ")]


def is_signature(strokes: Strokes, width: float) -> bool:
    """Whether something was drawn: more than one stroke or a long one, 40 pixels on a pad of `width` (ux/DESIGN 9)."""
    drawn = sum(_length(stroke) for stroke in strokes)
    return drawn * width > 40


def _length(stroke: Sequence[Point]) -> float:
    return sum(max(abs(x2 - x1), abs(y2 - y1)) for (x1, y1), (x2, y2) in pairwise(stroke))


def _on_grid(stroke: Sequence[Point]) -> list[tuple[int, int]]:
    made = [(_within(x, WIDTH), _within(y, HEIGHT)) for x, y in stroke]
    kept = made[:1]
    for point in made[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= _NEAR:
            kept.append(point)
    return kept + made[1:][-1:]


def _within(share: float, size: int) -> int:
    return min(size, max(0, round(share * size)))


def _thinner(stroke: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return stroke[:-1:2] + stroke[-1:]


def _written(stroke: list[tuple[int, int]]) -> str:
    text, (x, y) = "", (0, 0)
    for next_x, next_y in stroke:
        text += _number(next_x - x) + _number(next_y - y)
        x, y = next_x, next_y
    return text


def _number(step: int) -> str:
    if abs(step) <= _HALF:
        return _DIGITS[step + _HALF]
    high, low = divmod(step + WIDTH, len(_DIGITS))
    return _WIDE + _DIGITS[high] + _DIGITS[low]


def _read(part: str) -> list[Point]:
    steps = list(_steps(part))
    if not steps or len(steps) % 2:
        raise ValueError("a stroke of a signature is cut off")
    points, x, y = [], 0, 0
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + step_x, y + step_y
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            raise ValueError("a stroke of a signature leaves the pad")
        points.append((x / WIDTH, y / HEIGHT))
    return points


def _steps(part: str) -> Iterator[int]:
    place = 0
    while place < len(part):
        if part[place] == _WIDE:
            high, low = part[place + 1 : place + 2], part[place + 2 : place + 3]
            yield _digit(high) * len(_DIGITS) + _digit(low) - WIDTH
            place += 3
        else:
            yield _digit(part[place]) - _HALF
            place += 1


def _digit(character: str) -> int:
    return _DIGITS.index(character) if character else _cut_off()


def _cut_off() -> int:
    raise ValueError("a number of a signature is cut off")
