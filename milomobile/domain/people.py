"""Who someone is, and how to reach them."""

from dataclasses import dataclass
from datetime import date, datetime

from milomobile.domain.dates import age_on
from milomobile.domain.texts import plain


@dataclass(frozen=True)
class Person:
    """Someone who gave a name. `phone` is E.164 where it could be read, else as typed.

    `qpv_generation` is the list that `qpv` was said under; `country` is where they live if not in France, and
    `no_address` says that they have no stable address.
    """

    given_name: str = ""
    birth_name: str = ""
    one_name: bool = False
    usual_name: str | None = None
    birth_date: date | None = None
    stated_age: int | None = None
    sex: str = "NSP"
    phone: str | None = None
    email: str | None = None
    social: str | None = None
    address: str | None = None
    postal_code: str | None = None
    commune: str | None = None
    qpv: str | None = None
    qpv_status: str | None = None
    preference: str | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    qpv_generation: str | None = None
    no_address: bool = False
    country: str | None = None

    @property
    def abroad(self) -> bool:
        """Whether they live in another country than France."""
        return abroad(self.country)

    @property
    def name(self) -> str:
        """Given name, then name."""
        return " ".join(part for part in (self.given_name, self.usual_name or self.birth_name) if part)

    def age(self, day: date) -> int | None:
        """Full years on `day`, or the age they said, or None."""
        return age_on(self.birth_date, day) if self.birth_date else self.stated_age


@dataclass(frozen=True)
class Guardian:
    """Who answers for a minor of 16 or 17 whose file is to be opened. `phone` as in `Person`."""

    link: str | None = None
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Alike:
    """Somebody known who may be the one being typed: `level` of `domain.likeness`, `why` in words; `place` of the last
    encounter.
    """

    id: str
    person: Person
    level: str
    why: tuple[str, ...]
    last_at: datetime
    place: str


@dataclass(frozen=True)
class Found:
    """A line of the Jeunes list. `complete` is false while the birth date is missing."""

    id: str
    name: str
    birth_date: date | None
    age: int | None
    commune: str | None
    qpv: str | None
    last_encounter: datetime | None
    complete: bool
    sent: bool


@dataclass(frozen=True)
class Met:
    """One encounter in someone's history, in words."""

    id: str
    at: datetime
    place: str
    setting: str
    adviser: str
    needs: tuple[str, ...]
    outcome: str | None
    sent: bool


@dataclass(frozen=True)
class Correction:
    """That a file was corrected: when, by whom, which answers; never what they were (domain.md 4.4)."""

    at: datetime
    adviser: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A file found to be of the same person, by an adviser or the office, and shown as part of hers."""

    id: str
    name: str
    by_office: bool


@dataclass(frozen=True)
class Sheet:
    """What the Jeunes page shows of one person; `encounters` newest first, `appointments` those still to come."""

    id: str
    person: Person
    commune: str | None
    district: str | None
    situation: str | None
    handover: str | None
    encounters: tuple[Met, ...]
    appointments: tuple[tuple[datetime, str], ...]
    imilo_number: int | None = None
    corrections: tuple[Correction, ...] = ()
    parts: tuple[Part, ...] = ()
    outside: bool = False
    """Belongs to another Mission Locale than ours, `structure` where it is known."""
    structure: str | None = None
    restricted_at: datetime | None = None
    objected_at: datetime | None = None
    agreements: tuple[str, ...] = ()
    """sms, call, email, and the names of partners: what they agreed to"""


def abroad(country: object) -> bool:
    """Whether a country of residence is another than France."""
    return bool(country) and plain(str(country)) != "france"


def short_name(given_name: str, birth_name: str) -> str:
    """« Inès B. », what lists show while somebody may look over the shoulder."""
    return f"{given_name} {birth_name[:1].upper()}.".strip() if given_name and birth_name else given_name or birth_name
