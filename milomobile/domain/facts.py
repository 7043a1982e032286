"""What one encounter gives to the figures: the columns that the tables of domain.md 5.3 are counted from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from milomobile.domain import audiences
from milomobile.domain.choices import age_band
from milomobile.domain.dates import age_on
from milomobile.domain.encounters import Situation

ATTACHED = "RATTACHE"
NOT_KEPT = "ANNULE"
PRESENT = "PRESENT"
ENTERED = ("CEJ", "PACEA", "OF16_18")
"""Schemes that somebody enters; PPAE is what France Travail already has with them."""


@dataclass(frozen=True)
class Fact:
    """One row of `contact_facts`. Yes is 1, no is 0, unknown None.

    `person` is who they were found to be at last; `latest` tells their last encounter of the period, `first_met` their
    first of all; `reduced` that its answers are no longer here. Of a group there are counts alone; `sex` and `age_band`
    of somebody named follow the file, on the day they were met. `district` is `district()`. `meeting` is an appointment
    taken then and not cancelled, `present` that they came to it.
    """

    id: str
    day: str
    place: str
    kind: str
    women: int = 0
    men: int = 0
    unspecified: int = 0
    person: str | None = None
    latest: int = 0
    first_met: int = 0
    reduced: int = 0
    sex: str | None = None
    age_band: str | None = None
    minor: int | None = None
    category: str | None = None
    inactive_since: str | None = None
    level: str | None = None
    diploma: str | None = None
    neet: int | None = None
    drop_out: int | None = None
    unfollowed: int | None = None
    homeless: int | None = None
    audiences: str = "[]"
    origin: str | None = None
    known: str | None = None
    outcome: str | None = None
    commune: str | None = None
    district: str | None = None
    qpv: int | None = None
    attached: int = 0
    scheme: str | None = None
    meeting: int = 0
    present: int = 0


COLUMNS = tuple(field.name for field in fields(Fact))
_VALUES = attrgetter(*COLUMNS)
KINDS: Mapping[str, str] = {field.name: "INTEGER" if "int" in str(field.type) else "TEXT" for field in fields(Fact)}
"""Column → its type, in SQLite's words and PostgreSQL's."""
CREATE = f"CREATE TEMPORARY TABLE contact_facts ({', '.join(f'{name} {kind}' for name, kind in KINDS.items())})"
CREATE_PASSED = "CREATE TEMPORARY TABLE passed (day TEXT, place TEXT)"
"""Where the van was, once a day and place: also where nobody was met."""


def row(fact: Fact) -> tuple[object, ...]:
    """The values in the order of COLUMNS."""
    return tuple(_VALUES(fact))


def district(qpv: str | None, status: str | None) -> str | None:
    """The QPV's code where they surely live in it, else what was said of it: OUI, NON, A_VERIFIER, None."""
    return status if status in ("NON", "A_VERIFIER") else qpv or status or None


def of_situation(situation: Situation, age: int | None) -> dict[str, int | None]:
    """What `audiences` computes of the answers, as columns."""
    homeless = None if situation.housing in (None, "NSP") else situation.housing in audiences.NO_HOME
    found = {
        "minor": None if age is None else age < 18,
        "neet": audiences.neet(situation),
        "drop_out": audiences.drop_out(age, situation),
        "unfollowed": audiences.unfollowed(situation),
        "homeless": homeless,
    }
    return {name: None if holds is None else int(holds) for name, holds in found.items()}


def band(born: date | None, stated: int | None, day: date) -> tuple[int | None, str | None]:
    """(age on a day, its band)."""
    age = age_on(born, day) if born else stated
    return age, None if age is None else age_band(age)
