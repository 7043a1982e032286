"""What the server refused: shown again, corrected as new records about the same person, or set aside with a reason."""

import json

import pytest
from sqlalchemy import select, update

from milomobile import reference
from milomobile.actions import correct, find, send, status
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.encounters import Named
from milomobile.domain.form import to_line
from milomobile.domain.reading import read
from milomobile.errors import NotOurs, NotReady
from milomobile.store.tables import Outbox
from tests.conftest import NOW, line


def refuse(profile: Profile, entity: str) -> int:
    """The server refused the line of that entity, and took the others."""
    with profile.store.write() as session:
        session.execute(update(Outbox).values(state="sent"))
        session.execute(update(Outbox).where(Outbox.entity == entity).values(state="refused", reason="Il manque X."))
        return session.execute(select(Outbox.seq).where(Outbox.entity == entity)).scalar_one()


def waiting(profile: Profile) -> list[dict[str, object]]:
    with profile.store.read() as session:
        lines = session.execute(select(Outbox.line).where(Outbox.state == "waiting").order_by(Outbox.seq)).scalars()
        return [json.loads(one or b"{}") for one in lines]


@pytest.fixture
def person(profile: Profile) -> str:
    record, _ = read(line(appointment={"at": "2026-11-26T10:00:00+01:00", "place": "Pôle"}), reference.lists(), NOW)
    assert record
    made = register(profile, record, NOW).person
    assert made
    return made


def typed_again(profile: Profile, seq: int, **changes: object) -> Named:
    """The form with its answers, some of them typed anew."""
    answers = {**correct.answers(profile, seq), **changes}
    made, wrong = to_line(answers, str(answers.pop("place")), "ARRET_MILO_MOBILE", "2026-1", NOW)
    record, found = read(made, reference.lists(), NOW)
    assert isinstance(record, Named), (wrong, found)
    return record


@pytest.mark.parametrize("entity", ["person", "encounter"])
def test_a_refused_record_is_corrected_as_a_new_one_about_the_same_person(
    profile: Profile, person: str, entity: str
) -> None:
    seq = refuse(profile, entity)
    assert [one.seq for one in send.waiting(profile).refused] == [seq]
    record = typed_again(profile, seq, **{"person.birth_name": "Lanterne", "needs": ["LOGEMENT"]})
    correct.correct(profile, seq, record, NOW)
    sent = waiting(profile)
    assert [one["entity"] for one in sent] == ["person", "encounter"]
    assert sent[0]["entity_id"] == person and sent[1]["set"]["person"] == person  # type: ignore[index]
    assert sent[0]["set"]["birth_name"] == "Lanterne" and sent[1]["set"]["needs"] == ["LOGEMENT"]  # type: ignore[index]
    assert sent[1]["set"]["at"] == "2026-11-24T14:32:00+01:00"  # type: ignore[index]
    assert send.waiting(profile).refused == ()
    assert status.status(profile)["refused"] == 0
    assert [found.name for found in find.search(profile, "lanterne", NOW)] == ["Inès Lanterne"]
    assert find.search(profile, "boussole", NOW) == []
    assert status.status(profile)["encounters"] == 1
    with pytest.raises(NotOurs):
        correct.correct(profile, seq, record, NOW)


def test_a_wrong_correction_changes_nothing(profile: Profile, person: str) -> None:
    seq = refuse(profile, "person")
    record = typed_again(profile, seq, **{"person.birth_date": "01/01/2020"})
    with pytest.raises(NotReady):
        correct.correct(profile, seq, record, NOW)
    assert waiting(profile) == [] and len(send.waiting(profile).refused) == 1


def test_what_needs_nothing_more_is_set_aside_with_a_reason(profile: Profile, person: str) -> None:
    seq = refuse(profile, "encounter")
    with pytest.raises(NotReady):
        correct.set_aside(profile, seq, "  ", NOW)
    correct.set_aside(profile, seq, "déjà inscrite", NOW)
    assert send.waiting(profile).refused == () and waiting(profile) == []
    with pytest.raises(NotOurs):
        correct.set_aside(profile, seq, "encore", NOW)
