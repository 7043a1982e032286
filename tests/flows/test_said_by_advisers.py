"""What an adviser says of people, as the office knows it after the evening's button: merged, parted, corrected, named later."""

from typing import Any

from sqlalchemy import select

from milomobile import reference
from milomobile.actions import amend, find, merging, send
from milomobile.actions.open import Profile
from milomobile.actions.register import Registered, register
from milomobile.domain.encounters import Anonymous, Named
from milomobile.domain.form import to_line
from milomobile.domain.reading import read
from sync.server import merge
from sync.server.store import Store, sqlite_url
from sync.server.tables import Entity
from tests.conftest import NOW, line
from tests.flows.processes import Office


def bound(profile: Profile, office: Office) -> Profile:
    code = office("invite", "--label", "Camion")["code"]
    send.enrol(profile, office.url, code, office.certificate, "Camion", NOW)
    return profile


def met(profile: Profile, **changes: object) -> Registered:
    record, found = read(line(**changes), reference.lists(), NOW)
    assert record, found
    return register(profile, record, NOW)


def press(profile: Profile) -> None:
    done = send.send(profile, lambda _: None, lambda: False, 0)
    assert done.waiting == 0 and done.refused == 0, done


def shown(office: Office, entity: str, id: str) -> dict[str, Any]:
    """What the office knows of an entity."""
    store = Store(sqlite_url(office.data))
    try:
        with store.read() as session:
            here = (Entity.entity == entity, Entity.entity_id == id)
            return merge.shown(session.execute(select(Entity.state).where(*here)).scalar_one())
    finally:
        store.close()


def test_two_files_merged_on_the_laptop_are_one_at_the_office_and_two_again(profile: Profile, office: Office) -> None:
    bound(profile, office)
    one = met(profile).person
    other = met(profile, person__given_name="Inez", person__phone="03 53 01 77 77").person
    assert one and other and one != other
    press(profile)
    assert office("stats")["people"] == 2
    merging.merge(profile, other, one, NOW)
    press(profile)
    assert office("stats")["people"] == 1 and office("matches") == []
    press(profile)
    sheet = find.sheet(profile, one, NOW)
    assert [part.by_office for part in sheet.parts] == [False], "the office's news leave it the adviser's"
    merging.part(profile, other, NOW)
    press(profile)
    assert office("stats")["people"] == 2 and find.count_people(profile) == 2


def test_a_correction_and_a_name_given_later_reach_the_office_as_one_encounter(
    profile: Profile, office: Office
) -> None:
    bound(profile, office)
    contact = Anonymous(NOW, "Marché de Borny", "ARRET_MILO_MOBILE", "18-21", "F", ("LOGEMENT",))
    id = register(profile, contact, NOW).id
    press(profile)
    named = met(profile, was_anonymous=id, at=NOW.isoformat(), needs=["LOGEMENT", "SANTE"])
    press(profile)
    assert office("stats")["encounters"] == 1 and office("stats")["people"] == 1
    kept = shown(office, "encounter", id)
    assert (kept["kind"], kept["person"], kept["age_band"]) == ("named", named.person, None)
    answers = amend.answers(profile, id)
    answers |= {"needs": ["EMPLOI"], "person.email": "ines@example.org"}
    for name in ("at", "kind", "notice.version"):
        answers.pop(name, None)
    made, wrong = to_line(answers, str(answers.pop("place")), None, reference.NOTICE_VERSION, NOW)
    record, found = read(made, reference.lists(), NOW)
    assert isinstance(record, Named), (wrong, found)
    amend.amend(profile, id, record, NOW)
    press(profile)
    assert shown(office, "encounter", id)["needs"] == ["EMPLOI"]
    assert shown(office, "person", str(named.person))["email"] == "ines@example.org"
    assert office("conflicts") == []
