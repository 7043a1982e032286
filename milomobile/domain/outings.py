"""The van's day: the outing, its stops, who was met."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Place:
    """Where the van stops; `setting` is a code of `cadre_contact`, `commune` an INSEE code, `qpv` a QPV code."""

    id: str
    name: str
    setting: str
    commune: str | None = None
    qpv: str | None = None


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


@dataclass(frozen=True)
class Row:
    """A line of « Personnes rencontrées »: `state` is draft, incomplete, complete or anonymous or group."""

    id: str
    person: str | None
    at: datetime
    name: str
    initials: str
    age: str
    line: str
    state: str
    sent: bool


@dataclass(frozen=True)
class Day:
    """What Aujourd’hui shows. `met` newest first; `women`… of groups are counted in `people_met`."""

    day: date
    stops: tuple[Stop, ...]
    open_stop: Stop | None
    met: tuple[Row, ...]
    encounters: int
    registrations: int
    anonymous: int
    people_met: int
    waiting: int


@dataclass(frozen=True)
class Draft:
    """A half-filled form: `answers` is field name → what was typed."""

    id: str
    kept_at: datetime
    answers: dict[str, object]
