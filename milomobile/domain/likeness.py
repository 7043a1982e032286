"""How alike two people are: keys under which likely same people meet, and how far the evidence goes.

Each field speaks for or against, in points that add up as in Fellegi and Sunter's model of record linkage (1969): an
equal telephone says more than an equal name, a missing field says nothing. Names are compared as written and as they
sound, in both orders.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from milomobile.domain.dates import read_date
from milomobile.domain.phones import read_phone
from milomobile.domain.sounds import skeleton, sound
from milomobile.domain.texts import plain

VERSION = "1"
"""Of the keys: changed with them, so that a file kept under older ones is brought up to date."""
LEVELS = ("sure", "probable", "possible")
PROBABLE, POSSIBLE = 8.5, 4.0
"""Points from which two are probably, or possibly, the same person."""
MOST = 29.0
"""Points of two who agree in everything."""


@dataclass(frozen=True)
class Identity:
    """What is compared: plain names, `born` as YYYYMMDD, the telephone's last nine digits; "" where unknown."""

    given_name: str
    birth_name: str
    born: str
    phone: str


@dataclass(frozen=True)
class Likeness:
    """How alike two people are: points, level (one of LEVELS, or None), and why in French."""

    points: float
    level: str | None
    why: tuple[str, ...]


def identity(given_name: str, birth_name: str, birth_date: str, phone: str, today: date) -> Identity:
    """From texts as typed; what cannot be read is compared as its digits, or counts as unknown."""
    number = read_phone(phone)[0] if phone.strip() else ""
    return Identity(_bare(given_name), _bare(birth_name), _born(birth_date, today), _digits(number)[-9:])


def identity_of(given_name: str, birth_name: str, birth_date: date | None, phone: str | None) -> Identity:
    """From answers that were kept; the telephone is in E.164 or as typed."""
    born = birth_date.isoformat().replace("-", "") if birth_date else ""
    return Identity(_bare(given_name), _bare(birth_name), born, _digits(phone or "")[-9:])


@lru_cache(maxsize=20_000)
def _bare(name: str) -> str:
    """A plain name in Latin letters."""
    found = plain(name)
    if found.isascii():
        return found
    from anyascii import anyascii

    return plain(anyascii(found))


def _born(text: str, today: date) -> str:
    """YYYYMMDD; of eight digits that are no date too, so that a slip of the finger is still close to the right one."""
    if not _digits(text):
        return ""
    bare = text.strip()
    if not bare.isdigit():
        try:
            return read_date(bare, today).strftime("%Y%m%d")
        except ValueError:
            bare = _digits(bare)
    if len(bare) != 8:
        return ""
    year_first = bare[:2] in _CENTURIES and bare[4:6] not in _CENTURIES
    return bare if year_first else bare[4:] + bare[2:4] + bare[:2]


_CENTURIES = ("19", "20")


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)


_NO_DIGIT = re.compile("[^0-9]")


def keys(one: Identity) -> frozenset[str]:
    """Under which a person is kept, and looked for: two who share none are not compared.

    B birth date · M birth date with day and month in either order · P telephone · N names as they sound, in either
    order · G given name with day and month · L birth name with the year.
    """
    found = set()
    given, family = sound(one.given_name), sound(one.birth_name)
    day = "".join(sorted((one.born[4:6], one.born[6:])))
    if one.born:
        found |= {f"B{one.born}", f"M{one.born[:4]}{day}"}
    if one.phone:
        found.add(f"P{one.phone}")
    if given and family:
        found |= {f"N{skeleton(family)} {given[0]}", f"N{skeleton(given)} {family[0]}"}
    elif given or family:
        found.add(f"N{skeleton(given or family)}")
    for name in (given, family):
        if name and one.born:
            found |= {f"G{name[:4]} {day}", f"L{name[:4]} {one.born[:4]}"}
    return frozenset(found)


def compare(one: Identity, other: Identity) -> Likeness:
    """How alike two people are."""
    names = _names(one.given_name, one.birth_name, other.given_name, other.birth_name, 0.0)
    if names.points < _FAMILY[1][1]:
        inverted = _names(one.given_name, one.birth_name, other.birth_name, other.given_name, 0.5)
        names = max(names, inverted, key=lambda found: found.points)
    born, phone = _date(one.born, other.born), _phone(one.phone, other.phone)
    points = names.points + born + phone
    why = (names.said, _SAID_OF_DATE.get(born), _SAID_OF_PHONE.get(phone))
    level = _level(one, other, points, names.apart, born, phone)
    return Likeness(points, level, tuple(word for word in why if word))


def near(one: Identity, other: Identity) -> bool:
    """Whether their dates or their telephones are close enough for more than `possible`, whatever their names: a fraction of `compare`."""
    return _date(one.born, other.born) >= _NEAR_DATE or _phone(one.phone, other.phone) >= _NEAR_PHONE


