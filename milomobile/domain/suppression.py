"""What of the office's figures is hidden when they leave, so that no sum over all their tables tells a small count."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from milomobile.domain.figures import HIDDEN_NOTE, LEAST, Line, Table

Place = tuple[int, int]
"""(line, column) of a cell; the total's line is the one after the last."""
Count = tuple[int, int, int]
"""(table, line, column) of the first cell that tells a count; others of its name tell it too where they are as many."""
Equation = Mapping[Count, int]
"""Counts with factors; their sum is nothing."""
ADDED: Mapping[str, tuple[str, ...]] = {"unnamed": ("anonymous", "groups"), "minors": ("under 16", "16-17")}
"""Names of cells (`Table.named`) that the cells of other names add up to."""
_PRIME = 2**61 - 1
"""Rows are reduced modulo this: the factors are so small that what is told stays the same, and integers stay short."""
_ROUNDS = 20
"""Bounds are made narrower so many times at most."""


def suppressed(table: Table) -> Table:
    """One table as it may leave; tables that leave together are hidden together."""
    return suppressed_together((table,))[0]


def suppressed_where(table: Table, hides: Callable[[str, int], bool]) -> Table:
    """The same where `hides` (code of the line, index of the column) says so: cells that make no sum with the others."""
    left = [
        replace(
            line,
            cells=tuple(
                c if hides(line.code, at) else r for at, (c, r) in enumerate(zip(line.cells, real.cells, strict=True))
            ),
        )
        for line, real in zip(lines_of(suppressed(table)), lines_of(table), strict=True)
    ]
    return _with(table, left)


