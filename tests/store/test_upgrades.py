"""Stores of past versions: a copy first, then all or nothing; what waits to be sent is what it was; nobody goes back by mistake."""

import ctypes
import json
import resource
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from installer import old_store
from milomobile import __version__
from milomobile.actions import backups, snapshots
from milomobile.actions.open import Profile, open_profile
from milomobile.domain.dates import LOCAL
from milomobile.errors import NotOurs, Trouble
from milomobile.security import keychain, vault
from milomobile.store import copies, engine, upgrade
from milomobile.store.engine import open_keyed
from tests.faults.conftest import office, proxy
from tests.faults.office import Office, bind, everything_is_there, press
from tests.faults.proxy import Proxy
from tests.flows.processes import Laptop, one_sentence

__all__ = ["office", "proxy"]
OLD = sorted(folder for folder in old_store.FOLDER.iterdir() if folder.is_dir())
OLDEST = OLD[0]
SEVERAL = ("person_search_config", "person_search_data", "person_key", "journal", "setting")
"""Tables that an upgrade or an opening writes itself."""


@pytest.fixture(params=OLD, ids=lambda folder: folder.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return shutil.copytree(request.param, tmp_path / "profile")


@pytest.fixture
def oldest(tmp_path: Path) -> Path:
    return shutil.copytree(OLDEST, tmp_path / "profile")


def open_old(folder: Path) -> Profile:
    return open_profile(folder, None, old_store.PASSWORD, datetime.now(LOCAL))


def key_of(folder: Path) -> bytes:
    return bytes(vault.unlock(folder, old_store.ADVISER, old_store.PASSWORD, keychain.get).key)


def lines(folder: Path) -> list[tuple[Any, ...]]:
    """What waits, as it will travel."""
    with closing(open_keyed(folder / engine.FILE, key_of(folder))) as raw:
        return list(raw.execute("SELECT seq, line, digest, chain FROM outbox ORDER BY seq").fetchall())


def schema(folder: Path) -> str:
    with closing(open_keyed(folder / engine.FILE, key_of(folder))) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def content(folder: Path) -> dict[str, list[str]]:
    """Every row of every table, and what the tables are."""
    with closing(open_keyed(folder / engine.FILE, key_of(folder))) as raw:
        tables = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        rows = {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    return {f"{name} {sql}": sorted(map(repr, rows[name])) for name, sql in tables.items()}


def test_each_released_version_left_a_store() -> None:
    assert __version__ in {folder.name for folder in OLD}
    for folder in OLD:
        assert {file.name for file in folder.iterdir()} >= {"keys.json", engine.FILE, "password.txt", "rows.json"}


def test_every_past_store_opens_keeps_its_rows_and_sends_what_waited(old: Path, office: Office, proxy: Proxy) -> None:
    rows = json.loads((old / old_store.ROWS).read_text(encoding="utf-8"))
    before, was = lines(old), schema(old)
    assert before
    profile = open_old(old)
    try:
        counts = copies.counts(old / engine.FILE, profile.key)
        kept = {table: counts.get(table) for table in rows if table not in SEVERAL}
        assert kept == {table: rows[table] for table in kept}
        assert lines(old) == before
        assert (profile.schema == was) == (old_store.FOLDER / __version__ in [OLD[-1]] and snapshots.kept(old) == [])
        bind(profile, office, proxy)
        assert press(profile).taken == len(before)
        everything_is_there(profile, office.store)
    finally:
        profile.close()


def test_a_copy_that_the_old_program_reads_comes_first(oldest: Path, tmp_path: Path) -> None:
    before, was = content(oldest), schema(oldest)
    open_old(oldest).close()
    ((_, file),) = snapshots.kept(oldest)
    assert copies.read(file).schema == was
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(oldest / "keys.json", restored)
    copies.extract(file, restored / engine.FILE)
    assert content(restored) == before, "what the old program opens is what it left"


def test_twice_is_harmless(old: Path) -> None:
    open_old(old).close()
    once, copied = content(old), snapshots.kept(old)
    open_old(old).close()
    assert snapshots.kept(old) == copied
    again = content(old)
    changed = {name.split()[0] for name in once if once[name] != again[name]}
    assert changed <= {"journal", "setting"}, "an opening is journalled"


NEXT = '''"""What a next version might do."""
from alembic import op
revision, down_revision = "9999", "{before}"
branch_labels = depends_on = None
def upgrade() -> None:
    op.execute("CREATE TABLE of_tomorrow (id TEXT)")
    op.execute("DELETE FROM outbox")
    op.execute("ALTER TABLE person ADD COLUMN of_tomorrow TEXT")
    {last}
'''


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this program the next version; its last step is as told."""

    def make(last: str) -> None:
        folder = shutil.copytree(upgrade._FOLDER, tmp_path / "migrations")
        before = max(file.stem[-4:] for file in (folder / "versions").glob("*_????.py"))
        (folder / "versions" / "tomorrow_9999.py").write_text(NEXT.format(before=before, last=last), encoding="utf-8")
        monkeypatch.setattr(upgrade, "_FOLDER", folder)

    return make


@pytest.mark.parametrize("last", ['raise ValueError("a bug")', 'op.execute("INSERT INTO nowhere VALUES (1)")'])
def test_a_migration_that_fails_half_way_changes_nothing(
    old: Path, tomorrow: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    before, waited, was = content(old), lines(old), schema(old)
    with monkeypatch.context():
        tomorrow(last)
        for _ in range(2):
            with pytest.raises(NotOurs, match="est disponible") as told:
                open_old(old)
            assert "n’ont pas été modifiées" in told.value.sentence and "a bug" not in told.value.sentence
    assert (content(old), lines(old), schema(old)) == (before, waited, was)
    assert list((old / "logs").glob("probleme-*")), "and support can see where"
    monkeypatch.undo()
    open_old(old).close()
    assert lines(old) == waited, "the old program works"


def test_going_back_is_refused_before_anything_is_touched(
    old: Path, tmp_path: Path, tomorrow: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_old(old).close()
    was = schema(old)
    with monkeypatch.context():
        tomorrow("pass")
        open_old(old).close()
        assert schema(old) == "9999"
    monkeypatch.undo()
    files = {file: file.read_bytes() for file in (old / engine.FILE, old / "keys.json")}
    copied = snapshots.kept(old)
    with pytest.raises(NotOurs, match="version plus récente"):
        open_old(old)
    assert {file: file.read_bytes() for file in files} == files
    _, file = snapshots.kept(old)[0]
    assert snapshots.kept(old) == copied and copies.read(file).schema == was
    restored = tmp_path / "restored"
    backups.restore(file, restored, None, old_store.PASSWORD, datetime.now(LOCAL))
    open_profile(restored, None, old_store.PASSWORD, datetime.now(LOCAL)).close()


def without_power() -> None:
    """In a child: root's right to write what is protected goes; others never had it."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


class Old(Laptop):
    """Calls on a past profile."""

    def status(self, before: Callable[[], None] | None = None) -> tuple[int, Any, str]:
        secret = str(self.folder / "password.txt")
        return self("--password-file", secret, "status", before=before)


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_store_that_is_protected_against_writing_is_told_and_stays(oldest: Path, what: str) -> None:
    before, was = content(oldest), schema(oldest)
    if what != "folder":
        (oldest / engine.FILE).chmod(0o400)
    if what != "file":
        oldest.chmod(0o500)
    code, _, said = Old(oldest).status(without_power)
    oldest.chmod(0o700)
    (oldest / engine.FILE).chmod(0o600)
    assert code == 2
    one_sentence(said, "perdu")
    assert (content(oldest), schema(oldest)) == (before, was)
    assert Old(oldest).status()[0] == 0
    assert schema(oldest) > was


def test_without_room_the_old_store_stays_wherever_it_ends(oldest: Path, tmp_path: Path) -> None:
    before, was, waited = content(oldest), schema(oldest), lines(oldest)
    upgraded, limit, ends = False, 20_000, set()
    while not upgraded:
        folder = shutil.copytree(oldest, tmp_path / str(limit))

        def short(most: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        code, _, said = Old(folder).status(short)
        upgraded = code == 0
        if not upgraded:
            assert code == 2, said
            one_sentence(said)
            assert lines(folder) == waited
            assert schema(folder) > was or content(folder) == before
            ends.add((len(snapshots.kept(folder)), schema(folder) > was))
        limit = int(limit * 1.5) if limit < 150_000 else limit + 25_000
    assert (0, False) in ends, "no copy, no upgrade"
    assert (0, True) not in ends


def test_killed_at_any_moment_it_is_the_old_store_or_the_new_one(oldest: Path, tmp_path: Path) -> None:
    waited, seen = lines(oldest), set()
    for place in range(5):
        folder = shutil.copytree(oldest, tmp_path / str(place))
        running = Old(folder).start("--password-file", str(folder / "password.txt"), "status")
        until, now = time.monotonic() + 30, 0
        while running.poll() is None and time.monotonic() < until and now <= place:
            now = len([file for file in folder.rglob("*") if file.is_file()]) - 4
        running.kill()
        running.communicate()
        assert lines(folder) == waited
        seen.add(schema(folder))
        open_old(folder).close()
        assert lines(folder) == waited
    assert schema(oldest) in seen


def test_what_is_refused_of_an_old_store_is_a_sentence(oldest: Path) -> None:
    with pytest.raises(Trouble):
        open_profile(oldest, None, "Un-autre-mot-2-passe", datetime.now(LOCAL))


def test_this_version_s_store_is_written_as_those_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = old_store.write(tmp_path / "profile", datetime.now(LOCAL))
    assert counts["person"] and counts["outbox"] and counts["draft"]
    monkeypatch.setattr(old_store, "FOLDER", tmp_path)
    monkeypatch.setattr(old_store, "__version__", "profile")
    assert old_store.main() == 1, "a released version's is not written anew"
