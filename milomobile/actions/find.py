"""Finding people again, and looking at one of them."""

from datetime import datetime

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Found, Met, Part, Person, Sheet
from milomobile.errors import NotOurs
from milomobile.store import corrections, encounters, people


def search(profile: Profile, typed: str, now: datetime) -> list[Found]:
    """At most 50 people whose names, commune or telephone's end begin as typed, last met first."""
    today = now.astimezone(LOCAL).date()
    with profile.store.read() as session:
        rows = people.search(session, typed)
    names, districts = reference.commune_names(), reference.lists()["qpv"]
    found = []
    for row in rows:
        person = Person(row.given_name, row.birth_name, False, row.usual_name, row.birth_date, row.stated_age)
        commune, district = names.get(row.commune or ""), districts.get(row.qpv or "")
        complete = row.birth_date is not None
        age = person.age(today)
        found.append(
            Found(row.id, person.name, row.birth_date, age, commune, district, row.last_at, complete, bool(row.sent))
        )
    return found


def count_people(profile: Profile) -> int:
    """How many people this laptop knows."""
    with profile.store.read() as session:
        return people.count(session)


def sheet(profile: Profile, id: str, now: datetime) -> Sheet:
    """Everything the Jeunes page shows of one person; raises NotOurs where nobody has that id."""
    with profile.store.read() as session:
        row = people.get(session, id)
        if row is None:
            raise NotOurs("Cette fiche n’est plus sur ce poste. Cherchez la personne dans la liste.")
        every = people.circle(session, id)
        met = encounters.of_person(session, every)
        meetings = encounters.appointments_of(session, every, now)
        parts = people.parts(session, id)
        corrected = corrections.of_person(session, every)
    lists = reference.lists()
    category = next((one.category for one in met if one.category), None)
    needs = lists["demande_exprimee"]
    return Sheet(
        id=id,
        person=people.person_of(row),
        commune=reference.commune_names().get(row.commune or ""),
        district=lists["qpv"].get(row.qpv or ""),
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
        corrections=tuple(corrected),
        parts=tuple(Part(one.id, people.person_of(one).name, one.merged_by == "office") for one in parts),
    )
