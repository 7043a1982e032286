"""What an adviser sets for this laptop's screen: when it locks, and whether it is discreet."""

from dataclasses import dataclass

SHORTEST, LONGEST, USUAL = 2, 15, 5
"""Idle minutes before the screen locks."""


@dataclass(frozen=True)
class Preferences:
    """`lock_minutes` without a key or a move; `discreet` hides who people are; `discreet_at_stops` does at each stop begun."""

    lock_minutes: int = USUAL
    discreet: bool = False
    discreet_at_stops: bool = False


def minutes(text: str | None) -> int:
    """As kept or typed → from 2 to 15; the usual five where it is no number."""
    return min(LONGEST, max(SHORTEST, int(text))) if text and text.strip().isdecimal() else USUAL
