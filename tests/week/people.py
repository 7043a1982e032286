"""Who is met in the week: the same seed gives the same people and contacts; each name is a word of no language."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from milomobile.actions import invent

_SOUNDS = "ba ko lu mi ve to zi fe du wa pry gno shu kve jor tsa".split()


@dataclass(frozen=True)
class Contact:
    """One line of `register`; `who` is the number of whom it is about, None for nobody by name."""

    adviser: str
    said: dict[str, Any]
    who: int | None = None


@dataclass
class Young:
    """The people of the week by number, and where each was last met: `met[number]` is (day, laptop)."""

    dice: random.Random
    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    met: dict[int, list[tuple[date, str]]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def somebody(self, at: datetime, **more: Any) -> int:
        """Somebody new: alike to nobody else, whatever the name; `more` is of the person."""
        number = next(self._numbers)
        line = invent.named(self.dice, number, at)
        sounds = [_SOUNDS[number // 16**place % 16] for place in range(3)]
        line["person"]["birth_name"] = "".join((*sounds, *reversed(sounds))).capitalize()
        line["person"]["phone"] = f"06 39 98 {number // 100:02d} {number % 100:02d}"
        line["person"] |= more
        del line["at"], line["place"], line["setting"], line["needs"]
        self.people[number] = line
        self.met[number] = []
        return number

    def twin(self, number: int, given: str) -> int:
        """Another child of the same day and the same telephone."""
        second = next(self._numbers)
        one = self.people[number]
        self.people[second] = {**one, "person": {**one["person"], "given_name": given}}
        self.met[second] = []
        return second

    def contact(self, number: int, at: datetime, adviser: str, laptop: str, **more: Any) -> Contact:
        """They are met."""
        self.met[number].append((at.date(), laptop))
        return Contact(adviser, {**self.people[number], **where(self.dice, at), **more}, number)

    def met_before(self, day: date, *, elsewhere: str = "", here: str = "") -> int | None:
        """Somebody met before that day (on another laptop, or on this one), once each."""
        found = [
            number
            for number, met in self.met.items()
            if len(met) == 1 and met[0][0] < day and (met[0][1] != elsewhere if elsewhere else met[0][1] == here)
        ]
        return self.dice.choice(found) if found else None

    def names(self) -> set[str]:
        """Every birth name."""
        return {one["person"]["birth_name"] for one in self.people.values()}


def where(dice: random.Random, at: datetime) -> dict[str, Any]:
    """When, where and what for."""
    place, setting = dice.choice(invent.PLACES)
    said = {"at": at.isoformat(timespec="seconds"), "place": place, "setting": setting}
    return {**said, "needs": [dice.choice(invent.NEEDS)]}


def anonymous(dice: random.Random, at: datetime, adviser: str) -> Contact:
    """Somebody without a name."""
    return Contact(adviser, invent.anonymous(dice, at))


def group(dice: random.Random, at: datetime, adviser: str) -> Contact:
    """Several at once."""
    said = {"kind": "group", "women": dice.randrange(1, 4), "men": dice.randrange(4), "unspecified": dice.randrange(2)}
    return Contact(adviser, {**said, **{key: said for key, said in where(dice, at).items() if key != "needs"}})


def lot(young: Young, adviser: str, laptop: str, begin: datetime, many: int) -> list[Contact]:
    """`many` contacts of an adviser from a moment on, some minutes apart: one in two is new, one in four has no name."""
    dice, made = young.dice, list[Contact]()
    for turn in range(many):
        at = begin + timedelta(minutes=2 * turn, seconds=dice.randrange(100))
        kind = turn % 12
        before = {1: young.met_before(at.date(), here=laptop), 5: young.met_before(at.date(), elsewhere=laptop)}
        if kind in before and (number := before[kind]) is not None:
            made.append(young.contact(number, at, adviser, laptop))
        elif kind in (2, 6, 10):
            made.append(anonymous(dice, at, adviser))
        elif kind == 7:
            made.append(group(dice, at, adviser))
        else:
            made.append(young.contact(young.somebody(at), at, adviser, laptop))
    return made
