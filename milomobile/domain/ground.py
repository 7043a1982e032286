"""Places on a flat map: outlines of communes and districts, where a stop lies, and what of an outline is in sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

Point = tuple[float, float]
"""Longitude, latitude in degrees (WGS 84)."""
_KM = 111.32
"""A degree of latitude in kilometres."""


@dataclass(frozen=True)
class Shape:
    """An outline: `layer` is « commune » or « qpv », `centre` where its name stands, `rings` its outer lines."""

    code: str
    name: str
    layer: str
    centre: Point
    rings: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class View:
    """What is in sight: a box of longitudes and latitudes, drawn `width` by `height`."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def seen(self, point: Point) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        lon, lat = point
        across, up = (lon - self.west) / (self.east - self.west), (lat - self.south) / (self.north - self.south)
        return across * self.width, (1 - up) * self.height


def view(points: Sequence[Point], width: float, highest: float, least_km: float = 6) -> View:
    """All points with a margin, not smaller than `least_km` across, as high as they ask for up to `highest` pixels."""
    lons, lats = [lon for lon, _ in points] or [0.0], [lat for _, lat in points] or [0.0]
    middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    narrow = max(0.05, cos(radians(min(89.0, abs(middle[1])))))
    wide = max(least_km, (max(lons) - min(lons)) * _KM * narrow * 1.3)
    tall = max(least_km * 0.5, (max(lats) - min(lats)) * _KM * 1.3)
    height = min(highest, max(highest * 0.6, width * tall / wide))
    wide = max(wide, tall * width / height)
    tall = wide * height / width
    across, up = wide / _KM / narrow / 2, tall / _KM / 2
    return View(middle[0] - across, middle[1] - up, middle[0] + across, middle[1] + up, width, height)


def beside(at: Point, place: int, many: int, apart_km: float = 1.1) -> Point:
    """The point of one of several that share a place: around it, evenly, as far as they need."""
    if many < 2:
        return at
    turn, far = 2 * pi * place / many - pi / 2, apart_km * max(1, many / 6)
    narrow = max(0.05, cos(radians(at[1])))
    return at[0] + far / _KM / narrow * cos(turn), at[1] - far / _KM * sin(turn)


def within(ring: Iterable[Point], width: float, height: float) -> list[Point]:
    """The part of a ring (pixels) inside a box from (0, 0): Sutherland and Hodgman (1974), side by side."""
    points = list(ring)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        kept: list[Point] = []
        for one, two in zip(points, points[1:] + points[:1], strict=True):
            here, there = sign * (one[axis] - limit) >= 0, sign * (two[axis] - limit) >= 0
            if here:
                kept.append(one)
            if here != there:
                kept.append(_crossing(one, two, axis, limit))
        points = kept
    return points


def _crossing(one: Point, two: Point, axis: int, limit: float) -> Point:
    share = (limit - one[axis]) / (two[axis] - one[axis])
    other = one[1 - axis] + share * (two[1 - axis] - one[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)
