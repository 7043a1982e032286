"""The journal: no change of it goes unnoticed, no field's value is in it, and its old lines go."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from milomobile import app, reference
from milomobile.actions import consulted, diagnostics
from milomobile.actions.open import Profile, open_profile
from milomobile.actions.register import register
from milomobile.domain import journal as words
from milomobile.domain.reading import read
from milomobile.errors import TAMPERED, NotOurs
from milomobile.store import journal
from milomobile.store.tables import Journal
from tests.conftest import ADVISER, NOW, PASSWORD, line


@pytest.fixture
def written(profile: Profile) -> Profile:
    """A journal of some lines."""
    record, _ = read(line(comment="mot-marque"), reference.lists(), NOW)
    assert record
    met = register(profile, record, NOW)
    for _ in range(5):
        consulted.seen(profile, str(met.person), NOW)
    return profile


def whole(profile: Profile) -> bool:
    with profile.store.read() as session:
        return journal.whole(session)


CHANGES = {
    "a word of a line": "UPDATE journal SET what = 'unlock' WHERE seq = 4",
    "who it was": "UPDATE journal SET who = 'somebody' WHERE seq = 4",
    "when it was": "UPDATE journal SET at = '2026-01-01T00:00:00.000+00:00' WHERE seq = 4",
    "a record's id": "UPDATE journal SET id = NULL WHERE seq = 4",
    "one taken out": "DELETE FROM journal WHERE seq = 4",
    "the first taken out": "DELETE FROM journal WHERE seq = 1",
    "the last taken out": "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    "all taken out": "DELETE FROM journal",
    "one put in": "INSERT INTO journal SELECT 99, at, who, what, id, chain FROM journal WHERE seq = 4",
    "two exchanged": "UPDATE journal SET seq = -seq WHERE seq IN (3, 4); UPDATE journal SET seq = 7 + seq WHERE seq < 0",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_noticed_then_and_after_more_acts(written: Profile, change: str) -> None:
    assert whole(written)
    with written.store.write() as session:
        for statement in change.split("; "):
            session.exec_driver_sql(statement)
    assert not whole(written)
    consulted.seen(written, "somebody", NOW)
    assert not whole(written)
    with pytest.raises(NotOurs, match="journal des consultations") as wrong:
        diagnostics.check_file(written)
    assert wrong.value.sentence == TAMPERED


def test_lines_dropped_for_their_age_leave_a_journal_that_verifies(written: Profile) -> None:
    later = NOW + timedelta(days=400)
    consulted.seen(written, "somebody", later)
    with written.store.write() as session:
        dropped = journal.drop(session, later - timedelta(days=365))
        assert dropped == 8
        assert len(journal.lines(session)) == 1
        assert journal.drop(session, later - timedelta(days=365)) == 0
    assert whole(written)
    consulted.seen(written, "somebody", later)
    assert whole(written)
    with written.store.write() as session:
        assert journal.drop(session, later + timedelta(days=1)) == 2
    assert whole(written)
    consulted.seen(written, "somebody", later)
    assert whole(written)
    with written.store.write() as session:
        session.exec_driver_sql("DELETE FROM journal")
    assert not whole(written)


def test_no_value_of_a_field_is_in_it(written: Profile) -> None:
    with written.store.read() as session:
        text = " ".join(f"{row.who} {row.what} {row.id}" for row in journal.lines(session)).lower()
    assert not re.search("boussole|inès|mot-marque|0353|borny", text)


def test_what_is_not_in_the_words_of_the_journal_is_a_bug(profile: Profile) -> None:
    with pytest.raises(ValueError, match="looked"), profile.store.write() as session:
        journal.write(session, NOW, profile.adviser_id, "looked at Inès")


def test_every_act_of_the_program_is_in_the_words_of_the_journal() -> None:
    acts = set()
    for file in (Path(app.__file__).parent / "actions").glob("*.py"):
        found = re.findall(r'journal\.write\([^)]*?, f?"([^"]+)"', file.read_text(encoding="utf-8"))
        acts.update(act.split("{")[0] for act in found)
    assert len(acts) > 15
    assert [act for act in acts if not words.known(act)] == []
    assert words.words("create named") == "Rencontre enregistrée"
    assert words.words("unlock failed") != words.words("unlock")


def test_the_screen_has_names_of_advisers_and_the_newest_first(written: Profile) -> None:
    entries, said = consulted.latest(written)
    assert said
    assert (entries[0].what, entries[0].who) == ("read", written.adviser)
    assert [entry.seq for entry in entries] == sorted((entry.seq for entry in entries), reverse=True)


def test_an_erasure_told_by_the_office_is_in_it(written: Profile) -> None:
    from milomobile.store.inbox import Inbox

    with written.store.read() as session:
        person = session.execute(select(Journal.id).where(Journal.what == "read")).scalars().first()
    Inbox(written.store).take("tombstones", [{"person": person}], "c", whole=False)
    assert (consulted.latest(written)[0][0].what, whole(written)) == ("erase person", True)


def test_lines_from_before_the_chain_covered_them_verify_after_the_upgrade(
    new_profile: Callable[[], Profile],
) -> None:
    from milomobile.store.migrations.versions import journal_0015

    profile = new_profile()
    with profile.store.write() as session:
        session.exec_driver_sql("UPDATE journal SET chain = zeroblob(32)")
        session.exec_driver_sql("DELETE FROM setting WHERE name = 'journal_head'")
    assert not whole(profile)
    with profile.store.write() as session:
        journal_0015.rechain(session)
    assert whole(profile)


def test_locking_is_noted(new_profile: Callable[[], Profile]) -> None:
    first = new_profile()
    consulted.leave(first, NOW)
    assert first.key == bytes(32)
    again = open_profile(first.folder, ADVISER, PASSWORD, NOW)
    with again.store.read() as session:
        assert [row.what for row in journal.lines(session)][-2:] == ["lock", "unlock"]
    again.close()
