"""Finding people again, and looking at one of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from milomobile import reference
from milomobile.actions import home, shown
from milomobile.actions.open import Profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Found, Met, Part, Person, Sheet
from milomobile.errors import NotOurs
from milomobile.store import corrections, encounters, listing, people, rights


def search(profile: Profile, typed: str, now: datetime) -> list[Found]:
    """At most 50 people whose names, commune, telephone's end or file number are as typed, last met first."""
    return [one for one in people_at(profile, listed(profile, typed, "all", now)[:50], now) if one]


def listed(profile: Profile, typed: str, chip: str, now: datetime) -> list[int]:
    """The ranks of everybody searched for, last met first; `chip` is one of `searching.CHIPS`."""
    with profile.store.read() as session:
        return listing.ranks(session, typed, chip, now.astimezone(LOCAL).date())


def people_at(profile: Profile, ranks: Sequence[int], now: datetime) -> list[Found | None]:
    """Who has these ranks; None where somebody was met since, and has another."""
    today = now.astimezone(LOCAL).date()
    with profile.store.read() as session:
        rows = listing.rows(session, ranks)
    return [_found(rows[rank], today) if rank in rows else None for rank in ranks]


def rank_of(profile: Profile, id: str) -> int | None:
    """The rank of somebody, or None where they are not on this laptop any more."""
    with profile.store.read() as session:
        return listing.rank_of(session, id)


def count_chips(profile: Profile, now: datetime) -> dict[str, int]:
    """How many people each chip of the list lets through."""
    with profile.store.read() as session:
        return listing.counts(session, now.astimezone(LOCAL).date())


def _found(row: Any, today: date) -> Found:
    person = Person(row.given_name, row.birth_name, False, row.usual_name, row.birth_date, row.stated_age)
    commune, district = reference.commune_names().get(row.commune or ""), reference.lists()["qpv"].get(row.qpv or "")
    complete, age = row.birth_date is not None, person.age(today)
    return Found(row.id, person.name, row.birth_date, age, commune, district, row.last_at, complete, bool(row.sent))


def count_people(profile: Profile) -> int:
    """How many people this laptop knows."""
    with profile.store.read() as session:
        return people.count(session)


def sheet(profile: Profile, id: str, now: datetime) -> Sheet:
    """Everything the Jeunes page shows of one person; raises NotOurs where nobody has that id."""
    with profile.store.read() as session:
        row = people.get(session, id)
        if row is None:
            raise NotOurs(shown.GONE)
        every = people.circle(session, id)
        met = encounters.of_person(session, every)
        meetings = encounters.appointments_of(session, every, now)
        parts = people.parts(session, id)
        corrected = corrections.of_person(session, every)
        marks = rights.marks(session, every)
    lists, person, territory = reference.lists(), people.person_of(row), home.territory(profile)
    category = next((one.category for one in met if one.category), None)
    needs = lists["demande_exprimee"]
    return Sheet(
        id=id,
        person=person,
        commune=reference.commune_names().get(row.commune or ""),
        district=None if person.qpv_status == "NON" else lists["qpv"].get(row.qpv or ""),
        situation=lists["situation_categorie"].get(category or ""),
        handover=lists["statut_rattachement"].get(row.handover),
        encounters=tuple(
            Met(
                one.id,
                one.at,
                one.place,
                lists["cadre_contact"].get(one.setting, ""),
                one.adviser,
                tuple(needs.get(code, code) for code in one.needs),
                lists["resultat_contact"].get(one.outcome or ""),
                bool(one.sent),
            )
            for one in met
        ),
        appointments=tuple(meetings),
        imilo_number=row.imilo_number,
        restricted_at=marks.restricted_at,
        objected_at=marks.objected_at,
        agreements=tuple(
            name
            for name, agreed in (
                *((way, getattr(row, f"agrees_{way}")) for way in ("sms", "call", "email")),
                *row.agrees_partners.items(),
            )
            if agreed
        ),
        corrections=tuple(corrected),
        parts=tuple(Part(one.id, people.person_of(one).name, one.merged_by == "office") for one in parts),
        outside=territory.outside(person.commune, person.abroad, row.structure),
        structure=territory.name(row.structure),
    )
