"""The encrypted file: transactions, search, migrations, and files that are not ours."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher3
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from milomobile import reference
from milomobile.actions import amend, find, plan, stops
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import register
from milomobile.domain.encounters import Named
from milomobile.domain.outings import Halt
from milomobile.domain.reading import read
from milomobile.errors import AlreadyOpen, NoRoom, NotOurs, NotReady, WrongPassword
from milomobile.store import engine, law_tables
from milomobile.store.tables import Table
from tests.conftest import ADVISER, NOW, PASSWORD, line


def _register(profile: Profile, **changes: object) -> str:
    record, _ = read(line(**changes), reference.lists(), NOW)
    assert record
    return register(profile, record, NOW).id


def _counts(profile: Profile) -> list[int]:
    tables = ("person", "encounter", "outbox", "journal", "place")
    with profile.store.read() as session:
        return [session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables]


def test_an_act_that_fails_leaves_nothing(profile: Profile) -> None:
    before = _counts(profile)
    with pytest.raises(NotReady):
        _register(profile, setting=None, place="Un lieu inconnu")
    with pytest.raises(RuntimeError), profile.store.write() as session:
        session.execute(text("INSERT INTO setting VALUES ('x', 'y')"))
        raise RuntimeError
    assert _counts(profile) == before


def test_the_same_people_are_known_again(profile: Profile) -> None:
    _register(profile)
    _register(profile, person__given_name="INES", person__birth_name="boussole")
    assert _counts(profile)[:2] == [1, 2]
    record, _ = read(line(person__phone="03 53 01 99 99"), reference.lists(), NOW)
    assert record
    assert [w.field for w in register(profile, record, NOW).warnings] == ["person"]
    assert _counts(profile)[:2] == [2, 3]


def test_an_id_seen_before_adds_nothing(profile: Profile) -> None:
    id = "01a2121b-69fc-7985-8640-003c9c4c9835"
    _register(profile, id=id)
    before = _counts(profile)
    record, _ = read(line(id=id), reference.lists(), NOW)
    assert record
    assert register(profile, record, NOW).already
    assert _counts(profile) == before


@pytest.mark.parametrize("typed", ["bous", "ines", "INÈS bou", "bou ine", "12 34", "metz", "Guessan", "nguess", "n'gu"])
def test_search_finds_by_any_beginning(profile: Profile, typed: str) -> None:
    name = "N’Guessan" if "gu" in typed.lower() else "Boussole"
    _register(profile, person__birth_name=name)
    _register(
        profile,
        person__given_name="Théo",
        person__birth_name="Autre",
        person__phone="03 53 01 77 77",
        person__commune="57751",
        person__postal_code="57140",
    )
    assert [one.name for one in find.search(profile, typed, NOW)] == [f"Inès {name}"]


def test_search_of_signs_alone_finds_nobody_and_breaks_nothing(profile: Profile) -> None:
    _register(profile)
    for typed in ("'\"*", "AND", "NEAR(", "😀", "a OR b"):
        assert find.search(profile, typed, NOW) == []


def test_last_met_comes_first(profile: Profile) -> None:
    _register(profile)
    _register(profile, person__given_name="Théo", person__birth_name="Autre", person__phone="03 53 01 77 77")
    _register(profile, at="2026-11-24T15:32:00+01:00")
    assert [one.name for one in find.search(profile, "", NOW)] == ["Inès Boussole", "Théo Autre"]


def test_stops_open_close_and_hold_their_encounters(profile: Profile) -> None:
    early = NOW.replace(hour=14, minute=0)
    stop = stops.open_stop(
        profile, "Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt(partners=("SPIP",)), early
    )
    _register(profile)
    day = plan.day(profile, NOW)
    assert day.open_stop
    assert (day.open_stop.encounters, day.open_stop.registrations) == (1, 1)
    assert day.met[0].name == "Inès B."
    stops.correct_stop(profile, stop, Halt(closed_at=NOW), NOW)
    assert plan.day(profile, NOW).open_stop is None


def test_wrong_password_second_program_and_damage(new_profile: Callable[[], Profile], tmp_path: Path) -> None:
    profile = new_profile()
    with pytest.raises(AlreadyOpen):
        open_profile(profile.folder, ADVISER, PASSWORD, NOW)
    with pytest.raises(WrongPassword):
        open_profile(profile.folder, ADVISER, "x", NOW)
    with pytest.raises(NotOurs):
        create(profile.folder, ADVISER, PASSWORD, NOW)
    other = new_profile()
    other.close()
    shutil.copy(profile.folder / "keys.json", other.folder / "keys.json")
    with pytest.raises(NotOurs):
        open_profile(other.folder, ADVISER, PASSWORD, NOW)
    (other.folder / engine.FILE).write_bytes(b"not a database at all" * 400)
    with pytest.raises(NotOurs):
        open_profile(other.folder, ADVISER, PASSWORD, NOW)


def test_a_full_disk_loses_nothing_and_says_so(profile: Profile) -> None:
    _register(profile)
    before = _counts(profile)
    with profile.store.read() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(NoRoom):
        for number in range(200):
            _register(
                profile,
                person__given_name="A" * 60,
                person__phone=f"03 53 01 {number // 100:02d} {number % 100:02d}",
                comment="x" * 400,
            )
    with profile.store.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    assert _counts(profile) >= before


def test_no_name_stands_readable_on_the_disk(profile: Profile) -> None:
    _register(profile, person__given_name="Xylophonie")
    for file in profile.folder.rglob("*"):
        if file.is_file():
            assert b"Xylophonie" not in file.read_bytes()


def test_head_equals_the_mappings(profile: Profile) -> None:
    with profile.store.read() as session:
        context = MigrationContext.configure(
            session, opts={"include_object": lambda item, name, kind, *_: not str(name).startswith("person_search")}
        )
        assert compare_metadata(context, Table.metadata) == []
    assert law_tables.Tally.__tablename__ in Table.metadata.tables


def test_a_draft_is_seen_by_the_adviser_who_began_it_alone(profile: Profile) -> None:
    plan.keep_draft(profile, "one", {"person.given_name": "Inès"}, NOW)
    other = replace(profile, adviser_id="other", adviser="Alex Autre")
    plan.keep_draft(other, "two", {"person.given_name": "Ugo"}, NOW)
    assert [draft.id for draft in plan.drafts(profile)] == ["one"]
    assert [draft.id for draft in plan.drafts(other)] == ["two"]


def test_a_draft_goes_with_what_it_became_or_stays(profile: Profile) -> None:
    plan.keep_draft(profile, "one", {"person.given_name": "Inès"}, NOW)
    record, _ = read(line(), reference.lists(), NOW)
    new, _ = read(line(setting=None, place="Un lieu inconnu"), reference.lists(), NOW)
    assert record and new
    with pytest.raises(NotReady):
        register(profile, new, NOW, draft="one")
    assert [draft.id for draft in plan.drafts(profile)] == ["one"]
    met = register(profile, record, NOW, draft="one").id
    assert plan.drafts(profile) == []
    plan.keep_draft(profile, "two", {"amends": met}, NOW)
    assert isinstance(record, Named)
    assert amend.amend(profile, met, record, NOW, draft="two") == ()
    assert plan.drafts(profile) == []


def test_a_newer_file_is_refused_untouched(profile: Profile) -> None:
    with profile.store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    profile.close()
    with pytest.raises(NotOurs, match="plus récente"):
        open_profile(profile.folder, ADVISER, PASSWORD, NOW)


def test_the_cipher_is_there() -> None:
    assert sqlcipher3.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
