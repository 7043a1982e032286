"""The priority district (QPV) that an address lies in, by the office's list of streets: a proposal, never a decision."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from milomobile.domain.texts import plain

_KINDS = {
    **{"r": "rue", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "boul": "boulevard"},
    **{"bvd": "boulevard", "pl": "place", "all": "allee", "al": "allee", "imp": "impasse", "ch": "chemin"},
    **{"che": "chemin", "rte": "route", "sq": "square", "res": "residence", "crs": "cours", "fg": "faubourg"},
}
_KNOWN = frozenset(
    {*_KINDS.values(), *"quai sentier passage ruelle esplanade rond venelle cite cour mail tour".split()}
)
_SHORT = {
    **{"st": "saint", "ste": "sainte", "dr": "docteur", "gal": "general", "gen": "general", "mal": "marechal"},
    **{"pdt": "president", "cdt": "commandant", "col": "colonel", "cne": "capitaine", "pr": "professeur"},
}
_LITTLE = frozenset("de du des d la le les l a au aux en sur".split())
_NUMBER = re.compile(r"(\d{1,4})(?:[a-z]|bis|ter|quater)?")
_AFTER = ("bis", "ter", "quater")


@dataclass(frozen=True)
class Street:
    """A street, or those numbers of it, in a district. `parity` is pair, impair or empty; 0 as `last` means to its end."""

    name: str
    qpv: str
    first: int = 0
    last: int = 0
    parity: str = ""


def street(row: Mapping[str, object]) -> Street:
    """From a line of `streets.csv`: street, from, to, parity, qpv."""
    first, last = (int(text) if (text := str(row.get(name) or "")).isdecimal() else 0 for name in ("from", "to"))
    name, qpv, parity = (str(row.get(column) or "") for column in ("street", "qpv", "parity"))
    return Street(name, qpv, first, last, parity)


def district_of(address: str, commune: str, streets: Sequence[Street]) -> str | None:
    """The code of the one district that an address lies in, for the streets of its commune (`commune` is the name).

    None where the street or the number is in no line of the list, or in those of two districts.
    """
    number, kind, words = _read(address, commune)
    if not words:
        return None
    near = [(_distance(kind, words, one.name), one) for one in streets]
    best = min((far for far, _ in near if far is not None), default=None)
    found = {one.qpv for far, one in near if far is not None and far == best and _holds(one, number)}
    return found.pop() if len(found) == 1 else None


def _holds(street: Street, number: int | None) -> bool:
    if number is None:
        return not (street.first or street.last or street.parity)
    sides = {"pair": number % 2 == 0, "impair": number % 2 == 1}
    return street.first <= number and (not street.last or number <= street.last) and sides.get(street.parity, True)


def _read(address: str, commune: str = "") -> tuple[int | None, str, str]:
    """The number, the kind of street, and the words that tell it from others; without postal code and commune."""
    text = re.sub(r"\b\d{5}\b.*", "", plain(address))
    if commune and (name := plain(commune)) and text.endswith(f" {name}"):
        text = text.removesuffix(f" {name}")
    words = text.split()
    at = next((place for place, word in enumerate(words) if _KINDS.get(word, word) in _KNOWN), None)
    numbers = [place for place, word in enumerate(words[:at]) if _NUMBER.fullmatch(word)]
    number, begin = None, 0
    if numbers:
        begin = (numbers[-1] if at is not None else numbers[0]) + 1
        matched = _NUMBER.fullmatch(words[begin - 1])
        number = int(matched[1]) if matched else None
    begin = at if at is not None else begin + (words[begin : begin + 1] != [] and words[begin] in _AFTER)
    kind = _KINDS.get(words[begin], words[begin]) if at is not None else ""
    rest = (_SHORT.get(word, word) for word in words[begin + bool(kind) :])
    return number, kind, " ".join(word for word in rest if word not in _LITTLE)


def _distance(kind: str, words: str, name: str) -> int | None:
    """Typing faults between a street and one of the list; None where it is another one."""
    _, listed, meant = _read(name)
    if not meant or (kind and listed and kind != listed):
        return None
    most = 0 if len(meant) < 5 else 1 if len(meant) < 10 else 2
    faults = OSA.distance(words, meant, score_cutoff=most)
    return faults if faults <= most else None
