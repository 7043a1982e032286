"""Registering: what Save does, and what a line of a file does, in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import home
from milomobile.actions.open import Profile
from milomobile.actions.referring import GONE, sending
from milomobile.actions.written import (
    encounter_row,
    encounter_set,
    file_columns,
    given,
    nested,
    person_columns,
    person_set,
    plain_set,
)
from milomobile.domain.encounters import WAYS, Named, Registration
from milomobile.domain.outings import Place
from milomobile.domain.problems import STRUCTURE, Problem, problems
from milomobile.domain.referrals import Referral
from milomobile.errors import NotReady
from milomobile.store import directory, encounters, journal, matching, outbox, outings, people, settings, sought
from milomobile.store.outbox import Letter
from sync import records

_CONTACT = (
    "usual_name phone email social address postal_code commune qpv qpv_status qpv_generation no_address country "
    "preference birth_place birth_country"
).split()
_IDENTITY = ("given_name", "birth_name", "one_name", "birth_date", "stated_age", "sex")
_UNSAID = (None, "", "NSP", False)
NOT_ENROLLED = (
    "Les critères protégés ne se notent qu’une fois ce poste relié au serveur. Rien n’a été enregistré. "
    "Reliez-le, puis recommencez."
)
NO_SETTING = "Ce lieu est nouveau\u00a0: indiquez aussi son cadre («\u00a0setting\u00a0»). Rien n’a été enregistré."
PROBABLY = "Une personne de même identité est déjà connue\u00a0: une nouvelle fiche a été faite, à vérifier."
NOBODY = "La personne choisie n’est plus sur ce poste. Rien n’a été enregistré\u00a0: cherchez-la, ou faites une nouvelle fiche."
NO_LONGER = (
    "Ce contact anonyme n’est plus sur ce poste, ou a déjà un nom. Rien n’a été enregistré\u00a0: recommencez la fiche."
)


@dataclass(frozen=True)
class Registered:
    """The encounter kept, of whom, whether it was there before, and what is doubtful."""

    id: str
    person: str | None
    already: bool
    warnings: tuple[Problem, ...]


def register(profile: Profile, record: Registration, now: datetime, draft: str | None = None) -> Registered:
    """Keeps a registration: rows, keys, outbox lines and journal, or none of them. Raises NotReady or NoRoom.

    `draft` is the half-filled form that it was; it goes in the same transaction.
    """
    found = problems(record, reference.lists(), now)
    if refused := tuple(problem for problem in found if problem.refused):
        raise NotReady(refused[0].sentence, refused)
    with profile.store.write() as session:
        if draft:
            encounters.drop_draft(session, draft)
        return register_in(session, profile, record, now, found)


def register_in(
    session: Connection, profile: Profile, record: Registration, now: datetime, found: tuple[Problem, ...]
) -> Registered:
    """The same inside a transaction already begun, for a record whose problems were looked at."""
    if record.id and encounters.exists(session, record.id):
        return Registered(record.id, None, True, ())
    record = home.settled(record) if isinstance(record, Named) else record
    moment = round(now.timestamp() * 1000)
    anonymous = _anonymous(session, record)
    encounter = anonymous or record.id or records.uuid7(moment)
    letters: list[Letter] = []
    place = known_place(session, record.place, record.setting, None, None, letters, moment)
    values = encounter_row(record, encounter, place.id, profile.adviser_id)
    values["stop_id"] = outings.stop_at(session, place.id, record.at)
    values["setting"] = record.setting if record.setting != place.setting else None
    person, doubts = None, found
    add_person = None
    if isinstance(record, Named):
        known, probable = _known(session, record)
        record = _told_apart(session, record)
        _check_structure(session, record, known)
        if probable:
            doubts = (*found, Problem("person", PROBABLY, False))
        person = known or records.uuid7(moment)
        add_person = _met_again if known else _met_first
        letters += _person_letters(session, record, person, known)
        letters += _sealed(session, record, person)
    travels = encounter_set(record, values, person, profile.adviser)
    if anonymous:
        values["age_band"] = travels["age_band"] = None
    letters.append(Letter("encounter", encounter, travels, "update" if anonymous else "create"))
    meeting = _meeting(record, person, encounter, moment)
    if meeting:
        letters.append(meeting)
    sent = _referral(session, profile, record, person)
    if sent:
        letters.append(sent[1])
    seqs = outbox.put(session, letters, now)
    of = {letter.entity: seq for letter, seq in zip(letters, seqs, strict=True)}
    if isinstance(record, Named) and person and add_person:
        add_person(session, record, person, of.get("person", of["encounter"]))
        sought.found(session, person, record.person)
    values |= {"person_id": person, "seq": of["encounter"]}
    encounters.correct(session, anonymous, values) if anonymous else encounters.add(session, values)
    if meeting and isinstance(record, Named) and record.appointment and person:
        at, where = record.appointment.at, record.appointment.place
        encounters.add_appointment(session, meeting.entity_id, person, encounter, at, where)
    if sent:
        directory.add_referral(session, sent[1].entity_id, sent[0], of["referral"])
    journal.write(session, now, profile.adviser_id, f"create {record.kind}", encounter)
    return Registered(encounter, person, False, tuple(p for p in doubts if not p.refused))


def known_place(
    session: Connection,
    name: str,
    setting: str | None,
    commune: str | None,
    qpv: str | None,
    letters: list[Letter],
    moment: int,
) -> Place:
    """The place of that name, or a new one, whose letter is added; raises NotReady where its setting is missing."""
    known = outings.place_named(session, name)
    if known:
        learned = {"commune": commune or known.commune, "qpv": qpv or known.qpv}
        if (known.commune, known.qpv) != (learned["commune"], learned["qpv"]):
            outings.learn_place(session, known.id, learned["commune"], learned["qpv"])
            letters.append(Letter("place", known.id, given(**learned), "update"))
            known = replace(known, commune=learned["commune"], qpv=learned["qpv"])
        return known
    if not setting:
        raise NotReady(NO_SETTING, (Problem("setting", NO_SETTING),))
    place = Place(records.uuid7(moment), name, setting, commune, qpv)
    outings.add_place(session, place)
    letters.append(Letter("place", place.id, given(name=name, setting=setting, commune=commune, qpv=qpv)))
    return place


def _anonymous(session: Connection, record: Registration) -> str | None:
    """The anonymous contact that gives a name by this; raises NotReady where there is none of that id."""
    id = record.was_anonymous if isinstance(record, Named) else None
    kept = encounters.get(session, id) if id else None
    if id and (kept is None or kept.kind != "anonymous"):
        raise NotReady(NO_LONGER, (Problem("was_anonymous", NO_LONGER),))
    return id


def _known(session: Connection, record: Named) -> tuple[str | None, str | None]:
    """(who this surely is, who it probably is): an id or None for each. Raises NotReady where the one chosen is not here."""
    if record.same_as:
        known = people.merged(session, record.same_as)
        if people.get(session, known) is None:
            raise NotReady(NOBODY, (Problem("same_as", NOBODY),))
        return known, None
    sure, probable = matching.same(session, record.person, record.apart)
    return people.merged(session, sure) if sure else None, probable


def _told_apart(session: Connection, record: Named) -> Named:
    """Without those who are not on this laptop (any more): nobody is taken for them."""
    here = tuple(id for id in record.apart if people.get(session, id))
    return record if here == record.apart else replace(record, apart=here)


def _check_structure(session: Connection, record: Named, known: str | None) -> None:
    """Raises NotReady for a Mission Locale that no list names, unless it was that of the person before."""
    if record.structure is None or any(one.code == record.structure for one in home.territory_in(session).missions):
        return
    if known is None or people.get(session, known).structure != record.structure:
        raise NotReady(STRUCTURE, (Problem("structure", STRUCTURE),))


def _person_letters(session: Connection, record: Named, person: str, known: str | None) -> list[Letter]:
    if known is None:
        return [Letter("person", person, person_set(record) | given(apart=list(record.apart) or None))]
    changes = _changes(session, record, person)
    return [Letter("person", person, nested(record, changes), "update")] if changes else []


def _changes(session: Connection, record: Named, person: str) -> dict[str, Any]:
    kept = people.get(session, person)
    known = kept._mapping if kept else {}
    said = {name: getattr(record.person, name) for name in _CONTACT} | file_columns(record)
    said |= {f"agrees_{way}": getattr(record.agrees, way) for way in WAYS}
    partners = dict(known.get("agrees_partners") or {})
    said["agrees_partners"] = partners | dict(record.agrees.partners)
    identity = {name: getattr(record.person, name) for name in _IDENTITY}
    said |= {
        name: value
        for name, value in identity.items()
        if value not in _UNSAID and (record.same_as or known.get(name) in _UNSAID)
    }
    if record.same_as or known.get("handover") == Named.handover:
        said["handover"] = record.handover
    told = home.moved(said, known, record.same_as is not None)
    return {name: value for name, value in told.items() if value is not None and value != known.get(name)}


def _met_first(session: Connection, record: Named, person: str, seq: int) -> None:
    commune = reference.commune_names().get(record.person.commune or "")
    more = {**person_columns(record), "apart": list(record.apart)}
    people.add(session, person, record.person, record.at, seq, commune, **more)


def _met_again(session: Connection, record: Named, person: str, seq: int) -> None:
    changes = _changes(session, record, person)
    kept = people.get(session, person)
    whole = replace(people.person_of(kept), **_of_person(changes)) if kept else record.person
    commune = reference.commune_names().get(whole.commune or "")
    people.met_again(session, person, whole, record.at, commune, {**changes, "seq": seq})


def _of_person(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: changes[name] for name in (*_CONTACT, *_IDENTITY) if name in changes}


def _sealed(session: Connection, record: Named, person: str) -> list[Letter]:
    if not record.reserved.asked:
        return []
    sealing = settings.get(session, "sealing_key")
    if sealing is None:
        raise NotReady(NOT_ENROLLED, (Problem("reserved", NOT_ENROLLED),))
    criteria = {name: code for name, code in asdict(record.reserved).items() if name != "rqth_consent" or code == "OUI"}
    return [Letter("reserved", person, records.seal(bytes.fromhex(sealing), person, criteria))]


def _meeting(record: Registration, person: str | None, encounter: str, moment: int) -> Letter | None:
    if not isinstance(record, Named) or record.appointment is None:
        return None
    answers = {"person": person, "encounter": encounter, **plain_set(vars(record.appointment))}
    return Letter("appointment", records.uuid7(moment), answers)


def _referral(
    session: Connection, profile: Profile, record: Registration, person: str | None
) -> tuple[Referral, Letter] | None:
    """What is kept and what travels of the service somebody is sent to; raises NotReady where it is not in the directory."""
    if not isinstance(record, Named) or not record.referral or not person:
        return None
    sent = sending(session, profile, person, record.referral, record.at)
    if sent is None:
        raise NotReady(GONE, (Problem("referral", GONE),))
    return sent
