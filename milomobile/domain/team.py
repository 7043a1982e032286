"""Who uses this laptop, and how strong a password is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """Somebody with a slot on this laptop. `bound`: their password opens with this laptop's keyring only."""

    id: str
    name: str
    me: bool
    bound: bool


@dataclass(frozen=True)
class Strength:
    """A password's: `share` of what is needed, 0 to 1, in words, and whether it is enough."""

    share: float
    words: str
    enough: bool
