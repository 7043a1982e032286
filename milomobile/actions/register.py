"""Registering: what Save does, and what a line of a file does, in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import WAYS, Anonymous, Group, Named, Registration
from milomobile.domain.outings import Place
from milomobile.domain.problems import Problem, problems
from milomobile.errors import NotReady
from milomobile.store import encounters, journal, matching, outbox, outings, people, settings
from milomobile.store.outbox import Letter
from sync import records

_CONTACT = (
    "usual_name phone email social address postal_code commune qpv qpv_status qpv_generation no_address country "
    "preference birth_place birth_country"
).split()
_FILE = ("referent", "scheme", "imilo_number", "structure")
NOT_ENROLLED = "Les critères protégés ne se notent qu’une fois ce poste relié au serveur. Reliez-le, puis recommencez."
NO_SETTING = "Ce lieu est nouveau : indiquez aussi son cadre (« setting »)."
PROBABLY = "Une personne de même identité est déjà connue : une nouvelle fiche a été faite, à vérifier."


@dataclass(frozen=True)
class Registered:
    """The encounter kept, of whom, whether it was there before, and what is doubtful."""

    id: str
    person: str | None
    already: bool
    warnings: tuple[Problem, ...]


def register(profile: Profile, record: Registration, now: datetime) -> Registered:
    """Keeps a registration: rows, keys, outbox lines and journal, or none of them. Raises NotReady or NoRoom."""
    found = problems(record, reference.lists(), now)
    if refused := tuple(problem for problem in found if problem.refused):
        raise NotReady(refused[0].sentence, refused)
    with profile.store.write() as session:
        return register_in(session, profile, record, now, found)


def register_in(
    session: Connection, profile: Profile, record: Registration, now: datetime, found: tuple[Problem, ...]
) -> Registered:
    """The same inside a transaction already begun, for a record whose problems were looked at."""
    if record.id and encounters.exists(session, record.id):
        return Registered(record.id, None, True, ())
    moment = round(now.timestamp() * 1000)
    encounter = record.id or records.uuid7(moment)
    letters: list[Letter] = []
    place = known_place(session, record.place, record.setting, None, None, letters, moment)
    values = encounter_row(record, encounter, place.id, profile.adviser_id)
    values["stop_id"] = outings.stop_at(session, place.id, record.at)
    person, doubts = None, found
    add_person = None
    if isinstance(record, Named):
        sure, probable = matching.same(session, record.person)
        if probable:
            doubts = (*found, Problem("person", PROBABLY, False))
        person = sure or records.uuid7(moment)
        add_person = _met_again if sure else _met_first
        letters += _person_letters(session, record, person, sure)
        letters += _sealed(session, record, person)
    letters.append(Letter("encounter", encounter, encounter_set(record, values, person, profile.adviser)))
    meeting = _meeting(record, person, encounter, moment)
    if meeting:
        letters.append(meeting)
    seqs = outbox.put(session, letters, now)
    of = {letter.entity: seq for letter, seq in zip(letters, seqs, strict=True)}
    if isinstance(record, Named) and person and add_person:
        add_person(session, record, person, of.get("person", of["encounter"]))
    encounters.add(session, {**values, "person_id": person, "seq": of["encounter"]})
    if meeting and isinstance(record, Named) and record.appointment and person:
        at, where = record.appointment.at, record.appointment.place
        encounters.add_appointment(session, meeting.entity_id, person, encounter, at, where)
    journal.write(session, now, profile.adviser_id, f"register {record.kind}", encounter)
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
            letters.append(Letter("place", known.id, _given(**learned), "update"))
            known = replace(known, commune=learned["commune"], qpv=learned["qpv"])
        return known
    if not setting:
        raise NotReady(NO_SETTING, (Problem("setting", NO_SETTING),))
    place = Place(records.uuid7(moment), name, setting, commune, qpv)
    outings.add_place(session, place)
    letters.append(Letter("place", place.id, _given(name=name, setting=setting, commune=commune, qpv=qpv)))
    return place


def _person_letters(session: Connection, record: Named, person: str, sure: str | None) -> list[Letter]:
    if sure is None:
        return [Letter("person", person, person_set(record))]
    changes = _changes(session, record, person)
    return [Letter("person", person, _nested(record, changes), "update")] if changes else []


def person_set(record: Named) -> dict[str, Any]:
    """What travels of a person."""
    answers = {**_plain(vars(record.person)), "handover": record.handover, "agrees": _agreed(record)}
    return answers | _nested(record, file_columns(record))


def person_columns(record: Named) -> dict[str, Any]:
    """The columns of a person that are not of `Person`: handover, agreements, guardian, and what the file needs."""
    agrees = {f"agrees_{way}": bool(getattr(record.agrees, way)) for way in WAYS}
    partners = {"agrees_partners": dict(record.agrees.partners)}
    return {"handover": record.handover, **agrees, **partners, **file_columns(record)}


def _agreed(record: Named) -> dict[str, bool]:
    return dict.fromkeys(WAYS, False) | record.agrees.said()


def file_columns(record: Named) -> dict[str, Any]:
    """The guardian and what the file needs, as columns."""
    guardian = {f"guardian_{name}": said for name, said in vars(record.guardian).items()}
    return guardian | {name: getattr(record, name) for name in _FILE}


def _nested(record: Named, columns: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: said for name, said in columns.items() if not name.startswith(("guardian_", "agrees_"))}
    partners = "agrees_partners" in columns
    agrees = {
        way: agreed
        for way, agreed in record.agrees.said().items()
        if f"agrees_{way}" in columns or (partners and way not in WAYS)
    }
    guardian = _plain(vars(record.guardian)) if any(columns.get(f"guardian_{n}") for n in vars(record.guardian)) else {}
    return _plain(flat) | ({"guardian": guardian} if guardian else {}) | ({"agrees": agrees} if agrees else {})


def _changes(session: Connection, record: Named, person: str) -> dict[str, Any]:
    kept = people.get(session, person)
    known = kept._mapping if kept else {}
    given = {name: getattr(record.person, name) for name in _CONTACT} | file_columns(record)
    given |= {f"agrees_{way}": getattr(record.agrees, way) for way in WAYS}
    partners = dict(known.get("agrees_partners") or {})
    given["agrees_partners"] = partners | dict(record.agrees.partners)
    return {name: value for name, value in given.items() if value is not None and value != known.get(name)}


def _met_first(session: Connection, record: Named, person: str, seq: int) -> None:
    commune = reference.commune_names().get(record.person.commune or "")
    people.add(session, person, record.person, record.at, seq, commune, **person_columns(record))


def _met_again(session: Connection, record: Named, person: str, seq: int) -> None:
    changes = _changes(session, record, person)
    kept = people.get(session, person)
    whole = replace(people.person_of(kept), **_of_person(changes)) if kept else record.person
    commune = reference.commune_names().get(whole.commune or "")
    people.met_again(session, person, whole, record.at, commune, {**changes, "seq": seq})


def _of_person(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: changes[name] for name in _CONTACT if name in changes}


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
    answers = {"person": person, "encounter": encounter, **_plain(vars(record.appointment))}
    return Letter("appointment", records.uuid7(moment), answers)


def encounter_row(record: Registration, id: str, place: str, adviser: str) -> dict[str, Any]:
    """The columns of an encounter."""
    at = record.at
    row: dict[str, Any] = {
        "id": id,
        "kind": record.kind,
        "at": at,
        "day": at.astimezone(LOCAL).date(),
        "place_id": place,
    }
    row |= {"adviser_id": adviser, "women": 0, "men": 0, "unspecified": 0}
    row |= {"audiences": [], "needs": [], "barriers": [], "resources": []}
    if isinstance(record, Group):
        return row | {"women": record.women, "men": record.men, "unspecified": record.unspecified} | _band(record)
    sex = record.sex if isinstance(record, Anonymous) else record.person.sex
    row |= {"sex": sex, {"F": "women", "M": "men"}.get(sex, "unspecified"): 1, "needs": list(record.needs)}
    if isinstance(record, Anonymous):
        return row | _band(record)
    row |= {**vars(record.situation), "resources": list(record.situation.resources)}
    row |= {"origin": record.origin, "known": record.known, "outcome": record.outcome, "recall_on": record.recall_on}
    row |= {"audiences": list(record.audiences), "barriers": list(record.barriers), "comment": record.comment}
    return row | {f"notice_{name}": said for name, said in vars(record.notice).items()}


def _band(record: Anonymous | Group) -> dict[str, str | None]:
    return {"age_band": record.age_band}


def encounter_set(record: Registration, row: Mapping[str, Any], person: str | None, adviser: str) -> dict[str, Any]:
    """What travels of an encounter."""
    common = _given(person=person, stop=row["stop_id"])
    answers = {"kind": record.kind, "at": record.at.isoformat(), "place": row["place_id"], "adviser": adviser, **common}
    if isinstance(record, Group):
        answers |= {"women": record.women, "men": record.men, "unspecified": record.unspecified}
        return answers | _given(age_band=record.age_band)
    if isinstance(record, Anonymous):
        return answers | {"sex": record.sex, "needs": list(record.needs)} | _given(age_band=record.age_band)
    answers |= {name: row[name] for name in ("origin", "known", "outcome", "audiences", "needs", "barriers")}
    answers |= {"situation": _plain(vars(record.situation)), "notice": _plain(vars(record.notice))}
    recall = record.recall_on.isoformat() if record.recall_on else None
    return answers | _given(recall_on=recall, comment=record.comment)


def _given(**answers: Any) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if answer is not None and answer != ()}


def _plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is unknown; dates and times as ISO texts."""
    dated = {n: a.isoformat() if isinstance(a, date | datetime) else a for n, a in answers.items()}
    return _given(**dated)
