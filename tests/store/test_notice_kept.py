"""What was shown to somebody and what they signed is kept, travels, comes back for a correction, and goes with them."""

import json

import pytest
from sqlalchemy import select, update

from milomobile.actions import correct
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.encounters import Named
from milomobile.domain.reading import read
from milomobile.domain.strokes import packed
from milomobile.reference import lists
from milomobile.store.erasing import erase
from milomobile.store.tables import Encounter, Outbox
from tests.conftest import NOW, line

SIGNED = packed([[(0.1, 0.5), (0.4, 0.2), (0.7, 0.6)]])
SHOWN = {"version": "2026-1", "how": "ECRAN", "language": "ar", "signature": SIGNED}


def kept(profile: Profile, notice: dict[str, str]) -> str:
    record, wrong = read(line(notice=notice), lists(), NOW)
    assert record and not wrong
    person = register(profile, record, NOW).person
    assert person
    return person


def test_language_and_signature_are_kept_and_travel(profile: Profile) -> None:
    kept(profile, SHOWN)
    with profile.store.read() as session:
        row = session.execute(select(Encounter.notice_language, Encounter.notice_signature)).one()
        sent = session.execute(select(Outbox.line).where(Outbox.entity == "encounter")).scalar_one()
    assert tuple(row) == ("ar", SIGNED)
    assert json.loads(sent)["set"]["notice"] == SHOWN


def test_without_them_the_line_is_as_it_always_was(profile: Profile) -> None:
    kept(profile, {"version": "2026-1", "how": "PAPIER"})
    with profile.store.read() as session:
        sent = session.execute(select(Outbox.line).where(Outbox.entity == "encounter")).scalar_one()
    assert json.loads(sent)["set"]["notice"] == {"version": "2026-1", "how": "PAPIER"}


@pytest.mark.parametrize(
    ("name", "said"), [("language", "xx"), ("signature", "1:_"), ("signature", "9:00"), ("unsigned", "FATIGUE")]
)
def test_what_is_none_is_refused_in_a_sentence(name: str, said: str) -> None:
    _, wrong = read(line(notice={**SHOWN, name: said}), lists(), NOW)
    assert [(problem.field, problem.refused) for problem in wrong] == [(f"notice.{name}", True)]


def test_a_correction_shows_and_keeps_them(profile: Profile) -> None:
    kept(profile, SHOWN)
    with profile.store.write() as session:
        session.execute(update(Outbox).where(Outbox.entity == "encounter").values(state="refused"))
        seq = session.execute(select(Outbox.seq).where(Outbox.entity == "encounter")).scalar_one()
    answers = correct.answers(profile, seq)
    assert {name: answers[f"notice.{name}"] for name in SHOWN} == SHOWN
    record, _ = read(line(notice=SHOWN), lists(), NOW)
    assert isinstance(record, Named)
    correct.correct(profile, seq, record, NOW)
    with profile.store.read() as session:
        assert session.execute(select(Encounter.notice_signature)).scalar_one() == SIGNED


def test_an_erasure_takes_the_signature(profile: Profile) -> None:
    person = kept(profile, SHOWN)
    with profile.store.write() as session:
        erase(session, person)
    with profile.store.read() as session:
        assert session.execute(select(Encounter.notice_signature)).scalar_one() is None
