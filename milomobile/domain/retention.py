"""What must go from the laptop, and when (domain.md 4.4); and how people are still counted when it is gone."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from milomobile.domain.choices import age_band
from milomobile.domain.facts import district

KEPT, KEPT_LEAST, KEPT_MOST = 12, 6, 24
"""Months that a name stays after the last encounter, or after an I-MILO number came (CNIL, délibération 2021-028)."""
NEXT, OUTSIDE, GONE = "people", "outside", "gone"
"""Facts of the tally beside the answers: see `Leaving`; `gone` counts files whose names went."""
STRIPPED: Mapping[str, object] = {
    **dict.fromkeys(
        "email social address preference birth_place birth_country guardian_link guardian_name guardian_phone referent "
        "scheme".split()
    ),
    "no_address": False,
    "agrees_email": False,
    "agrees_partners": {},
}
"""What a reduced person is no longer said to be; the rest is the short list of domain.md 4.4."""
LASTING = frozenset(
    "id kind at day stop_id place_id setting adviser_id person_id women men unspecified seq first_met".split()
)
"""What an encounter keeps: that it took place, where, when and with how many. `person_id` goes from all but the last."""


@dataclass(frozen=True)
class Purged:
    """What went, or will go: names erased, files reduced, encounters without a person from then on, lines of the journal,
    people of lists to look for. `left` are files that are not safe at the server yet, `drafts` those never touched.
    """

    erased: int = 0
    reduced: int = 0
    encounters: int = 0
    journal: int = 0
    sought: int = 0
    left: int = 0
    drafts: int = 0

    @property
    def some(self) -> bool:
        """Whether anything goes."""
        return any((self.erased, self.reduced, self.encounters, self.journal, self.sought))


@dataclass(frozen=True)
class Leaving:
    """One person leaves a day's figures: `again` is the month (YYYY-MM) they were next met in, or nothing.

    A period counts them where `again` is not of it: then no later encounter in it does. Exact for a day and for whole
    months, without anything of who it was.
    """

    day: date
    again: str


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def is_old(last: date, numbered: date | None, day: date, months: int) -> bool:
    """Whether a name goes by `day`: last met, or told to have a file in I-MILO, longer ago than `months`."""
    before = months_before(day, months)
    return last < before or (numbered is not None and numbered < before)


def leaving(met: Iterable[date], unlinked: Iterable[date], kept: Iterable[date]) -> list[Leaving]:
    """One person's days: of all encounters still known as theirs, of those that lose their link, of those that keep it."""
    days, staying = sorted(set(met)), set(kept)
    gone = sorted(set(unlinked) - staying)
    return [Leaving(day, next((month(later) for later in days if later > day), "")) for day in gone]


def begun(linked: Sequence[Any], staying: Collection[str]) -> dict[str, bool | None]:
    """Of one person's encounters (rows with `id`, `at`, `first_met`), some of which stay linked: id → what is told of each.

    One that loses its link: whether it was their first. One that stays: False where the first has lost its link, now or
    before; None while nothing need be told, for the earliest still linked is the first.
    """
    before = any(row.first_met is False for row in linked)
    first = None if before else min(linked, key=lambda row: (row.at, row.id), default=None)
    lost = before or (first is not None and first.id not in staying)
    return {row.id: (False if lost else None) if row.id in staying else row is first for row in linked}


def counts(again: str, day: date, first: date, last: date, to_the_end: bool) -> bool:
    """Whether someone who left the figures of `day` counts in a period that has it.

    `to_the_end`: nobody was met after the period in its last month.
    """
    if not again or again > month(last):
        return True
    return again == month(day) == month(last) and not to_the_end


def month(day: date) -> str:
    """YYYY-MM."""
    return f"{day:%Y-%m}"


def facts(met: Mapping[str, Any], person: Mapping[str, Any], age: int | None) -> list[tuple[str, str]]:
    """(fact, value) of what an encounter and its person told, for the tally; what is protected is never here."""
    said = [
        (name, met[name]) for name in ("category", "level", "inactive_since", "diploma", "origin", "known", "outcome")
    ]
    said += [(name, person[name]) for name in ("commune", "handover")]
    said += [("qpv", person["qpv"] if person["qpv_status"] != "NON" else None), ("qpv_status", person["qpv_status"])]
    said += [("district", district(person["qpv"], person["qpv_status"]))]
    if age is not None:
        said += [("age_band", age_band(age)), ("outcome_minor", met["outcome"] if age < 18 else None)]
    said += [("needs", need) for need in met["needs"] if need != "SANTE"]
    return [(fact, str(value)) for fact, value in said if value]


def last_of(encounters: Sequence[Any]) -> Any:
    """The one that stays linked, of rows with `at` and `seq`."""
    return max(encounters, key=lambda row: (row.at, row.seq))


def whole_months(first: date, last: date) -> tuple[str, str]:
    """The first and the last month that lie wholly in a period, both dates included, as YYYY-MM; the last before where none."""
    begins = first.year * 12 + first.month - (first.day == 1)
    ends = last.year * 12 + last.month - 1 - (last < month_s_end(last))
    return _month_of(begins), _month_of(ends)


def month_s_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month_of(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
