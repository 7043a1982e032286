"""Communes found as people type them: part of a name, however written, or a postal code."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, islice, takewhile

from milomobile.domain.choices import Commune
from milomobile.domain.texts import plain, plain_lines

SHOWN = 20
"""At most so many are shown; a whole postal code shows all of its communes."""

_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les", "s": "sur"}
_WORDS = re.compile(r"(?<!\S)(?:(?:ste?s?|lez)(?!\S)|s(?= ))")


@dataclass(frozen=True)
class Index:
    """`communes`, best first, with their names as texts to search: line for line, and where each line starts."""

    communes: tuple[Commune, ...]
    by_code: dict[str, Commune]
    by_name: dict[str, list[int]]
    names: tuple[str, tuple[int, ...]]
    glued: tuple[str, tuple[int, ...]]
    codes: tuple[str, tuple[int, ...]]


def index_of(communes: Sequence[Commune]) -> Index:
    """To be searched many times; `communes` has one line for each postal code, those to show first at its beginning."""
    names = _WORDS.sub(_long, "\n".join(plain_lines([one.name for one in communes]))).split("\n")
    by_name: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        by_name.setdefault(name, []).append(place)
    return Index(
        communes=tuple(communes),
        by_code={one.code: one for one in reversed(communes)},
        by_name=by_name,
        names=_text(names),
        glued=_text(_glued("\n".join(names)).split("\n")),
        codes=_text([one.postal_code for one in communes]),
    )


def shown(commune: Commune) -> str:
    """« Metz (57000) »: no two communes of one name have a postal code in common."""
    return f"{commune.name} ({commune.postal_code})"


def find(index: Index, typed: str) -> list[Commune]:
    """What is meant, likeliest first: that name, what begins so, what has a word that begins so; Moselle's before others.

    A postal code, or two digits or more of one, stands alone or beside a name.
    """
    names, digits = _read(typed)
    if len(digits) < 2:
        return list(islice(_once(index, names), SHOWN))
    coded = [index.communes[place] for place in _places(index.codes, f"\n{digits}")]
    if names:
        return list(islice(_once(index_of(coded), names), SHOWN))
    return coded if len(digits) == 5 else coded[:SHOWN]


def meant(index: Index, typed: str) -> Commune | None:
    """The one commune of that name (and postal code), or of several the only one in Moselle; else None."""
    names, digits = _read(typed)
    exact = [index.communes[place] for name in names for place in index.by_name.get(name, ())]
    found = {one.code: one for one in reversed(exact) if one.postal_code.startswith(digits)}
    here = [one for one in found.values() if one.code.startswith("57")] if len(found) > 1 else list(found.values())
    return here[0] if len(here) == 1 else None


def postal_code(typed: str) -> str:
    """The whole postal code that stands in what was typed, or an empty text."""
    digits = _read(typed)[1]
    return digits if len(digits) == 5 else ""


def _read(typed: str) -> tuple[list[str], str]:
    """The ways to read the name, and the digits. « St » may also begin « Strasbourg »."""
    words = plain(typed).split()
    name, digits = " ".join(word for word in words if not word.isdecimal()), "".join(filter(str.isdecimal, words))[:5]
    return [*dict.fromkeys(way for way in (_WORDS.sub(_long, name), name) if way)], digits


def _once(index: Index, names: Sequence[str]) -> Iterator[Commune]:
    seen = set()
    for place in _named(index, names):
        one = index.communes[place]
        if one.code not in seen:
            seen.add(one.code)
            yield one


def _named(index: Index, names: Sequence[str]) -> Iterator[int]:
    """Places of the list: Moselle's that are or begin so, then all that are, begin so, or have a word that begins so."""
    for name in names:
        exact = index.by_name.get(name, [])
        glued = f"\n{_glued(name)}"
        yield from takewhile(partial(_near, index), exact)
        for lines, begun in ((index.names, f"\n{name}"), (index.glued, glued)):
            yield from islice(takewhile(partial(_near, index), _places(lines, begun)), SHOWN // 2)
        yield from exact
        yield from _places(index.names, f"\n{name}")
        yield from _places(index.glued, glued)
        yield from _places(index.names, f" {name}")


def _near(index: Index, place: int) -> bool:
    return index.communes[place].code.startswith("57")


def _places(lines: tuple[str, tuple[int, ...]], wanted: str) -> Iterator[int]:
    text, starts = lines
    at = text.find(wanted)
    while at >= 0:
        place = bisect_right(starts, at) - 1
        yield place
        at = text.find(wanted, starts[place + 1] if place + 1 < len(starts) else len(text))


def _text(lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    starts = tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    return "".join(f"\n{line}" for line in lines), starts


def _glued(name: str) -> str:
    """Without spaces, and with « saint » and « lez » as whoever types « stjean » writes them."""
    return name.replace(" ", "").replace("saint", "st").replace("lez", "les")


def _long(word: re.Match[str]) -> str:
    return _SHORT[word.group()]
