"""Correcting what was kept: new records on the same person and encounter, and a trace of which answers changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import home, shown
from milomobile.actions.open import Profile
from milomobile.actions.written import encounter_row, encounter_set, person_columns, person_set
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import Named
from milomobile.domain.problems import problems
from milomobile.domain.reading import read
from milomobile.errors import NotOurs, NotReady
from milomobile.store import corrections, encounters, journal, outbox, people
from milomobile.store.outbox import Letter
from sync import records

_LISTS = ("audiences", "needs", "barriers")
_NOT_HERE = ("kind", "at", "place", "adviser", "stop", "person")


def answers(profile: Profile, encounter: str) -> dict[str, Any]:
    """What the form shows of a kept encounter and its person; raises NotOurs."""
    with profile.store.read() as session:
        return shown.answers(session, _person_of(session, encounter), encounter)


def amend(profile: Profile, encounter: str, record: Named, now: datetime, draft: str | None = None) -> tuple[str, ...]:
    """Keeps the answers in place of those before; returns the names of those that changed. Raises NotReady or NotOurs.

    Time, place and adviser of the encounter stay. Where nothing changed, nothing is written; `draft`, the half-filled form
    that it was, goes in the same transaction.
    """
    if refused := tuple(problem for problem in problems(record, reference.lists(), now) if problem.refused):
        raise NotReady(refused[0].sentence, refused)
    with profile.store.write() as session:
        if draft:
            encounters.drop_draft(session, draft)
        person = _person_of(session, encounter)
        met = encounters.get(session, encounter)
        before = read(shown.line_of(session, person, encounter), reference.lists(), now)[0]
        assert isinstance(before, Named)
        after = replace(
            home.settled(record, before.person), at=met.at.astimezone(LOCAL), agrees=_withdrawn(record, before)
        )
        of_person = difference(person_set(before), person_set(after))
        of_encounter = difference(*(encounter_set(one, _row(one, met), person, "") for one in (before, after)))
        letters = [
            Letter(entity, id, said, "update")
            for entity, id, said in (("person", person, of_person), ("encounter", encounter, of_encounter))
            if said
        ]
        letters += _meeting(session, encounter, person, before, after, now)
        if not letters:
            return ()
        seqs = outbox.put(session, letters, now)
        of = {letter.entity: seq for letter, seq in zip(letters, seqs, strict=True)}
        if of_person:
            commune = reference.commune_names().get(after.person.commune or "")
            people.correct(session, person, after.person, now, commune, seq=of["person"], **person_columns(after))
        if of_encounter or "sex" in of_person:
            seq = {"seq": of["encounter"]} if of_encounter else {}
            encounters.correct(session, encounter, _row(after, met) | seq)
        changed = tuple(sorted({*_names(of_person, "person."), *_names(of_encounter), *_of_meeting(letters)}))
        corrections.add(session, person, encounter, profile.adviser_id, changed, now)
        journal.write(session, now, profile.adviser_id, "change", encounter)
        return changed


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What changed between two sets, as it travels: elements of lists added and removed, None for what is said no more."""
    found: dict[str, Any] = {}
    for name in before.keys() | after.keys():
        old, new = before.get(name), after.get(name)
        if name in _NOT_HERE or old == new:
            continue
        if name in _LISTS:
            added, removed = (
                [c for c in new or () if c not in (old or ())],
                [c for c in old or () if c not in (new or ())],
            )
            found[name] = {act: codes for act, codes in (("add", added), ("remove", removed)) if codes}
        elif name == "agrees":
            found[name] = {way: said for way, said in (new or {}).items() if said != (old or {}).get(way)}
        else:
            found[name] = new
    return {name: said for name, said in found.items() if said != {}}


def _row(record: Named, met: Any) -> dict[str, Any]:
    return encounter_row(record, met.id, met.place_id, met.adviser_id) | {"stop_id": met.stop_id}


def _withdrawn(record: Named, before: Named) -> Any:
    """The partners said before stay where nothing was said of them."""
    return replace(record.agrees, partners=tuple((dict(before.agrees.partners) | dict(record.agrees.partners)).items()))


def _meeting(
    session: Connection, encounter: str, person: str, before: Named, after: Named, now: datetime
) -> list[Letter]:
    old, new = before.appointment, after.appointment
    if old == new:
        return []
    kept = encounters.appointment_of(session, encounter)
    if new is None:
        encounters.drop_appointment(session, kept.id)
        return [Letter("appointment", kept.id, {"status": "ANNULE"}, "update")]
    said = {"at": new.at.isoformat(), "place": new.place}
    if kept:
        encounters.move_appointment(session, kept.id, new.at, new.place)
        return [Letter("appointment", kept.id, said, "update")]
    id = records.uuid7(round(now.timestamp() * 1000))
    encounters.add_appointment(session, id, person, encounter, new.at, new.place)
    return [Letter("appointment", id, {"person": person, "encounter": encounter, **said})]


def _names(said: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The questions' names of what changed; those of a person that are not of `Person` stand alone."""
    alone = ("handover", "agrees", "guardian", "referent", "scheme", "imilo_number", "structure")
    return (name if name in alone else f"{before}{name}" for name in said)


def _of_meeting(letters: list[Letter]) -> set[str]:
    return {"appointment.day" for letter in letters if letter.entity == "appointment"}


def _person_of(session: Connection, encounter: str) -> str:
    met = encounters.get(session, encounter)
    if met is None or met.person_id is None:
        raise NotOurs(shown.GONE)
    return str(met.person_id)
