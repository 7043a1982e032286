"""What the server refused: shown again in the form, corrected as a new record about the same person, or set aside."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from milomobile import reference
from milomobile.actions import home, shown
from milomobile.actions.open import Profile
from milomobile.actions.written import encounter_row, encounter_set, person_columns, person_set
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import Named
from milomobile.domain.problems import problems
from milomobile.errors import NotOurs, NotReady
from milomobile.store import encounters, journal, outbox, people
from milomobile.store.outbox import Letter

_GONE = "Cette fiche n’est plus à corriger. Rien n’a été modifié. Revenez à «\u00a0Fin de journée\u00a0»."


def answers(profile: Profile, seq: int) -> dict[str, Any]:
    """What the form shows of a refused record about a person; raises NotOurs where it is none."""
    with profile.store.read() as session:
        return shown.answers(session, *_whose(session, seq))


def correct(profile: Profile, seq: int, record: Named, now: datetime) -> None:
    """New records about the same person and encounter, in place of what was refused. Raises NotReady or NotOurs."""
    found = [problem for problem in problems(record, reference.lists(), now) if problem.refused]
    if found:
        raise NotReady(found[0].sentence, tuple(found))
    with profile.store.write() as session:
        person, encounter = _whose(session, seq)
        record = home.settled(record, people.person_of(people.get(session, person)))
        commune = reference.commune_names().get(record.person.commune or "")
        letters, values = [Letter("person", person, person_set(record))], {}
        if encounter:
            kept = encounters.get(session, encounter)._mapping
            whole = replace(record, at=kept["at"].astimezone(LOCAL))
            values = encounter_row(whole, encounter, kept["place_id"], kept["adviser_id"])
            values["stop_id"] = kept["stop_id"]
            letters.append(Letter("encounter", encounter, encounter_set(whole, values, person, profile.adviser)))
        seqs = outbox.put(session, letters, now)
        people.correct(session, person, record.person, now, commune, seq=seqs[0], **person_columns(record))
        if encounter:
            encounters.correct(session, encounter, {**values, "seq": seqs[1]})
        outbox.set_aside(session, [person, *([encounter] if encounter else [])], "corrigé")
        journal.write(session, now, profile.adviser_id, "change", person)


def set_aside(profile: Profile, seq: int, why: str, now: datetime) -> None:
    """A refused record that needs nothing more, and why. Raises NotReady without a reason, NotOurs where it is none."""
    if not why.strip():
        raise NotReady("Dites en quelques mots pourquoi cette fiche est laissée de côté.", ())
    with profile.store.write() as session:
        found = outbox.refused(session, seq)
        if found is None:
            raise NotOurs(_GONE)
        outbox.set_aside(session, [found.entity_id], why.strip()[:200])
        journal.write(session, now, profile.adviser_id, "change set aside", found.entity_id)


def _whose(session: Any, seq: int) -> tuple[str, str | None]:
    found = outbox.refused(session, seq)
    if found and found.entity == "person" and people.get(session, found.entity_id):
        return found.entity_id, encounters.first_of(session, found.entity_id)
    met = encounters.get(session, found.entity_id) if found and found.entity == "encounter" else None
    if met is None or met.person_id is None:
        raise NotOurs(_GONE)
    return met.person_id, met.id
