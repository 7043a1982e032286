"""What the form does with its answers as they come: what follows from them, and how they are shown once left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from milomobile.domain.audiences import computed, guardian_complete, needs_guardian, said
from milomobile.domain.dates import LOCAL, age_on, french_date, read_date, read_month
from milomobile.domain.encounters import IN_REACH, Named, Registration
from milomobile.domain.form import DATES, MONTH, PHONES
from milomobile.domain.phones import read_phone, show_phone
from milomobile.domain.problems import Problem

_LINKED = ("RATTACHE", "DEJA_DOSSIER")


@dataclass(frozen=True)
class Seen:
    """What follows from the answers of a form, half or wholly filled.

    `facts` are said beside it, `asked` the conditions that hold; `minor` is the age of someone whose guardian is asked,
    `handover` the answer that fits age and territory while nobody chose another.
    """

    facts: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    minor: int | None = None
    guardian_missing: bool = False
    handover: str = "A_RATTACHER"


@dataclass(frozen=True)
class Shown:
    """How an answer is written once it was left: its text, what it means, and whether it is right."""

    text: str
    fact: str = ""
    right: bool = False


def look(
    value: Registration | None, kept: Mapping[str, object], birth_date_left: bool, where: frozenset[str] = frozenset()
) -> Seen:
    """Reads on from a line's value and all that stands in the form, asked or not.

    `birth_date_left` once the keyboard was in the birth date and went on; `where` are the conditions that hold of where
    the person lives.
    """
    if not isinstance(value, Named):
        return Seen(asked=where)
    found = computed(value)
    young = found.age is not None and found.age < IN_REACH.start
    minor = needs_guardian(value.person, value.handover, value.at.astimezone(LOCAL).date())
    conditions = {
        "no_birth_date": "person.birth_date" not in kept and (birth_date_left or "person.stated_age" in kept),
        "drop_out": bool(found.drop_out) or "DECROCHEUR" in value.audiences,
        "guardian": minor,
        "linked": value.handover in _LINKED,
        "rqth": value.reserved.rqth == "OUI",
    }
    return Seen(
        facts=tuple(said(found)),
        asked=where | {name for name, holds in conditions.items() if holds},
        minor=found.age if minor else None,
        guardian_missing=minor and not guardian_complete(value.guardian),
        handover="HORS_PERIMETRE" if (found.out_of_reach and not young) or "outside" in where else "A_RATTACHER",
    )


def as_refused(problems: Iterable[Problem]) -> Iterator[Problem]:
    """As the form says them: a RQTH without the tick is not saved, and an appointment's time stands under its day."""
    for problem in problems:
        if problem.field == "appointment.at":
            yield replace(problem, field="appointment.day")
        else:
            yield replace(problem, refused=True) if problem.field == "reserved.rqth_consent" else problem


def tidied(name: str, typed: str, at: datetime) -> Shown | None:
    """Dates, months and phones as they were understood; None for other answers and for what was not."""
    today = at.astimezone(LOCAL).date()
    try:
        if name in DATES:
            return _day(name, typed, today)
        if name == MONTH:
            month = read_month(typed)
            return Shown(f"{month[5:]}/{month[:4]}")
    except ValueError:
        return None
    if name in PHONES and typed:
        kept, doubt = read_phone(typed)
        return None if doubt else Shown(show_phone(kept), right=True)
    return None


def _day(name: str, typed: str, today: date) -> Shown:
    birth = name == "person.birth_date"
    day = read_date(typed, today if birth else today.replace(year=today.year + 5, day=1))
    age = age_on(day, today)
    return Shown(french_date(day), f"{age}\u00a0ans" if birth and 16 <= age < 30 else "")
