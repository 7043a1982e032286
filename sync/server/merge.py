"""What an entity is, made of all that was ever said of it: the same whatever the order, splits or repeats of arrival.

The state of an entity is a plain object that JSON can hold, one entry a field:

- most fields: `[stamp, value]`, the greatest stamp wins;
- identity (names, birth date, sex): `[[stamp, node, value, base], …]`, all that was said and not taken back;
- sets (needs, barriers, audiences): `{element: [stamp, there]}`, the greatest stamp of each element wins;
- limits (restricted, objected): as most fields; of two people found to be one, what limits holds for both;
- agreements: `{way: [clock, agreed]}`, a withdrawal wins over any agreement of an earlier or equal clock.

A stamp is `authority clock node id`, in that order; the office's authority is above every laptop's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OFFICE = "office"
"""The node of what the office says."""
IDENTITY = frozenset(("given_name", "birth_name", "one_name", "birth_date", "stated_age", "sex"))
SETS = frozenset(("needs", "barriers", "audiences"))
AGREEMENTS = "agrees"
LIMITS = frozenset(("restricted", "objected"))
OFFICE_FIRST = frozenset(("handover", "imilo_number", "scheme"))
AHEAD_MS = 300_000
"""A clock further ahead than this counts as the time of arrival."""

State = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """One record as merging sees it. `node` is the laptop or OFFICE, `received` milliseconds since 1970.

    `base` tells, for identity fields of an update, the stamp of what its author saw.
    """

    id: str
    hlc: str
    node: str
    received: int
    set: Mapping[str, Any]
    base: Mapping[str, str]


def clock(hlc: str, received: int) -> str:
    """The record's clock, or the time of arrival where it is too far ahead."""
    return hlc if int(hlc, 16) >> 16 <= received + AHEAD_MS else f"{received << 16:016x}"


def stamp(said: Said, field: str) -> str:
    """What a field's value is compared by."""
    authority = 1 if said.node == OFFICE and field in OFFICE_FIRST else 0
    return f"{authority} {clock(said.hlc, said.received)} {said.node} {said.id}"


def fold(state: State, said: Said) -> None:
    """Adds one record to a state; adding it again changes nothing."""
    usual = stamp(said, "")
    for field, value in said.set.items():
        at = stamp(said, field) if field in OFFICE_FIRST else usual
        if field in IDENTITY:
            state[field] = _contenders(state.get(field, []), [at, said.node, value, said.base.get(field)])
        elif field in SETS:
            state[field] = _elements(state.get(field, {}), value, at)
        elif field == AGREEMENTS:
            if isinstance(value, Mapping):
                state[field] = _agreements(_ways(state.get(field)), value, clock(said.hlc, said.received))
        elif field not in state or state[field][0] < at:
            state[field] = [at, value]


def shown(state: State) -> dict[str, Any]:
    """Plain values. Where identity is in conflict, the older stays."""
    return {field: _shown(field, kept) for field, kept in state.items()}


def conflicts(state: State) -> dict[str, list[Any]]:
    """Identity fields with more than one value that nobody took back: field → values, the oldest first."""
    found = {}
    for field in IDENTITY & state.keys():
        values: list[Any] = []
        for _, _, value, _ in _heads(state[field]):
            if value not in values:
                values.append(value)
        if len(values) > 1:
            found[field] = values
    return found


def joined(first: State, second: State) -> State:
    """Two states as one: what a merge of two people shows."""
    both: State = {}
    for field in first.keys() | second.keys():
        one, two = first.get(field), second.get(field)
        if one is None or two is None:
            both[field] = one if two is None else two
        elif field in IDENTITY:
            both[field] = sorted({str(kept): kept for kept in (*one, *two)}.values())
        elif field in SETS:
            both[field] = {name: max(one.get(name, _NONE), two.get(name, _NONE)) for name in one.keys() | two.keys()}
        elif field == AGREEMENTS:
            one, two = _ways(one), _ways(two)
            ways = one.keys() | two.keys()
            both[field] = {way: max((s[way] for s in (one, two) if way in s), key=_withdrawn_last) for way in ways}
        elif field in LIMITS:
            both[field] = max(one, two, key=lambda kept: (bool(kept[1]), kept[0]))
        else:
            both[field] = max(one, two, key=lambda kept: kept[0])
    return both


_NONE: list[Any] = ["", False]


def _contenders(kept: list[Any], new: list[Any]) -> list[Any]:
    if not kept:
        return [new]
    return kept if new in kept else sorted((*kept, new), key=lambda one: one[0])


def _heads(kept: list[Any]) -> list[Any]:
    """Contenders that no other was made on, nor a later one of the same node or of the office."""
    seen = {base for _, _, _, base in kept if isinstance(base, str)}
    last = {node: at for at, node, _, _ in kept}
    decided = last.get(OFFICE, "")
    return [one for one in kept if one[0] not in seen and one[0] == last[one[1]] and one[0] >= decided]


def _elements(kept: Mapping[str, Any], value: Any, at: str) -> dict[str, Any]:
    changes = value if isinstance(value, Mapping) else {"add": value}
    elements = dict(kept)
    for act, there in (("remove", False), ("add", True)):
        for element in changes.get(act) or ():
            if elements.get(element, _NONE) < [at, there]:
                elements[element] = [at, there]
    return elements


def _ways(kept: Any) -> Mapping[str, Any]:
    """The agreements of a state; what was kept of another kind once is none."""
    return kept if isinstance(kept, Mapping) else {}


def _agreements(kept: Mapping[str, Any], value: Mapping[str, Any], at: str) -> dict[str, Any]:
    ways = dict(kept)
    for way, agreed in value.items():
        old = ways.get(way)
        new = [at, bool(agreed)]
        if old is None or _withdrawn_last(new) > _withdrawn_last(old):
            ways[way] = new
    return ways


def _withdrawn_last(kept: list[Any]) -> tuple[str, bool]:
    return kept[0], not kept[1]


def _shown(field: str, kept: Any) -> Any:
    if field in IDENTITY:
        heads = _heads(kept)
        return heads[0][2] if heads else None
    if field in SETS:
        return sorted(element for element, (_, there) in kept.items() if there)
    if field == AGREEMENTS:
        return {way: agreed for way, (_, agreed) in sorted(_ways(kept).items())}
    return kept[1]
