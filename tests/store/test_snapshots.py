"""The profile's own copies: before a migration, weekly, few, none old, and none that knows somebody who was erased."""

import errno
import os
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher3
from alembic import command
from sqlalchemy import StaticPool, create_engine, select

from milomobile.actions import backups, snapshots
from milomobile.actions.open import Profile, create, open_profile
from milomobile.domain.dates import LOCAL
from milomobile.errors import NoRoom, NotOurs
from milomobile.store import copies, engine, erasing, upgrade
from milomobile.store.engine import open_keyed
from milomobile.store.tables import Person
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.store.test_backups import counted, files, meet


def test_a_snapshot_is_taken_before_a_migration_and_only_then(tmp_path: Path) -> None:
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    profile = open_profile(tmp_path / "p", None, PASSWORD, NOW)
    key = bytes(profile.key)
    profile.close()
    assert snapshots.kept(tmp_path / "p") == []
    store = tmp_path / "p" / engine.FILE
    with closing(open_keyed(store, key)) as raw:
        kept = dict(raw.execute("SELECT name, value FROM setting").fetchall())
    copies.discard(store)
    at_revision(store, key, "0014")
    with closing(open_keyed(store, key)) as raw:
        raw.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", kept.items())
    with pytest.MonkeyPatch.context() as full:
        full.setattr(os, "fsync", no_room)
        with pytest.raises(NoRoom):
            open_profile(tmp_path / "p", None, PASSWORD, NOW)
    assert files(tmp_path / "p" / "backups") == []
    profile = open_profile(tmp_path / "p", None, PASSWORD, NOW)
    schema = profile.schema
    profile.close()
    (((made, file)),) = snapshots.kept(tmp_path / "p")
    assert (made, copies.read(file).schema) == (NOW, "0014")
    assert schema > "0014"
    assert backups.restore(file, tmp_path / "q", None, PASSWORD, NOW).people == 0
    open_profile(tmp_path / "q", None, PASSWORD, NOW).close()


def at_revision(file: Path, key: bytes, revision: str) -> None:
    with closing(open_keyed(file, key, create=True)) as raw:
        made = create_engine("sqlite://", creator=lambda: raw, module=sqlcipher3, poolclass=StaticPool)
        with made.begin() as connection:
            command.upgrade(upgrade._config(connection), revision)
        made.dispose()


def no_room(_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def own(profile: Profile) -> list[int]:
    """How many days ago each of the profile's own copies was made."""
    return [(NOW - made).days for made, _ in snapshots.kept(profile.folder)]


def test_the_profiles_own_copies_are_weekly_few_and_never_old(profile: Profile) -> None:
    for day in range(200):
        backups.tend(profile, NOW + timedelta(days=day))
    assert [-1 - days for days in own(profile)] == [196, 189, 182]
    backups.tend(profile, NOW + timedelta(days=400))
    assert [-1 - days for days in own(profile)] == [399]
    backups.tend(profile, NOW)
    assert own(profile)[-1] == 0, "a clock put back keeps nobody without"


def test_they_are_kept_within_a_size(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    for week in range(3):
        backups.tend(profile, NOW + timedelta(weeks=week))
    monkeypatch.setattr(snapshots, "MOST", 10)
    snapshots.tidy(profile.folder, NOW + timedelta(weeks=3))
    assert len(own(profile)) == 1


def test_somebody_erased_is_in_no_copy_of_the_profile_any_more(profile: Profile, tmp_path: Path) -> None:
    meet(profile)
    backups.tend(profile, datetime.now(LOCAL))
    with profile.store.write() as session:
        erasing.erase(session, session.scalars(select(Person.id)).one())
    ((_, before),) = snapshots.kept(profile.folder)
    backups.tend(profile, datetime.now(LOCAL))
    ((_, after),) = snapshots.kept(profile.folder)
    assert (copies.read(before).counts if before.exists() else None, copies.read(after).counts["person"]) == (None, 0)
    backups.tend(profile, datetime.now(LOCAL))
    assert [file for _, file in snapshots.kept(profile.folder)] == [after]


def test_without_room_the_own_copies_wait_and_nobody_is_held_up(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", no_room)
    backups.tend(profile, NOW)
    assert files(profile.folder / "backups") == []


def test_a_damaged_store_tells_of_the_copy_and_it_restores(tmp_path: Path) -> None:
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    profile = open_profile(tmp_path / "p", None, PASSWORD, NOW)
    meet(profile)
    backups.tend(profile, NOW - timedelta(days=1))
    profile.close()
    (tmp_path / "p" / engine.FILE).write_bytes(os.urandom(50_000))
    with pytest.raises(NotOurs, match="d’hier à 16\u00a0h est disponible") as told:
        open_profile(tmp_path / "p", None, PASSWORD, NOW)
    ((_, file),) = snapshots.kept(tmp_path / "p")
    assert str(file) in told.value.sentence
    backups.restore(file, tmp_path / "q", None, PASSWORD, NOW)
    restored = open_profile(tmp_path / "q", None, PASSWORD, NOW)
    assert counted(restored) == (1, 1)
    restored.close()
