"""How a name sounds, roughly: spellings of one name in French ears, from French, Arabic, Turkish, Slavic and others.

A sound is only for finding likely same people and for comparing them; it is never shown or kept as a name.
"""

import re
from functools import lru_cache

_RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\W+", ""),
        (r"tsch|tch|sch|ch|sh|cz", "8"),
        (r"ph", "f"),
        (r"gu(?=[eiy])", "g"),
        (r"qu|ck|kh|q|c(?![eiy8])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"x$", ""),
        (r"x", "ks"),
        (r"dj|dz|g(?=[eiy])", "j"),
        (r"gn|ny|ni(?=[aou])", "n"),
        (r"ou|oo|w|v(?=[aou])", "u"),
        (r"eau|aul?[dtx]?$|au", "o"),
        (r"ai|ei|ey|ay|oe|ae|ue|e(?=[rtz]$)", "e"),
        (r"y|ee|ie", "i"),
        (r"z", "s"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[estdpx]+$", ""),
    )
]


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """The sound of a plain name (`texts.plain`); never empty where the name is not."""
    heard = name
    for pattern, letter in _RULES:
        heard = pattern.sub(letter, heard)
    return heard or name


def skeleton(heard: str) -> str:
    """A sound's first letter and its consonants: vowels are what travels worst between alphabets."""
    return heard[:1] + re.sub("[aeiou]", "", heard[1:])
