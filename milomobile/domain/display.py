"""How the screen looks on this laptop, chosen before anybody unlocks: theme, size of the text, movements."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, cast, get_args

Theme = Literal["system", "light", "dark", "sun"]
Motion = Literal["system", "less"]
SIZES = (100, 115, 130, 150)
"""Sizes of the text, in per cent of the usual one."""


@dataclass(frozen=True)
class Display:
    """`system` follows what the laptop is set to; « sun » is Plein soleil, the theme of most contrast."""

    theme: Theme = "system"
    size: int = 100
    motion: Motion = "system"

    def sized(self, steps: int) -> int:
        """The size that many steps larger, or smaller where it is negative; the first or the last of SIZES at its ends."""
        return SIZES[max(0, min(SIZES.index(self.size) + steps, len(SIZES) - 1))]


def as_text(shown: Display) -> str:
    """As it is kept."""
    return json.dumps(asdict(shown))


def from_text(text: str) -> Display:
    """What was kept; as usual where it is damaged, or chosen from what does not exist."""
    try:
        kept = json.loads(text)
        theme, size, motion = kept["theme"], kept["size"], kept["motion"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Display()
    if theme not in get_args(Theme) or motion not in get_args(Motion) or size not in SIZES or isinstance(size, float):
        return Display()
    return Display(cast(Theme, theme), cast(int, size), cast(Motion, motion))