def _level(one: Identity, other: Identity, points: float, apart: bool, born: float, phone: float) -> str | None:
    """Sure: the same names in any order, birth date and telephone.

    Names alone make nobody probable: a telephone must speak for it too, or a birth date. The date does not where the
    telephone does not, and the given names differ under a birth name that only resembles, or the date itself only does.
    """
    words = [sorted(f"{each.given_name} {each.birth_name}".split()) for each in (one, other)]
    if words[0] and words[0] == words[1] and born == _SAME_DATE and phone == _SAME_PHONE:
        return "sure"
    doubtful = phone <= 0 and (apart or (born < _SAME_DATE and points < _CERTAIN_NAMES))
    dated = born >= _NEAR_DATE and not doubtful
    if points >= PROBABLE and (dated or phone >= _NEAR_PHONE):
        return "probable"
    return "possible" if points >= POSSIBLE else None


_CERTAIN_NAMES = 12.0
"""Points that two of nearly one day, whose telephones are unknown or others, must have: by their names then."""
_SAME_DATE, _SWAPPED_DATE, _NEAR_DATE, _SAME_PHONE, _NEAR_PHONE = 8.0, 6.0, 5.0, 9.0, 6.0
_SAID_OF_DATE = {
    _SAME_DATE: "même date de naissance",
    _SWAPPED_DATE: "jour et mois inversés",
    _NEAR_DATE: "date de naissance à un chiffre près",
}
_SAID_OF_PHONE = {_SAME_PHONE: "même téléphone", _NEAR_PHONE: "téléphone à un chiffre près"}
_FAMILY = ((1.0, 7.0), (0.93, 5.5), (0.86, 3.5), (0.78, 1.0), (0.0, -4.0))
_GIVEN = ((1.0, 5.0), (0.93, 4.0), (0.86, 2.5), (0.78, 0.5), (0.0, -3.0))
"""From how alike two names are, what it is worth."""


@dataclass(frozen=True)
class _Names:
    points: float
    said: str | None
    apart: bool


def _names(given: str, family: str, other_given: str, other_family: str, fewer: float) -> _Names:
    """Points of two names against two, and what to say of it; `fewer` where their order is taken as inverted."""
    found = _alike(family, other_family), _alike(given, other_given)
    points = _worth(found[0], _FAMILY) + _worth(found[1], _GIVEN) - fewer
    if found[0] is None or found[1] is None or min(found[0], found[1]) < _GIVEN[3][0]:
        same = [word for alike, word in zip(found, ("même nom", "même prénom"), strict=True) if alike == 1.0]
        apart = found[0] != 1.0 and found[1] is not None and found[1] < _GIVEN[3][0]
        return _Names(points, same[0] if same and not fewer else None, apart)
    said = "mêmes noms" if found == (1.0, 1.0) else "noms presque pareils"
    if said != "mêmes noms" and sound(given + family) == sound(other_given + other_family):
        said = "les noms sonnent pareil"
    return _Names(points, f"{said}, prénom et nom inversés" if fewer else said, False)


def _worth(alike: float | None, steps: Sequence[tuple[float, float]]) -> float:
    return 0.0 if alike is None else next(points for least, points in steps if alike >= least)


def _alike(one: str, other: str) -> float | None:
    """From 0 to 1, as written or as they sound; None where one is unknown. A part of a compound name is nearly it."""
    if not one or not other:
        return None
    joined = one.replace(" ", ""), other.replace(" ", "")
    if joined[0] == joined[1]:
        return 1.0
    parts = set(one.split()) - _PARTICLES, set(other.split()) - _PARTICLES
    part = 0.95 if parts[0] & parts[1] and (parts[0] <= parts[1] or parts[1] <= parts[0]) else 0.0
    written = OSA.normalized_similarity(*joined)
    if min(map(len, joined)) < _LONG:
        near = 0.93 if sound(one) == sound(other) else 0.88 if OSA.distance(*joined) == 1 else 0.0
        return min(0.99, max(written, near, part))
    heard = 0.99 * JaroWinkler.similarity(sound(one), sound(other))
    return min(0.99, max(JaroWinkler.similarity(*joined), written, heard, part))


_LONG = 5
"""Letters from which Jaro and Winkler's measure says something: short names are all alike to it."""


_PARTICLES = frozenset("de du des d la le l el al ben bin ibn bint van von dos da do oul ould".split())


def _date(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return _SAME_DATE
    if one[:4] == other[:4] and (one[4:6], one[6:]) == (other[6:], other[4:6]):
        return _SWAPPED_DATE
    return {1: _NEAR_DATE, 2: 1.0}.get(OSA.distance(one, other), -5.0)


def _phone(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return _SAME_PHONE
    return {1: _NEAR_PHONE, 2: 2.0}.get(OSA.distance(one, other), -1.0)
