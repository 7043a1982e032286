"""Makes resources/reference/contours_moselle.json.gz: python installer/contours.py communes.geojson out.json.gz."""

import gzip
import json
import sys

SCALE = 10_000
"""Steps of a ten thousandth of a degree."""
CLOSE, NARROW = 0.0009, 0.654
"""Degrees of latitude that may be left out (100 m), and how narrow a degree of longitude is at 49° north."""
Ring = list[tuple[float, float]]


def main(source: str, target: str) -> None:
    """Code → [name, longitude and latitude of the centre, rings as steps from point to point]."""
    with open(source, encoding="utf-8") as file:
        features = json.load(file)["features"]
    made = {}
    for feature in features:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = sorted(([(x, y) for x, y, *_ in one[0]] for one in polygons), key=lambda ring: -abs(area(ring)))
        kept = [small for ring in rings if len(small := smaller(ring)) > 2]
        x, y = centre(rings[0])
        told = feature["properties"]
        made[told["code"]] = [told["nom"], round(x * SCALE), round(y * SCALE), [steps(ring) for ring in kept]]
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    with open(target, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(text)


def area(ring: Ring) -> float:
    """Signed, in square degrees."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def centre(ring: Ring) -> tuple[float, float]:
    """The centre of gravity."""
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    whole = 6 * area(ring)
    return tuple(sum((a[axis] + b[axis]) * turn for a, b, turn in pairs) / whole for axis in (0, 1))  # type: ignore[return-value]


def smaller(ring: Ring) -> Ring:
    """The points that the shape needs (Douglas and Peucker, 1973)."""
    flat, half = [(x * NARROW, y) for x, y in ring], len(ring) // 2
    return [(x / NARROW, y) for x, y in [*needed(flat[: half + 1])[:-1], *needed(flat[half:])[:-1]]]


def needed(line: Ring) -> Ring:
    """Of an open line."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def far(point: tuple[float, float]) -> float:
        x, y = point
        if not long:
            return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        return abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / long

    best, at = max((far(point), number) for number, point in enumerate(line[1:-1], 1))
    return [*needed(line[: at + 1])[:-1], *needed(line[at:])] if best > CLOSE else [line[0], line[-1]]


def steps(ring: Ring) -> list[int]:
    """Longitude, latitude, then what is added to each."""
    made, last = list[int](), (0, 0)
    for x, y in ring:
        here = round(x * SCALE), round(y * SCALE)
        made += [here[0] - last[0], here[1] - last[1]]
        last = here
    return made


if __name__ == "__main__":
    main(*sys.argv[1:3])