def suppressed_together(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables of one period as they may leave: small counts of people are hidden, and others so that no sum tells them.

    What is a `thing` is told as it is. A hidden count is told if the sums of all tables, taken together, leave it one
    value, knowing that zeros are shown. Then one more is hidden in a sum of its own: one that closes two such sums if
    there is, else the least; sums, and what several tables tell, come last, and zeros where nothing else is left.
    """
    cells = _Cells.of(tables)
    small = {count for count in cells.people if 0 < cells.known[count] < LEAST}
    hidden = cells.already | small | _undetailed(cells)
    if not hidden:
        return tuple(tables)
    while closes := _beside(cells, hidden):
        hidden = hidden | {
            min(closes, key=lambda count: (cells.late[count], -closes[count], cells.known[count], count))
        }
    return tuple(_veiled(at, table, cells, hidden) for at, table in enumerate(tables))


def _undetailed(cells: "_Cells") -> set[Count]:
    """The parts, zeros too, of what is told and small, or small but for what else is told: it has no detail."""
    under = set[Count]()
    while True:
        more = set[Count]()
        for one in cells.sums:
            parts = {count for count, by in one.items() if by > 0 and count in cells.people}
            whole = [count for count, by in one.items() if by < 0]
            few = 0 < sum(cells.known[count] for count in parts) < LEAST and not parts & cells.already
            if any(count in under for count in whole) or (few and not cells.people.intersection(whole)):
                more |= parts
        if more <= under:
            return under
        under |= more


@dataclass(frozen=True)
class _Cells:
    """Which count each cell tells, what is known of them (0 of what is hidden already), and the sums they make."""

    of_place: Mapping[Count, Count]
    known: Mapping[Count, int]
    already: frozenset[Count]
    people: frozenset[Count]
    late: Mapping[Count, int]
    sums: Sequence[Equation]

    @staticmethod
    def of(tables: Sequence[Table]) -> "_Cells":
        of_place, known, alike = dict[Count, Count](), dict[Count, int | None](), dict[str, list[Count]]()
        already, late = set[Count](), Counter[Count]()
        for at, table in enumerate(tables):
            names = {where: name for name, where in table.named}
            lines = lines_of(table)
            sums = _sums(table)
            for down, line in enumerate(lines):
                code = "" if line is table.total else line.code
                for column, cell in enumerate(line.cells):
                    here = at, down, column
                    same = alike.setdefault(names[code, column], []) if (code, column) in names else []
                    count = next((one for one in same if cell is None or known[one] in (None, cell)), here)
                    if count == here:
                        same.append(here)
                    of_place[here] = count
                    known[count] = cell if known.get(count) is None else known[count]
                    late[count] += (code in sums or column in {whole for whole, _ in table.sums}) + (count != here)
                    if cell is None:
                        already.add(count)
        found = {count: cell or 0 for count, cell in known.items()}
        people = {count for count in found if count[2] not in tables[count[0]].things}
        made = [
            {of_place[at, *place]: factor for place, factor in one.items()}
            for at, table in enumerate(tables)
            for one in equations(table)
        ]
        for whole, parts in ADDED.items():
            if whole in alike and all(part in alike for part in parts):
                made.append({alike[whole][0]: -1, **{alike[part][0]: 1 for part in parts}})
                if not any(alike[part][0] in people for part in parts):
                    people.discard(alike[whole][0])
        unknown = {count for count, cell in known.items() if cell is None}
        true = [one for one in made if unknown & one.keys() or not sum(found[c] * by for c, by in one.items())]
        return _Cells(of_place, found, frozenset(already), frozenset(people), late, true)


def lines_of(table: Table) -> tuple[Line, ...]:
    """The lines, and the total after them."""
    return (*table.lines, *((table.total,) if table.total else ()))


def _sums(table: Table) -> set[str]:
    """Codes of lines that are sums, or told by another table."""
    return {"", *(line.part_of for line in table.lines), *table.elsewhere}


def _veiled(at: int, table: Table, cells: _Cells, hidden: Set[Count]) -> Table:
    veiled = [
        replace(
            line,
            cells=tuple(
                None if cells.of_place[at, down, column] in hidden else cell for column, cell in enumerate(line.cells)
            ),
        )
        for down, line in enumerate(lines_of(table))
    ]
    return _with(table, veiled)


def _with(table: Table, veiled: Sequence[Line]) -> Table:
    """These lines, the total after them, and what hidden ones mean."""
    if not any(None in line.cells for line in veiled):
        return table
    return replace(
        table,
        lines=tuple(veiled[: len(table.lines)]),
        total=veiled[-1] if table.total else None,
        notes=(*(note for note in table.notes if note != HIDDEN_NOTE), HIDDEN_NOTE),
    )


def _beside(cells: _Cells, hidden: frozenset[Count]) -> Counter[Count]:
    """What may be hidden so that less is told, and how many sums each closes; nothing where nothing is told."""
    free = {count for count in cells.people - hidden if cells.known[count]}
    bare = [one for one in cells.sums if len(hidden & one.keys()) == 1]
    if found := _closing(bare, free):
        return found
    doubtful = {
        count
        for one in cells.sums
        if any(not cells.known[c] for c in hidden & one.keys() - cells.already)
        for count in one
    }
    told = determined(cells.sums, hidden) | squeezed(cells.sums, hidden, cells.known, doubtful)
    told = {count for count in told if cells.known[count] or count in cells.already}
    return _near(cells.sums, told, hidden, free) or _near(cells.sums, told, hidden, cells.people - hidden)


def _near(sums: Sequence[Equation], told: set[Count], hidden: frozenset[Count], free: Set[Count]) -> Counter[Count]:
    seen = set[Count]()
    while told - seen:
        seen |= told
        near = [one for one in sums if told & one.keys()]
        if found := _closing(near, free):
            return found
        told = {count for one in near for count in one if count in hidden}
    return Counter()


def _closing(sums: Iterable[Equation], free: Set[Count]) -> Counter[Count]:
    return Counter(count for one in sums for count in one if count in free)


def equations(table: Table) -> Iterator[Mapping[Place, int]]:
    """Every sum that the cells of a table make."""
    rows = range(len(table.lines) + bool(table.total))
    for at in rows:
        for whole, parts in table.sums:
            yield {(at, whole): -1, **{(at, part): 1 for part in parts}}
    at_code = {line.code: at for at, line in enumerate(table.lines)}
    if table.total:
        at_code[""] = len(table.lines)
    rows_of: dict[str, list[int]] = {}
    for at, line in enumerate(table.lines):
        rows_of.setdefault(line.part_of, []).append(at)
    for code, below in rows_of.items():
        if code in at_code:
            for column in range(len(table.columns)):
                yield {(at_code[code], column): -1, **{(at, column): 1 for at in below}}


def determined(sums: Sequence[Equation], hidden: Set[Count]) -> set[Count]:
    """The hidden counts that the sums leave only one value: the rest is known."""
    often = Counter(count for one in sums for count in one)
    pivots: dict[Count, dict[Count, int]] = {}
    using: dict[Count, set[Count]] = {}
    for one in sums:
        row = {count: factor % _PRIME for count, factor in one.items() if count in hidden}
        for count in [count for count in row if count in pivots]:
            row = _less(row, pivots[count], row[count])
        if not row:
            continue
        first = min(row, key=lambda count: (often[count], count))
        inverse = pow(row[first], -1, _PRIME)
        row = {count: factor * inverse % _PRIME for count, factor in row.items()}
        for pivot in using.pop(first, set()):
            if times := pivots[pivot].get(first, 0):
                pivots[pivot] = _less(pivots[pivot], row, times)
                for count in row:
                    using.setdefault(count, set()).add(pivot)
        pivots[first] = row
        for count in row.keys() - {first}:
            using.setdefault(count, set()).add(first)
    return {count for count, row in pivots.items() if len(row) == 1}


def _less(row: Mapping[Count, int], other: Mapping[Count, int], times: int) -> dict[Count, int]:
    left = dict(row)
    for count, factor in other.items():
        left[count] = (left.get(count, 0) - times * factor) % _PRIME
        if not left[count]:
            del left[count]
    return left


def squeezed(
    sums: Sequence[Equation], hidden: Set[Count], known: Mapping[Count, int], doubtful: Set[Count] = frozenset()
) -> set[Count]:
    """The hidden counts that can be only one, as each of a sum is one at least, or nothing where it is doubtful."""
    least, most = {count: int(count not in doubtful) for count in hidden}, dict[Count, int]()
    rows = [
        (sum(known[count] * by for count, by in one.items() if count not in hidden), inside)
        for one in sums
        if (inside := {count: by for count, by in one.items() if count in hidden})
    ]
    for _ in range(_ROUNDS):
        before = dict(least), dict(most)
        for rest, row in rows:
            for sign in (1, -1):
                _squeeze({count: by * sign for count, by in row.items()}, rest * sign, least, most)
        if before == (least, most):
            break
    return {count for count in hidden if least[count] == most.get(count)}


def _squeeze(row: Mapping[Count, int], rest: int, least: dict[Count, int], most: dict[Count, int]) -> None:
    """Bounds of each count out of those of the others of a sum, whose factors are 1 or -1."""
    lows = {c: least[c] if by > 0 else -most[c] for c, by in row.items() if by > 0 or c in most}
    unbound, whole = row.keys() - lows.keys(), sum(lows.values())
    for count in unbound or row.keys():
        if unbound <= {count}:
            room = lows.get(count, 0) - rest - whole
            if row[count] > 0:
                most[count] = min(room, most.get(count, room))
            else:
                least[count] = max(-room, least[count])
