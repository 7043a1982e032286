"""The offline directory (data-inclusion, schema v1) and referrals to its services: what fits whom, how near, how old."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from milomobile.domain.texts import plain

EVERYWHERE = ("france", "99100")
DOUBTFUL, STALE = 12, 24
"""Months since the last update after which a service is marked, and after which it is shown only when asked for."""
OF_NEED = {
    "EMPLOI": "trouver-un-emploi",
    "PROJET_PROFESSIONNEL": "choisir-un-metier",
    "FORMATION": "se-former",
    "LOGEMENT": "logement-hebergement",
    "SANTE": "sante",
}
"""The category of the directory for a code of `demande_exprimee`; those of `frein` are categories already."""


@dataclass(frozen=True)
class Structure:
    """Who offers services. `updated` is the day its source last changed it."""

    id: str
    source: str
    name: str
    updated: date
    commune: str | None = None
    insee: str | None = None
    postal_code: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    site: str | None = None
    hours: str | None = None


@dataclass(frozen=True)
class Service:
    """One service. `themes`, `publics`, `modes` are codes of the schema, `zones` communes, departments, EPCI or « france »."""

    id: str
    source: str
    structure_id: str
    name: str
    description: str
    updated: date
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    fee: str | None = None
    access: str | None = None
    commune: str | None = None
    insee: str | None = None
    postal_code: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Fault:
    """An entry of a file that was not taken: where it stands (« ligne 12 ») and why, as a sentence."""

    where: str
    sentence: str


@dataclass(frozen=True)
class Imported:
    """What came of a file: entries taken, entries of its sources that it no longer names, and faults in its order."""

    structures: int
    services: int
    dropped: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Offer:
    """A service as the directory shows it. `near`: 0 in the commune, 1 in its EPCI, 2 in its department, 3 elsewhere."""

    service: Service
    structure: Structure
    near: int
    age: str
    """fresh, doubtful or stale"""


@dataclass(frozen=True)
class Wanted:
    """A search: categories or themes of the schema, any of which fits, words, a commune (INSEE) or an EPCI (SIREN)."""

    needs: tuple[str, ...] = ()
    words: str = ""
    commune: str | None = None
    epci: str | None = None
    stale_too: bool = False


@dataclass(frozen=True)
class Referral:
    """Someone was sent to a service."""

    person: str
    service: str
    name: str
    structure: str
    at: datetime


def age_of(updated: date, today: date) -> str:
    """How far a service can still be believed."""
    months = (today.year - updated.year) * 12 + today.month - updated.month - (today.day < updated.day)
    return "stale" if months >= STALE else "doubtful" if months >= DOUBTFUL else "fresh"


def department(commune: str) -> str:
    """The department of a commune: two characters, three overseas."""
    return commune[:3] if commune.startswith("97") else commune[:2]


def found(
    services: Iterable[tuple[Service, Structure]], wanted: Wanted, epci_of: Mapping[str, str], today: date
) -> list[Offer]:
    """What fits, nearest first, then by name. `epci_of` tells the EPCI of a commune."""
    epci = wanted.epci or epci_of.get(wanted.commune or "")
    words = plain(wanted.words).split()
    offers = []
    for service, structure in services:
        age = age_of(service.updated, today)
        if (age == "stale" and not wanted.stale_too) or not _about(service, wanted.needs):
            continue
        if words:
            text = plain(f"{service.name} {structure.name} {service.description} {service.commune or ''}")
            if not all(word in text for word in words):
                continue
        here = service.insee or structure.insee
        near = _near(here, wanted.commune, epci, epci_of)
        if _reaches(service.zones, here, wanted.commune, epci, near):
            offers.append(Offer(service, structure, near, age))
    return sorted(offers, key=lambda offer: (offer.near, plain(offer.service.name), offer.service.id))


def _about(service: Service, needs: tuple[str, ...]) -> bool:
    about = (theme == need or theme.startswith(f"{need}--") for need in needs for theme in service.themes)
    return not needs or any(about)


def _near(here: str | None, commune: str | None, epci: str | None, epci_of: Mapping[str, str]) -> int:
    if here is None or (commune is None and epci is None):
        return 3
    if here == commune:
        return 0
    if epci is not None and epci_of.get(here) == epci:
        return 1
    return 2 if commune and department(here) == department(commune) else 3


def _reaches(zones: tuple[str, ...], here: str | None, commune: str | None, epci: str | None, near: int) -> bool:
    """Whether somebody of there may go: within the zone said, or, where none is, wherever it is not another region's."""
    if commune is None and epci is None:
        return True
    if not zones:
        return near < 3 or here is None
    mine = {commune, epci, department(commune) if commune else None, *EVERYWHERE}
    return any(zone in mine for zone in zones) or (commune is None and near == 1)
