"""Counts by line and column made a table whose totals are their sums."""

from collections import Counter
from collections.abc import Mapping, Sequence

from milomobile.domain.figures import Line, Share, Table

ANONYMOUS, UNKNOWN, AWAY = "ANONYME", "INCONNU", "BUREAU"
"""Lines beside an answer's codes: met without a name, not said, no longer here."""
Counts = Counter[tuple[str, int]]
"""(code of the line, index of the column) → how many."""


def summed(
    code: str,
    title: str,
    columns: tuple[str, ...],
    labels: Mapping[str, str],
    counts: Counts,
    notes: Sequence[str],
    *,
    part_of: Mapping[str, str] | None = None,
    sums: tuple[tuple[int, tuple[int, ...]], ...] = (),
    shares: tuple[Share, ...] = (),
    things: tuple[int, ...] = (),
    total: bool = True,
    elsewhere: tuple[str, ...] = (),
    named: Mapping[str, tuple[str, int]] | None = None,
) -> Table:
    """A table with a line for each label, in that order, then for codes that no list has; AWAY only where it counts.

    `part_of` is the line that a line is summed in, if not in the total; such lines have no counts of their own.
    `named` are the cells that other tables have too (`Table.named`).
    """
    above, width = part_of or {}, range(len(columns))
    every = dict(labels) | {line: line for (line, _), many in counts.items() if many and line not in labels}
    if not any(counts[AWAY, column] for column in width):
        every.pop(AWAY, None)
    whole = Counts()
    for line in every:
        for column in width:
            many, place = counts[line, column], line
            while True:
                whole[place, column] += many
                if not place:
                    break
                place = above.get(place, "")
    lines = tuple(
        Line(line, label, tuple(whole[line, column] for column in width), above.get(line, ""))
        for line, label in every.items()
    )
    last = Line("", "Total", tuple(whole["", column] for column in width)) if total else None
    known = tuple((named or {}).items())
    return Table(code, title, columns, lines, last, tuple(notes), shares, sums, things, elsewhere, known)
