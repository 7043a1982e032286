"""The programme's goal, and how far it should be by a day (#ConstruisTonAvenir: 2,000 young people in two years)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TARGET = 2000


@dataclass(frozen=True)
class Goal:
    """People registered of those aimed at; `expected` is the share (0 to 1) of the programme's time that has passed.

    None where the office told no dates.
    """

    reached: int
    target: int = TARGET
    expected: float | None = None


def goal(reached: int, told: Mapping[str, object], day: date) -> Goal:
    """From a line of the office's `programme.csv` (`start`, `end` as AAAA-MM-JJ, `target`); what cannot be read is unknown."""
    text = str(told.get("target") or "")
    target = int(text) if text.isdecimal() and int(text[:9]) > 0 else TARGET
    try:
        start, end = (date.fromisoformat(str(told.get(name) or "")) for name in ("start", "end"))
    except ValueError:
        return Goal(reached, target)
    if end <= start:
        return Goal(reached, target)
    return Goal(reached, target, min(1.0, max(0.0, (day - start) / (end - start))))
