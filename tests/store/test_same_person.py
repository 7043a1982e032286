"""Whom the adviser says this is: a file taken up again, two files of one person, two people of one name, a name given later."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select

from milomobile import reference
from milomobile.actions import amend, find, merging, plan, shown
from milomobile.actions.open import Profile
from milomobile.actions.register import Registered, register
from milomobile.domain import likeness
from milomobile.domain.encounters import Anonymous, Named
from milomobile.domain.form import to_line
from milomobile.domain.reading import read
from milomobile.errors import NotOurs, NotReady
from milomobile.store import files, people, recalls
from milomobile.store.inbox import Inbox
from milomobile.store.migrations.versions import last_met_0013
from milomobile.store.tables import Encounter, Outbox
from tests.conftest import NOW, line


def kept(profile: Profile, **changes: object) -> Registered:
    record, found = read(line(**changes), reference.lists(), NOW)
    assert record, found
    return register(profile, record, NOW)


def met(profile: Profile, **changes: object) -> str:
    person = kept(profile, **changes).person
    assert person
    return person


def told(profile: Profile) -> list[dict[str, Any]]:
    with profile.store.read() as session:
        return [json.loads(one) for one in session.execute(select(Outbox.line).order_by(Outbox.seq)).scalars()]


def row(profile: Profile, person: str) -> Any:
    with profile.store.read() as session:
        return people.get(session, person)


def form(answers: dict[str, Any], **typed: object) -> Named:
    """The filled form with some answers typed anew, read as the page does."""
    whole = {**answers, **typed}
    place = str(whole.pop("place", "Marché de Borny"))
    for name in ("at", "kind", "notice.version"):
        whole.pop(name, None)
    made, wrong = to_line(whole, place, "ARRET_MILO_MOBILE", reference.NOTICE_VERSION, NOW)
    record, found = read(made, reference.lists(), NOW)
    assert isinstance(record, Named), (wrong, found)
    return record


def test_a_file_taken_up_again_begins_with_what_is_known_and_adds_an_encounter(profile: Profile) -> None:
    person = met(profile, agrees={"sms": True}, handover="RATTACHE", imilo_number=12345, comment="Ce jour-là")
    answers = shown.met_again(profile, person)
    assert answers["person.given_name"] == "Inès" and answers["person.birth_date"] == "12/03/2007"
    assert answers["notice.how"] == "ORAL_AFFICHE" and answers["agrees.sms"] is True
    assert not {"needs", "outcome", "comment", "recall_on", "place", "at"} & answers.keys()
    said = form(answers, **{"agrees.sms": False, "person.birth_name": "Boussole-Marin", "needs": ["LOGEMENT"]})
    again = register(profile, said, NOW)
    assert again.person == person
    sheet = find.sheet(profile, person, NOW)
    assert {one.needs for one in sheet.encounters} == {("Emploi",), ("Logement",)}
    assert sheet.person.birth_name == "Boussole-Marin"
    assert row(profile, person).agrees_sms is False and row(profile, person).handover == "RATTACHE"
    changes = [one["set"] for one in told(profile) if one["op"] == "update"]
    assert changes == [{"birth_name": "Boussole-Marin", "agrees": {"sms": False}}]
    assert find.search(profile, "marin", NOW)[0].id == person


def test_a_sure_meeting_fills_what_was_unknown_and_overwrites_nothing_else(profile: Profile) -> None:
    person = met(profile, person__sex=None, handover="RATTACHE")
    assert met(profile, person__sex="F", agrees={"call": True}) == person
    assert row(profile, person).sex == "F" and row(profile, person).handover == "RATTACHE"
    assert row(profile, person).agrees_call is True


def test_twins_are_two_people_once_the_adviser_said_so(profile: Profile) -> None:
    one = met(profile)
    warned = kept(profile, person__given_name="Inès-Lou")
    assert warned.person != one and [problem.field for problem in warned.warnings] == ["person"]
    twin = kept(profile, person__given_name="Lou", apart=[one, warned.person])
    assert twin.person not in (one, warned.person) and twin.warnings == ()
    assert row(profile, str(twin.person)).apart == [one, warned.person]
    assert any(sent["set"].get("apart") == [one, warned.person] for sent in told(profile))
    assert one not in [other.id for other in merging.doubles(profile, str(twin.person))]
    assert twin.person not in [other.id for other in merging.doubles(profile, one)]


def test_the_very_same_identity_said_to_be_somebody_else_makes_a_new_file(profile: Profile) -> None:
    one = met(profile)
    assert met(profile) == one
    assert met(profile, apart=[one]) != one


def test_nobody_is_taken_up_who_is_not_here(profile: Profile) -> None:
    record, _ = read(line(same_as="0192f0c1-0000-7000-8000-000000000000"), reference.lists(), NOW)
    assert record
    with pytest.raises(NotReady, match="n’est plus sur ce poste"):
        register(profile, record, NOW)
    assert told(profile) == []


def test_an_anonymous_contact_that_gives_a_name_is_one_encounter(profile: Profile) -> None:
    contact = Anonymous(NOW, "Marché de Borny", "ARRET_MILO_MOBILE", "18-21", "F", ("LOGEMENT",))
    id = register(profile, contact, NOW).id
    person = met(profile, was_anonymous=id, at=NOW.isoformat())
    sheet = find.sheet(profile, person, NOW)
    assert [one.id for one in sheet.encounters] == [id]
    with profile.store.read() as session:
        rows = session.execute(select(Encounter.kind, Encounter.age_band, Encounter.women, Encounter.person_id)).all()
    assert [tuple(one) for one in rows] == [("named", None, 1, person)]
    last = [one for one in told(profile) if one["entity"] == "encounter"]
    assert [one["op"] for one in last] == ["create", "update"]
    assert last[1]["set"]["kind"] == "named" and last[1]["set"]["age_band"] is None
    with pytest.raises(NotReady, match="a déjà un nom"):
        met(profile, was_anonymous=id)


def test_two_files_of_one_person_are_shown_as_one_and_taken_apart_again(profile: Profile) -> None:
    one = met(profile)
    other = met(profile, person__given_name="Ines", person__birth_name="Bousole", person__phone="03 53 01 77 77")
    third = met(profile, person__given_name="Inez", person__birth_name="Boussol", person__phone="03 53 01 88 88")
    assert [found.id for found in merging.doubles(profile, one)] == [other, third]
    merging.merge(profile, other, one, NOW)
    merging.merge(profile, one, third, NOW)
    sheet = find.sheet(profile, third, NOW)
    assert len(sheet.encounters) == 3 and [part.name for part in sheet.parts] == ["Inès Boussole"]
    assert [found.id for found in find.search(profile, "", NOW)] == [third] and find.count_people(profile) == 1
    assert met(profile) == third
    with pytest.raises(NotOurs, match="n’en font déjà qu’une"):
        merging.merge(profile, third, other, NOW)
    merging.part(profile, one, NOW)
    assert len(find.sheet(profile, third, NOW).encounters) == 2
    assert len(find.sheet(profile, one, NOW).encounters) == 2
    assert [sent["set"] for sent in told(profile) if "same_as" in sent["set"]] == [
        {"same_as": one},
        {"same_as": third},
        {"same_as": None},
    ]


def test_a_call_asked_of_a_file_found_to_be_another_s_is_due_of_that_one_until_they_are_met(profile: Profile) -> None:
    day, days = NOW.date(), timedelta(days=1)
    asked = met(profile, at=(NOW - 3 * days).isoformat(), recall_on=day.isoformat())
    other = met(profile, at=(NOW - 4 * days).isoformat(), person__birth_name="Lanterne", person__phone="03 53 01 99 99")
    third = met(profile, at=(NOW - 5 * days).isoformat(), person__birth_name="Mirabelle", person__phone="0353018888")

    def to_call() -> list[str]:
        with profile.store.read() as session:
            exported = [row.id for row in files.recalls(session, day, day)]
            assert recalls.count(session, day) == len(exported)
            assert find.count_chips(profile, NOW)["recall"] == len(exported)
        assert [one.person for one in plan.to_call(profile, NOW)] == exported
        return exported

    merging.merge(profile, asked, other, NOW)
    assert to_call() == [other]
    merging.merge(profile, other, third, NOW)
    assert to_call() == [third]
    again, found = read(line(person__birth_name="Lanterne", person__phone="03 53 01 99 99"), reference.lists(), NOW)
    assert isinstance(again, Named), found
    assert register(profile, again, NOW).person == third
    assert to_call() == []


def test_who_was_met_as_part_of_somebody_takes_nobody_else_off_those_to_call(profile: Profile) -> None:
    day, days = NOW.date(), timedelta(days=1)
    asked = met(profile, at=(NOW - 3 * days).isoformat(), recall_on=day.isoformat())
    later = met(profile, at=(NOW - days).isoformat(), person__birth_name="Lanterne", person__phone="03 53 01 99 99")
    third = met(profile, at=(NOW - 5 * days).isoformat(), person__birth_name="Mirabelle", person__phone="0353018888")
    merging.merge(profile, later, third, NOW)
    assert [one.person for one in plan.to_call(profile, NOW)] == [asked]
    with profile.store.read() as session:
        assert [row.id for row in files.recalls(session, day, day)] == [asked]


def test_what_the_office_merged_only_the_office_takes_apart(profile: Profile) -> None:
    one, other = met(profile), met(profile, person__birth_name="Lanterne", person__phone="03 53 01 99 99")
    inbox = Inbox(profile.store)
    inbox.take("merges", [{"id": "m", "loser": other, "winner": one}], "1", whole=False)
    with pytest.raises(NotOurs, match="bureau"):
        merging.part(profile, other, NOW)
    inbox.take("merges", [{"id": "n", "loser": other, "winner": one, "by": "adviser"}], "2", whole=False)
    merging.part(profile, other, NOW)
    assert find.count_people(profile) == 2


def test_alike_is_shown_with_why_and_where_they_were_met(profile: Profile) -> None:
    person = met(profile)
    found = merging.alike(profile, likeness.identity("Ines", "Boussole", "12/03/2007", "", NOW.date()))
    assert [(one.id, one.place, one.why) for one in found] == [
        (person, "Marché de Borny", ("mêmes noms", "même date de naissance"))
    ]


def test_a_correction_replaces_answers_keeps_its_trace_and_travels_as_what_changed(profile: Profile) -> None:
    first = kept(profile, needs=["EMPLOI", "SANTE"], appointment={"at": "2026-11-26T10:00:00+01:00", "place": "Pôle"})
    person = str(first.person)
    answers = amend.answers(profile, first.id)
    assert answers["appointment.day"] == "26/11/2026" and answers["appointment.time"] == "10\u00a0h"
    assert amend.amend(profile, first.id, form(answers), NOW) == ()
    before = len(told(profile))
    record = form(
        answers, **{"needs": ["EMPLOI", "LOGEMENT"], "person.phone": "03 53 01 55 55", "appointment.time": "11h"}
    )
    assert amend.amend(profile, first.id, record, NOW) == ("appointment.day", "needs", "person.phone")
    assert [(one["entity"], one["op"], one["set"]) for one in told(profile)[before:]] == [
        ("person", "update", {"phone": "+33353015555"}),
        ("encounter", "update", {"needs": {"add": ["LOGEMENT"], "remove": ["SANTE"]}}),
        ("appointment", "update", {"at": "2026-11-26T11:00:00+01:00", "place": "Pôle"}),
    ]
    sheet = find.sheet(profile, person, NOW)
    assert sheet.person.phone == "+33353015555" and sheet.encounters[0].needs == ("Emploi", "Logement")
    assert [one.fields for one in sheet.corrections] == [("appointment.day", "needs", "person.phone")]
    assert sheet.corrections[0].adviser == profile.adviser
    gone = {n: a for n, a in amend.answers(profile, first.id).items() if not n.startswith("appointment.")}
    amend.amend(profile, first.id, form(gone), NOW)
    assert find.sheet(profile, person, NOW).appointments == ()
    assert told(profile)[-1]["set"] == {"status": "ANNULE"}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_somebody_was_last_met_at_the_latest_of_their_encounters(profile: Profile, order: tuple[int, ...]) -> None:
    times = (
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-11-24T14:32:00+01:00",
        "2026-11-24T15:10:00+01:00",
    )
    for number in order:
        met(profile, at=times[number])
        known = find.search(profile, "boussole", NOW)[0].last_encounter
        said = max(datetime.fromisoformat(times[one]) for one in order[: order.index(number) + 1])
        assert known == said and known.tzinfo is not None


def test_a_file_of_before_learns_again_when_everybody_was_last_met(new_profile: Callable[[], Profile]) -> None:
    profile = new_profile()
    met(profile, at="2026-11-24T14:32:00+01:00")
    met(profile, at="2026-11-24T15:10:00+01:00")
    with profile.store.write() as session:
        session.exec_driver_sql("UPDATE person SET last_at = '2026-11-24 15:10:00.000000'")
        with Operations.context(MigrationContext.configure(session)):
            last_met_0013.upgrade()
    met_at = find.search(profile, "boussole", NOW)[0].last_encounter
    assert met_at == datetime.fromisoformat("2026-11-24T15:10:00+01:00")
