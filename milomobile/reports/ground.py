"""The map of a period's stops: its places with their contacts, and the outlines around them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from milomobile.domain.charting import Chart, Kind, Mark
from milomobile.domain.figures import Table
from milomobile.domain.ground import Point, Shape, beside, view

_NOTE = "Placés par le bureau, ou autour du centre de leur commune"


def chart(
    table: Table, communes: Mapping[str, str | None], known: Mapping[str, Point], shapes: Sequence[Shape]
) -> Chart:
    """Out of T1: `communes` are the INSEE codes of places by name, `known` where the office placed some of them.

    Places without either are in the table behind the map alone.
    """
    column = table.columns.index("Contacts")
    lines = [line for line in table.lines if line.cells[column] != 0 and line.code != "BUREAU"]
    centres = {shape.code: shape.centre for shape in shapes}
    around: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        commune = communes.get(line.label)
        if line.label not in known and commune in centres:
            around[str(commune)].append(line.label)
    at = dict(known) | {
        name: beside(centres[commune], place, len(names))
        for commune, names in around.items()
        for place, name in enumerate(sorted(names))
    }
    marks = tuple(
        Mark(line.label, (line.cells[column],), f"place:{line.label}", at=at.get(line.label))
        for line in sorted(lines, key=lambda line: (-(line.cells[column] or 1), line.label))
    )
    placed = [mark.at for mark in marks if mark.at]
    return Chart("ground", Kind.GROUND, "Carte des arrêts", ("Rencontres",), marks, _NOTE, shapes=_near(shapes, placed))


def _near(shapes: Sequence[Shape], placed: Sequence[Point]) -> tuple[Shape, ...]:
    """Those of which a part may be in sight, however wide the map is drawn."""
    if not placed:
        return ()
    seen = view(placed, 1000, 1000)
    wide = (seen.east - seen.west) * 1.5
    return tuple(
        shape
        for shape in shapes
        if abs(shape.centre[0] - (seen.west + seen.east) / 2) < wide
        and abs(shape.centre[1] - (seen.south + seen.north) / 2) < wide
    )
