"""Erasing somebody: from this laptop at once, with the files found to be theirs and the drafts about them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from milomobile.actions import find, merging, plan
from milomobile.actions.erase import erase
from milomobile.actions.open import Profile
from milomobile.domain.erasure import REASONS
from milomobile.errors import NotOurs
from milomobile.store import journal
from milomobile.store.inbox import Inbox
from milomobile.store.tables import Encounter, Outbox, Person
from tests.conftest import NOW, line
from tests.store.retained import keep
from tests.store.test_purge import plain_bytes


def test_everything_of_somebody_goes_and_a_tombstone_waits(profile: Profile, tmp_path: Path) -> None:
    [person, other] = keep(profile, line(comment="marque"), line(person__given_name="Zoé", person__phone="03 53 01 77 77",
                           person__birth_name="Lanterne", person__birth_date="2005-01-01"), now=NOW)  # fmt: skip
    plan.keep_draft(profile, "d1", {"same_as": person, "comment": "marque"}, NOW)
    plan.keep_draft(profile, "d2", {"person.given_name": "Quelqu’un"}, NOW)
    assert erase(profile, person, "DEMANDE", NOW) == 1
    with profile.store.read() as session:
        rows = session.execute(select(Outbox.state, Outbox.line).where(Outbox.entity_id == person)).all()
        assert journal.whole(session)
    assert [row.line for row in rows[:-1]] == [None]
    told = json.loads(rows[-1].line)
    assert (told["op"], told["entity"], told["entity_id"], told["set"]) == (
        "erase",
        "person",
        person,
        {"reason": "DEMANDE"},
    )
    assert rows[-1].state == "waiting"
    assert [one.id for one in find.search(profile, "", NOW)] == [other]
    assert [draft.id for draft in plan.drafts(profile)] == ["d2"]
    found = plain_bytes(profile, profile.key, tmp_path / "plain.db")
    assert not any(word.encode() in found for word in ("marque", "Boussole", "boussole", "+33353011234"))


def test_of_an_encounter_only_what_the_server_counts_stays(profile: Profile) -> None:
    [person] = keep(profile, line(barriers=["mobilite"], recall_on="2026-12-01", audiences=["PRECARITE"]), now=NOW)
    erase(profile, person, "DEMANDE", NOW)
    with profile.store.read() as session:
        [row] = session.execute(select(*Encounter.__table__.columns)).all()
    said = {name for name, value in row._mapping.items() if value not in (None, [], 0, "")}
    assert said <= {"id", "kind", "at", "day", "place_id", "stop_id", "setting", "adviser_id", "unspecified", "outcome",
                    "needs", "seq"}  # fmt: skip
    assert (row.kind, row.unspecified) == ("anonymous", 1)


def test_files_found_to_be_theirs_go_with_them(profile: Profile) -> None:
    twin = line(person__given_name="Ines", person__phone="03 53 01 99 99", person__birth_date="2006-01-01")
    [winner, loser] = keep(profile, line(), twin, now=NOW)
    merging.merge(profile, loser, winner, NOW)
    assert erase(profile, loser, "DOUBLON", NOW) == 2
    with profile.store.read() as session:
        assert session.execute(select(func.count()).select_from(Person)).scalar() == 0
        told = session.execute(select(Outbox.line).where(Outbox.line.is_not(None), Outbox.entity == "person")).scalars()
        assert {json.loads(one)["entity_id"] for one in told} == {winner, loser}


@pytest.mark.parametrize("reason", ["", "demande", "Inès l’a demandé", "DEMANDE "])
def test_a_reason_is_a_code_and_nothing_else(profile: Profile, reason: str) -> None:
    [person] = keep(profile, line(), now=NOW)
    with pytest.raises(NotOurs, match="DEMANDE"):
        erase(profile, person, reason, NOW)
    assert find.sheet(profile, person, NOW).id == person
    assert len(REASONS) == 4


def test_the_offices_own_word_of_it_leaves_the_tombstone_to_be_sent(profile: Profile) -> None:
    [person] = keep(profile, line(), now=NOW)
    erase(profile, person, "DEMANDE", NOW)
    Inbox(profile.store).take("tombstones", [{"person": person}], "c", whole=False)
    with profile.store.read() as session:
        row = session.execute(select(Outbox).where(Outbox.entity_id == person).order_by(Outbox.seq.desc())).first()
    assert row and row.state == "waiting" and row.line
    with pytest.raises(NotOurs, match="plus sur ce poste"):
        erase(profile, person, "DEMANDE", NOW)
