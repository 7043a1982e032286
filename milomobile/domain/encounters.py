"""One contact on one day: named, anonymous or a counted group; the shapes of a `register` line (cli.md)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from milomobile.domain.people import Guardian, Person

WAYS = ("sms", "call", "email")
IN_REACH = range(16, 26)
"""Ages that I-MILO takes: 16 to 25 révolus (code du travail, L.5314-2)."""


@dataclass(frozen=True)
class Situation:
    """What they do today, codes of domain.md 1.8. `left_school` is a month, YYYY-MM; `children` how many they look after."""

    category: str = ""
    inactive_since: str | None = None
    level: str | None = None
    diploma: str | None = None
    registered_ft: str | None = None
    last_contact: str | None = None
    housing: str | None = None
    licence: str | None = None
    transport: str | None = None
    resources: tuple[str, ...] = ()
    children: int | None = None
    french_help: str | None = None
    last_class: str | None = None
    left_school: str | None = None
    ft_id: str | None = None
    ft_id_absence: str | None = None


@dataclass(frozen=True)
class Reserved:
    """Protected criteria: written, sealed to the server, never read back on the laptop.

    `rqth_consent` says that the person explicitly agreed to its being noted (RGPD art. 9).
    """

    justice: str = "NON_DEMANDE"
    ase: str = "NON_DEMANDE"
    rqth: str = "NON_DEMANDE"
    rqth_consent: str = "NON_DEMANDE"

    @property
    def asked(self) -> bool:
        """Whether there is anything to seal."""
        return (self.justice, self.ase, self.rqth) != ("NON_DEMANDE",) * 3


@dataclass(frozen=True)
class Appointment:
    """A meeting to come."""

    at: datetime
    place: str


@dataclass(frozen=True)
class Notice:
    """Which information notice was given, and how (RGPD art. 13).

    `language` is that of the text shown; `signature` is as `domain.strokes` keeps it, `unsigned` why there is none.
    """

    version: str = ""
    how: str = ""
    language: str | None = None
    signature: str | None = None
    unsigned: str | None = None


@dataclass(frozen=True)
class Agrees:
    """By what the person agrees to be called back, and by which partners; None is not said, so nothing changes.

    `partners` are (name, whether that one may have name and telephone). Each can be withdrawn alone.
    """

    sms: bool | None = None
    call: bool | None = None
    email: bool | None = None
    partners: tuple[tuple[str, bool], ...] = ()

    def said(self) -> dict[str, bool]:
        """What was said, by way; a partner's is under « partner » and its name."""
        ways = {way: getattr(self, way) for way in WAYS}
        said = {way: agreed for way, agreed in ways.items() if agreed is not None}
        return said | {f"partner {name}": agreed for name, agreed in self.partners}


@dataclass(frozen=True)
class Named:
    """A registration: one encounter with someone who gave a name; `referral` is the service they were sent to, by its id.

    The adviser says by `same_as` whom this is (the id of someone known here), by `apart` whom it is not though alike, and
    by `was_anonymous` which anonymous contact now gives a name: that encounter becomes this one.
    """

    at: datetime
    place: str
    person: Person
    situation: Situation
    notice: Notice
    setting: str | None = None
    origin: str = "SPONTANE"
    known: str = "NON_CONNU"
    audiences: tuple[str, ...] = ()
    reserved: Reserved = field(default_factory=Reserved)
    needs: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    outcome: str = "INFORMATION_SIMPLE"
    recall_on: date | None = None
    appointment: Appointment | None = None
    handover: str = "A_RATTACHER"
    agrees: Agrees = field(default_factory=Agrees)
    guardian: Guardian = field(default_factory=Guardian)
    referent: str | None = None
    scheme: str | None = None
    imilo_number: int | None = None
    structure: str | None = None
    same_as: str | None = None
    apart: tuple[str, ...] = ()
    was_anonymous: str | None = None
    comment: str | None = None
    referral: str | None = None
    id: str | None = None
    kind: str = "named"


@dataclass(frozen=True)
class Anonymous:
    """Someone met who gave no name."""

    at: datetime
    place: str
    setting: str | None = None
    age_band: str | None = None
    sex: str = "NSP"
    needs: tuple[str, ...] = ()
    id: str | None = None
    kind: str = "anonymous"


@dataclass(frozen=True)
class Group:
    """A counted group: so many women, so many men."""

    at: datetime
    place: str
    setting: str | None = None
    women: int = 0
    men: int = 0
    unspecified: int = 0
    age_band: str | None = None
    id: str | None = None
    kind: str = "group"


Registration = Named | Anonymous | Group
