"""The van's day: the outing, its stops, who was met."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class Place:
    """Where the van stops; `setting` is a code of `cadre_contact`, `commune` an INSEE code, `qpv` a QPV code."""

    id: str
    name: str
    setting: str
    commune: str | None = None
    qpv: str | None = None


@dataclass(frozen=True)
class Halt:
    """When a stop took place and with whom; `opened_at` None is now, `closed_at` None is still open.

    `team` are the names of who is aboard that day, `partners` of who is at the stop. `place` is said by a correction: where
    it was after all, a known place by its name or a new one.
    """

    opened_at: datetime | None = None
    closed_at: datetime | None = None
    partners: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    remark: str | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Stop:
    """A halt of the day at a place, with its counts; `closed_at` None while it is open."""

    id: str
    place: Place
    commune: str | None
    district: str | None
    opened_at: datetime
    closed_at: datetime | None
    partners: tuple[str, ...]
    encounters: int
    registrations: int
    team: tuple[str, ...] = ()
    remark: str | None = None

    @property
    def halt(self) -> Halt:
        """What can be corrected of it."""
        return Halt(self.opened_at, self.closed_at, self.partners, self.team, self.remark)


@dataclass(frozen=True)
class Planned:
    """A stop to come, on this laptop alone; `starts` and `ends` as a clock in Metz shows them. A new one has no id."""

    id: str
    day: date
    place: Place
    starts: time | None = None
    ends: time | None = None
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tour:
    """The stops of one day, those to come, and the last day before it that had some, to be taken up again."""

    day: date
    stops: tuple[Stop, ...] = ()
    planned: tuple[Planned, ...] = ()
    last: date | None = None


@dataclass(frozen=True)
class Recall:
    """Somebody to call back, since which day; `why` is what the last encounter came to, in words."""

    person: str
    name: str
    initials: str
    since: date
    why: str


@dataclass(frozen=True)
class Row:
    """A line of « Personnes rencontrées »: `state` is draft, incomplete, complete or anonymous or group.

    `nameable` is an anonymous contact who may give a name later: not one under 16.
    """

    id: str
    person: str | None
    at: datetime
    name: str
    initials: str
    age: str
    line: str
    state: str
    sent: bool
    nameable: bool = False


@dataclass(frozen=True)
class Day:
    """What Aujourd’hui shows. `met` newest first; `women`… of groups are counted in `people_met`.

    `left_open` was opened on another day and never closed: who is met now is not met there.
    """

    tour: Tour
    open_stop: Stop | None
    left_open: Stop | None
    met: tuple[Row, ...]
    encounters: int
    registrations: int
    anonymous: int
    people_met: int
    waiting: int

    @property
    def day(self) -> date:
        """Which day it is in Metz."""
        return self.tour.day

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The day's stops in order of opening."""
        return self.tour.stops


@dataclass(frozen=True)
class Draft:
    """A half-filled form: `answers` is field name → what was typed."""

    id: str
    kept_at: datetime
    answers: dict[str, object]
