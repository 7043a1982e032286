"""The programme's goal, how far it should be by a day, and how far it may come (#ConstruisTonAvenir: 2,000 in two years)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, sqrt

from milomobile.domain.charting import percent, told
from milomobile.domain.periods import in_words

TARGET = 2000
WEEKS, WEEKS_LEAST = 12, 4
"""Whole weeks that a forecast looks back on, and the fewest it is made from."""
_T90 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363)
"""Student's t at 0.9, by degrees of freedom from 1: an 80 % range leaves a tenth on each side."""


@dataclass(frozen=True)
class Goal:
    """People registered of those aimed at; `expected` is the share (0 to 1) of the programme's time that has passed.

    `start` and `end` are the programme's dates, both included; all three are None where the office told no dates.
    """

    reached: int
    target: int = TARGET
    expected: float | None = None
    name: str = ""
    start: date | None = None
    end: date | None = None

    @property
    def ahead(self) -> int | None:
        """How many more are registered than the pace asks by now, fewer where it is below 0."""
        return None if self.expected is None else self.reached - round(self.target * self.expected)


@dataclass(frozen=True)
class Programme:
    """A line of the office's `programme.csv`."""

    id: str
    name: str
    told: Mapping[str, object]


@dataclass(frozen=True)
class Forecast:
    """How many may be registered by a day: four times of five the number lies between these two."""

    by: date
    least: int
    most: int


def goal(reached: int, line: Mapping[str, object], day: date) -> Goal:
    """From a line of the office's `programme.csv` (`start`, `end` as AAAA-MM-JJ, `target`); what cannot be read is unknown."""
    text, name = str(line.get("target") or ""), str(line.get("name") or "")
    target = int(text) if text.isdecimal() and int(text[:9]) > 0 else TARGET
    try:
        start, end = (date.fromisoformat(str(line.get(each) or "")) for each in ("start", "end"))
    except ValueError:
        return Goal(reached, target, name=name)
    if end <= start:
        return Goal(reached, target, name=name)
    return Goal(reached, target, min(1.0, max(0.0, (day - start) / (end - start))), name, start, end)


def forecast(found: Goal, weekly: Sequence[int], day: date) -> Forecast | None:
    """How far the programme may come, from how many were new in each of the last whole weeks; None where it cannot be told.

    The weeks to come are taken to be like the last twelve, one like another. Their sum then has the variance
    s² W (1 + W/n): W weeks to come, n weeks known, s² the variance of these, never less than that of counts which come by
    chance (Poisson: their mean). The first term is how weeks differ, the second how little n weeks tell of their mean;
    Student's t with n - 1 degrees gives the 80 % range (the usual prediction interval of a sum). Holidays and winter are
    not foreseen. Both ends are rounded outwards to tens, and nobody registered is ever taken back.
    """
    known = weekly[-WEEKS:]
    if found.end is None or found.end <= day or len(known) < WEEKS_LEAST:
        return None
    left, many = (found.end - day).days / 7, len(known)
    mean = sum(known) / many
    spread = max(sum((each - mean) ** 2 for each in known) / (many - 1), mean, 1 / many)
    half = _T90[many - 2] * sqrt(spread * left * (1 + left / many))
    middle = mean * left
    least = found.reached + max(0, floor((middle - half) / 10) * 10)
    return Forecast(found.end, least, found.reached + ceil((middle + half) / 10) * 10)


def pace(found: Goal) -> str:
    """« soit 56 %, en avance de 86 »."""
    said = f"soit {percent(found.reached, found.target)}"
    if found.ahead is None:
        return said
    if found.ahead == 0:
        return f"{said}, au rythme prévu"
    return f"{said}, en {'avance' if found.ahead > 0 else 'retard'} de {told(abs(found.ahead))}"


def foretold(found: Forecast) -> str:
    """« D’ici le 30 juin 2027 : entre 1 700 et 2 150, à ce rythme (4 chances sur 5) »."""
    span = f"entre {told(found.least)} et {told(found.most)}" if found.least < found.most else told(found.most)
    return f"D’ici {in_words(found.by, found.by)}\u00a0: {span}, à ce rythme (4 chances sur 5)"
