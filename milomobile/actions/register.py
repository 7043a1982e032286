"""Registering: what Save does, and what a line of a file does, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import whom
from milomobile.actions.open import Profile
from milomobile.actions.referring import GONE, sending
from milomobile.actions.written import encounter_row, encounter_set, given, plain_set
from milomobile.domain.encounters import Appointment, Named, Registration
from milomobile.domain.outings import Place
from milomobile.domain.problems import Problem, problems
from milomobile.domain.referrals import Referral
from milomobile.errors import NotReady
from milomobile.store import directory, encounters, journal, outbox, outings
from milomobile.store.outbox import Letter
from sync import records

NO_SETTING = "Ce lieu est nouveau\u00a0: indiquez aussi son cadre («\u00a0setting\u00a0»). Rien n’a été enregistré."
PROBABLY = "Une personne de même identité est déjà connue\u00a0: une nouvelle fiche a été faite, à vérifier."
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
    record = whom.settled(session, record) if isinstance(record, Named) else record
    moment = round(now.timestamp() * 1000)
    anonymous = _anonymous(session, record)
    encounter = anonymous or record.id or records.uuid7(moment)
    letters: list[Letter] = []
    place = known_place(session, record.place, record.setting, None, None, letters, moment)
    who = whom.of(session, record, moment) if isinstance(record, Named) else None
    person = who.id if who else None
    values = encounter_row(record, encounter, place.id, profile.adviser_id)
    values["stop_id"] = outings.stop_at(session, place.id, record.at)
    values["setting"] = record.setting if record.setting != place.setting else None
    if isinstance(record, Named) and who:
        letters += whom.letters(session, record, who)
    travels = encounter_set(record, values, person, profile.adviser)
    if anonymous:
        values["age_band"] = travels["age_band"] = None
    letters.append(Letter("encounter", encounter, travels, "update" if anonymous else "create"))
    meeting, sent = _meeting(record, person, encounter, moment), _referral(session, profile, record, person)
    letters += [made[1] for made in (meeting, sent) if made]
    seqs = outbox.put(session, letters, now)
    of = {letter.entity: seq for letter, seq in zip(letters, seqs, strict=True)}
    if isinstance(record, Named) and who:
        whom.keep(session, record, who, of.get("person", of["encounter"]))
    values |= {"person_id": person, "seq": of["encounter"]}
    encounters.correct(session, anonymous, values) if anonymous else encounters.add(session, values)
    if meeting and person:
        appointment, letter = meeting
        encounters.add_appointment(session, letter.entity_id, person, encounter, appointment.at, appointment.place)
    if sent:
        directory.add_referral(session, sent[1].entity_id, sent[0], of["referral"])
    journal.write(session, now, profile.adviser_id, f"create {record.kind}", encounter)
    doubts = (*found, *((Problem("person", PROBABLY, False),) if who and who.probable else ()))
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


def _meeting(
    record: Registration, person: str | None, encounter: str, moment: int
) -> tuple[Appointment, Letter] | None:
    """What is kept and what travels of an appointment."""
    if not isinstance(record, Named) or record.appointment is None:
        return None
    answers = {"person": person, "encounter": encounter, **plain_set(vars(record.appointment))}
    return record.appointment, Letter("appointment", records.uuid7(moment), answers)


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
