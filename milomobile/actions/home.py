"""Where somebody lives: which QPV an address proposes, whose territory it is, and what the program itself fills in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.domain.choices import District
from milomobile.domain.encounters import Named
from milomobile.domain.people import Person, abroad
from milomobile.domain.streets import district_of, street
from milomobile.domain.territory import OURS, Territory, mission
from milomobile.store import lists

FRANCE = "France"


def propose_qpv(profile: Profile, address: str, commune: str) -> District | None:
    """The district that the office's list of streets gives for an address in a commune (INSEE); None where it does not."""
    with profile.store.read() as session:
        streets = [street(row) for _, row in lists.told(session, "street", commune=commune)]
    code = district_of(address, reference.commune_names().get(commune, ""), streets) if streets else None
    return next((one for one in reference.districts() if one.code == code), None)


def territory(profile: Profile) -> Territory:
    """The Missions Locales as the office told them, by `rank`, else as shipped. Ours is always among them."""
    with profile.store.read() as session:
        return territory_in(session)


def territory_in(session: Connection) -> Territory:
    """The same inside a transaction already begun."""
    rows = lists.told(session, "mission")
    rows.sort(key=lambda row: (int(rank) if (rank := str(row[1].get("rank") or "")).isdecimal() else 10**6, row[0]))
    told = tuple(mission(id, row) for id, row in rows)
    ours = () if any(one.code == OURS for one in told) else [one for one in reference.missions() if one.code == OURS]
    return Territory((*told, *ours) if told else reference.missions(), reference.epci_of())


def settled(record: Named, known: Person | None = None) -> Named:
    """With what follows about the QPV: OUI where one was said, NON where the commune has none, and the list it is of.

    `known` is the person as kept, whose answers are being corrected: what was left as it was keeps its own list.
    """
    person = record.person
    if known and _district(known) == _district(person):
        return replace(record, person=replace(person, qpv_generation=known.qpv_generation))
    if person.qpv_status is None and person.qpv:
        person = replace(person, qpv_status="OUI")
    elif person.qpv_status is None and not person.abroad and person.commune in reference.without_district():
        person = replace(person, qpv_status="NON")
    if (person.qpv or person.qpv_status) and not person.qpv_generation:
        person = replace(person, qpv_generation=reference.QPV_GENERATION)
    return record if person is record.person else replace(record, person=person)


def _district(person: Person) -> tuple[str | None, ...]:
    return person.commune, person.qpv, person.qpv_status


def moved(said: Mapping[str, Any], known: Mapping[str, Any], whole: bool) -> dict[str, Any]:
    """What a later encounter tells of where someone lives, beside what is known; `whole` where it was asked anew.

    Else not saying again that there is no stable address withdraws nothing, unless an address is given. A commune given
    by someone who lived abroad means France again.
    """
    told = dict(said)
    if not whole and not said["no_address"] and not said["address"]:
        told["no_address"] = None
    if abroad(known.get("country")) and not said["country"] and (whole or said["commune"]):
        told["country"] = FRANCE
    return told
