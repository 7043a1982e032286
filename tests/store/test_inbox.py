"""What the office tells a laptop: erasures, people found to be one, verdicts, reference lists."""

import json
from collections.abc import Callable

from sqlalchemy import select

from milomobile import reference
from milomobile.actions import find, programme, stops
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.reading import read
from milomobile.store.day_tables import Place
from milomobile.store.inbox import Inbox
from milomobile.store.outbox import Outbox
from milomobile.store.tables import Encounter, Person, Reference
from milomobile.store.tables import Outbox as Row
from sync import chain, records
from tests.conftest import NOW, line


def met(profile: Profile, **changes: object) -> str:
    record, found = read(line(**changes), reference.lists(), NOW)
    assert record, found
    person = register(profile, record, NOW).person
    assert person
    return person


def rows(profile: Profile, *columns: object) -> list[tuple[object, ...]]:
    with profile.store.read() as session:
        return [tuple(row) for row in session.execute(select(*columns))]  # type: ignore[call-overload]


def test_someone_erased_at_the_office_is_nowhere_on_the_laptop(profile: Profile) -> None:
    erased = met(profile, comment="xylophone")
    kept = met(profile, person__birth_name="Lanterne", person__phone="03 53 01 99 99")
    before = rows(profile, Row.seq, Row.digest, Row.chain)
    Inbox(profile.store).take(
        "tombstones", [{"erasure": "x", "person": erased}, {"person": "nobody"}], "c", whole=False
    )
    assert [found.id for found in find.search(profile, "", NOW)] == [kept]
    assert find.search(profile, "boussole", NOW) == []
    columns = (Row.line, Person.birth_name, Encounter.comment)
    told = json.dumps([rows(profile, column) for column in columns], default=lambda raw: raw.decode())
    assert "Boussole" not in told and "xylophone" not in told and "Lanterne" in told
    assert rows(profile, Row.seq, Row.digest, Row.chain) == before
    assert sorted(rows(profile, Encounter.kind)) == [("anonymous",), ("named",)]


def test_an_emptied_line_that_waits_travels_hollow_and_the_chain_goes_on(profile: Profile) -> None:
    erased = met(profile)
    Inbox(profile.store).take("tombstones", [{"person": erased}], "c", whole=False)
    outbox = Outbox(profile.store)
    batch = outbox.batch(0, 1 << 20, 1 << 62)
    assert batch
    position = outbox.position()
    link = chain.start(position.device, position.epoch)
    for sent in batch.lines:
        link = chain.step(link, records.digest(sent)[0])
    assert any(records.digest(sent)[1] for sent in batch.lines)
    assert max(rows(profile, Row.seq, Row.chain))[1] == link


def test_people_found_to_be_one_are_shown_once_and_apart_again_when_it_is_undone(profile: Profile) -> None:
    one = met(profile)
    other = met(profile, person__given_name="Inez", person__phone="03 53 01 99 99")
    inbox = Inbox(profile.store)
    inbox.take("merges", [{"id": "m", "loser": other, "winner": one}], "c", whole=False)
    assert [found.id for found in find.search(profile, "boussole", NOW)] == [one]
    assert len(find.sheet(profile, one, NOW).encounters) == 2
    assert met(profile, person__given_name="Inez", person__phone="03 53 01 99 99") == one
    inbox.take("merges", [{"id": "m", "loser": other, "winner": None}], "d", whole=False)
    assert {found.id for found in find.search(profile, "boussole", NOW)} == {one, other}
    inbox.take("merges", [{"id": "m", "loser": other, "winner": one}], "e", whole=False)
    inbox.take("merges", [], "f", whole=True)
    assert {found.id for found in find.search(profile, "boussole", NOW)} == {one, other}


def test_a_verdict_that_comes_later_is_kept_beside_its_line(profile: Profile) -> None:
    met(profile)
    with profile.store.write() as session:
        session.execute(Row.__table__.update().values(state="refused", reason="plus récente"))  # type: ignore[attr-defined]
    (_, first), *rest = sorted(rows(profile, Row.seq, Row.id))
    items = [{"seq": 1, "id": first, "verdict": "taken", "detail": "", "pointer": None}, {"id": "x", "verdict": "odd"}]
    Inbox(profile.store).take("verdicts", items, "c", whole=False)
    states = sorted(rows(profile, Row.seq, Row.state))
    assert states == [(1, "sent"), *((seq, "refused") for seq, _ in rest)] and rest


def test_the_offices_lists_are_known_and_follow_it(profile: Profile, new_profile: Callable[[], Profile]) -> None:
    inbox = Inbox(profile.store)
    place = {"name": "Parvis de la gare", "setting": "RUE", "commune": "57751", "qpv": None}
    items = [
        {"kind": "place", "id": "p1", "set": place},
        {"kind": "partner", "id": "a1", "set": {"name": "APSIS Émergence"}},
        {"kind": "of a later version", "id": "z", "set": {"any": 1}},
    ]
    inbox.take("reference", items, "h:3:aa", whole=False)
    assert inbox.cursor("reference") == "h:3:aa"
    assert ("Parvis de la gare", "57751") in rows(profile, Place.name, Place.commune)
    assert stops.partners(profile) == ("APSIS Émergence",)
    inbox.take("reference", [{"kind": "partner", "id": "a1", "set": None}], "h:4:bb", whole=False)
    assert "a1" not in [id for (id,) in rows(profile, Reference.id)]
    assert stops.partners(profile) == reference.PARTNERS
    inbox.take("reference", [items[1]], "g:1:cc", whole=True)
    assert rows(profile, Reference.id) == [("a1",)]
    record, _ = read(line(place="PARVIS de la Gare", setting=None), reference.lists(), NOW)
    assert record
    register(profile, record, NOW)
    other = new_profile()
    assert Inbox(other.store).cursor("reference") == ""


def test_the_office_tells_the_programme_s_goal_and_its_pace(profile: Profile) -> None:
    met(profile)
    assert (programme.goal(profile, NOW).reached, programme.goal(profile, NOW).expected) == (1, None)
    told = {"name": "#ConstruisTonAvenir", "start": "2025-11-24", "end": "2027-11-24", "target": "1500"}
    Inbox(profile.store).take("reference", [{"kind": "programme", "id": "1", "set": told}], "c", whole=False)
    assert (programme.goal(profile, NOW).target, programme.goal(profile, NOW).expected) == (1500, 0.5)
