"""Outlines that the office loads for the map of stops: GeoJSON of communes or of priority districts, made small."""

import json
from collections.abc import Iterator
from math import hypot
from pathlib import Path
from typing import Any

FILES = {"communes.geojson": "commune", "qpv.geojson": "qpv"}
MOST, LARGEST = 2000, 64 * 1024 * 1024
_CODES = ("code", "code_qp", "codeqp", "code_qpv", "insee", "insee_com", "code_insee")
_NAMES = ("nom", "name", "nom_qp", "lib_qp", "nom_com", "libelle")
_CLOSE = 0.0005
"""Degrees: what stands nearer to the line between its neighbours is left out."""
Line = list[tuple[float, float]]


def read(file: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    """(code, name, layer and outer rings as JSON) of each feature; raises ValueError with the reason, in French."""
    if file.stat().st_size > LARGEST:
        raise ValueError("il dépasse 64 Mo")
    try:
        features = json.loads(file.read_bytes())["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("ce n’est pas un GeoJSON (FeatureCollection)") from None
    if len(features) > MOST:
        raise ValueError(f"il a plus de {MOST} contours")
    for number, feature in enumerate(features, 1):
        try:
            code, name, rings = _feature(feature)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError):
            raise ValueError(f"le contour n° {number} n’a pas de code, de nom ou de polygone en degrés") from None
        yield code, {"name": name, "layer": FILES[file.name], "rings": json.dumps(rings, separators=(",", ":"))}


def _feature(feature: Any) -> tuple[str, str, list[Line]]:
    told = {str(key).lower(): value for key, value in feature["properties"].items()}
    code = next((str(told[key]) for key in _CODES if told.get(key)), "")
    name = next((str(told[key]) for key in _NAMES if told.get(key)), code)
    shape = feature["geometry"]
    polygons = {"Polygon": lambda kept: [kept], "MultiPolygon": list}[shape["type"]](shape["coordinates"])
    rings = [_small([_point(point) for point in polygon[0]]) for polygon in polygons]
    if not 0 < len(code) <= 64 or not any(rings):
        raise ValueError
    return code, name[:80], [ring for ring in rings if ring]


def _point(point: Any) -> tuple[float, float]:
    lon, lat = float(point[0]), float(point[1])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError
    return round(lon, 5), round(lat, 5)


def _small(ring: Line) -> Line:
    """A ring with the points that its shape needs; nothing where it is too small to be drawn (Douglas and Peucker, 1973)."""
    half = len(ring) // 2
    kept = [*_needed(ring[: half + 1])[:-1], *_needed(ring[half:])[:-1]]
    return kept if len(kept) > 2 else []


def _needed(line: Line) -> Line:
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = max(((_far(line[n], line[first], line[last]), n) for n in range(first + 1, last)), default=(0.0, 0))
        if far > _CLOSE:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)]


def _far(point: tuple[float, float], one: tuple[float, float], two: tuple[float, float]) -> float:
    across, up = two[0] - one[0], two[1] - one[1]
    long = hypot(across, up)
    away = (point[0] - one[0], point[1] - one[1])
    return abs(across * away[1] - up * away[0]) / long if long else hypot(*away)
