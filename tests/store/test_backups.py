"""A backup is whole and opens, or is refused with a sentence and nothing is left behind."""

import errno
import hashlib
import json
import os
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from milomobile import reference
from milomobile.actions import backups
from milomobile.actions import open as opening
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import register
from milomobile.domain.reading import read
from milomobile.errors import KeyringLost, NoRoom, NotOurs, Trouble, WrongPassword
from milomobile.security import slots
from milomobile.store import copies, encounters, engine, people, whole
from milomobile.store.tables import Outbox
from tests.conftest import ADVISER, NOW, PASSWORD, line
from tests.security.keyrings import Fine

MARKED = "Xylophandre"


def meet(profile: Profile, number: int = 0) -> str:
    who = line(person__birth_name=MARKED + "abcdefghij"[number] * 3, person__phone=f"03 53 01 12 {number:02d}")
    record, _ = read(who, reference.lists(), NOW)
    assert record
    return register(profile, record, NOW).id


def counted(profile: Profile) -> tuple[int, int]:
    with profile.store.read() as session:
        return people.count(session), encounters.count(session)


def files(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))


@pytest.fixture
def backup(profile: Profile, tmp_path: Path) -> Path:
    meet(profile)
    file = tmp_path / "key" / "copie.sauvegarde"
    file.parent.mkdir()
    backups.backup(profile, file, NOW)
    return file


def test_a_backup_is_made_while_the_program_works_and_put_back_elsewhere(
    profile: Profile, backup: Path, tmp_path: Path
) -> None:
    done = backups.check(profile, backup)
    assert (done.people, done.encounters, done.device, done.made) == (1, 1, profile.device, NOW)
    assert done.size == backup.stat().st_size
    assert backup.stat().st_mode & 0o777 == 0o600
    assert files(backup.parent) == [backup.name]
    assert files(profile.folder / "backups") == []
    meet(profile, 1)
    assert backups.restore(backup, tmp_path / "new", None, PASSWORD, NOW) == replace(done, file=backup)
    restored = open_profile(tmp_path / "new", None, PASSWORD, NOW)
    assert (counted(restored), counted(profile)) == ((1, 1), (2, 2))
    assert restored.device == profile.device
    with restored.store.read() as session:
        whole.verify(session)
        said = session.exec_driver_sql("SELECT what FROM journal ORDER BY seq DESC LIMIT 2").scalars().all()
    restored.close()
    assert said == ["unlock", "restore"]
    assert not [name for name in files(tmp_path / "new") if name.startswith("restoring")]


def test_nothing_in_a_backup_is_in_clear(backup: Path) -> None:
    content = backup.read_bytes()
    for encoding in ("utf-8", "utf-16-le"):
        assert MARKED.encode(encoding) not in content
    assert b"SQLite format 3" not in content
    manifest = copies.read(backup)
    assert manifest.counts["person"] == 1
    assert {slot["kind"] for slot in manifest.slots} == {"adviser", "recovery"}


def test_the_last_backup_is_told(profile: Profile, backup: Path) -> None:
    last = backups.last(profile)
    assert (last.made, last.where, last.automatic) == (NOW, str(backup.parent), None)


def test_the_code_opens_it_on_a_laptop_without_the_keyring_and_the_password_does_not(tmp_path: Path) -> None:
    keyring.set_keyring(Fine())
    _, code = create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    profile = open_profile(tmp_path / "p", None, PASSWORD, NOW)
    meet(profile)
    backups.backup(profile, tmp_path / "c", NOW)
    profile.close()
    backups.restore(tmp_path / "c", tmp_path / "same", None, PASSWORD, NOW)
    keyring.set_keyring(Fine())
    with pytest.raises(KeyringLost, match="code de secours"):
        backups.restore(tmp_path / "c", tmp_path / "q", None, PASSWORD, NOW)
    assert not (tmp_path / "q").exists()
    with pytest.raises(WrongPassword):
        backups.restore(tmp_path / "c", tmp_path / "q", None, "0" * 26, NOW)
    assert not (tmp_path / "q").exists()
    assert backups.restore(tmp_path / "c", tmp_path / "q", None, code.lower(), NOW).people == 1
    again = open_profile(tmp_path / "q", None, code, NOW)
    assert counted(again) == (1, 1)
    again.close()


def test_only_into_an_empty_profile(profile: Profile, backup: Path, tmp_path: Path) -> None:
    create(tmp_path / "other", ADVISER, PASSWORD, NOW)
    before = {name: (tmp_path / "other" / name).read_bytes() for name in (slots.FILE, engine.FILE)}
    for folder in (tmp_path / "other", profile.folder):
        with pytest.raises(NotOurs, match="contient déjà un profil"):
            backups.restore(backup, folder, None, PASSWORD, NOW)
    assert {name: (tmp_path / "other" / name).read_bytes() for name in before} == before


@pytest.mark.parametrize("there", [True, False])
def test_a_wrong_password_leaves_nothing(backup: Path, tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "new"
    if there:
        folder.mkdir()
        (folder / "note.txt").touch()
    with pytest.raises(WrongPassword):
        backups.restore(backup, folder, None, "Un-autre-mot-2-passe", NOW)
    with pytest.raises(WrongPassword, match="Vérifiez le nom"):
        backups.restore(backup, folder, "Personne", PASSWORD, NOW)
    assert files(tmp_path / "new") == (["note.txt"] if there else [])
    assert folder.exists() == there


def refused(file: Path, folder: Path, *words: str) -> None:
    with pytest.raises(Trouble) as told:
        backups.restore(file, folder, None, PASSWORD, NOW)
    assert told.value.exit_code == 2
    assert "Rien n’a été modifié" in told.value.sentence
    assert all(word in told.value.sentence for word in words), told.value.sentence
    assert not folder.exists()


def test_cut_at_any_page_it_is_refused(backup: Path, tmp_path: Path) -> None:
    content, cut = backup.read_bytes(), tmp_path / "cut"
    for length in (0, 1, 10, 18, 25, *range(4096, len(content), 4096), len(content) - 1):
        cut.write_bytes(content[:length])
        refused(cut, tmp_path / "new")
    cut.write_bytes(content + b"\0")
    refused(cut, tmp_path / "new", "abîmée")


def test_any_changed_bit_is_noticed(profile: Profile, backup: Path, tmp_path: Path) -> None:
    content, changed = backup.read_bytes(), tmp_path / "changed"
    head = len(content) - copies.read(backup).size

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.one_of(st.integers(0, head - 1), st.integers(0, len(content) - 1)), st.integers(0, 7))
    def flip(place: int, bit: int) -> None:
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        changed.write_bytes(flipped)
        refused(changed, tmp_path / "new")
        with pytest.raises(NotOurs):
            backups.check(profile, changed)

    flip()


def rewritten(file: Path, **changes: Any) -> bytes:
    """The backup with another manifest, by somebody who can reckon its print and has no key."""
    content = file.read_bytes()
    length = struct.unpack(">I", content[16:20])[0]
    head = json.dumps(json.loads(content[20 : 20 + length]) | changes).encode()
    prints = hashlib.sha256(head).digest() + content[20 + length + 32 : 20 + length + 64]
    return content[:16] + struct.pack(">I", len(head)) + head + prints + content[20 + length + 64 :]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"version": 2}, "plus récente"),
        ({"version": 2, "unknown": 1}, "plus récente"),
        ({"version": "x"}, "abîmée"),
        ({"made": "hier"}, "abîmée"),
        ({"made": "2026-11-24T12:00:00"}, "abîmée"),
        ({"size": 5}, "abîmée"),
        ({"counts": {}}, "abîmée"),
        ({"sha256": "00" * 32}, "abîmée"),
        ({"slots": [{"id": 1}]}, "illisible"),
        ({"slots": []}, "abîmée"),
    ],
)
def test_a_manifest_that_nobody_with_the_key_wrote_is_refused(
    backup: Path, tmp_path: Path, changes: dict[str, Any], word: str
) -> None:
    other = tmp_path / "other"
    other.write_bytes(rewritten(backup, **changes))
    with pytest.raises(Trouble) as told:
        backups.restore(other, tmp_path / "new", None, PASSWORD, NOW)
    assert word in told.value.sentence
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", [b"", b"Liste de courses", b"PK\x03\x04" + bytes(5000), b"SQLite format 3\0" * 300])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    refused(tmp_path / "file", tmp_path / "new", "n’est pas une sauvegarde")


def test_a_folder_or_nothing_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, tmp_path / "new", "ne peut pas être lu")
    refused(tmp_path / "absent", tmp_path / "new", "ne peut pas être lu")


def test_a_store_of_a_newer_program_is_refused(profile: Profile, backup: Path, tmp_path: Path) -> None:
    """The manifest's key vouches for it: only its migration is unknown here."""
    with profile.store.write() as session:
        session.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backups.backup(profile, backup, NOW, replace=True)
    with pytest.raises(NotOurs, match="plus récente"):
        backups.restore(backup, tmp_path / "new", None, PASSWORD, NOW)
    assert not (tmp_path / "new").exists()


def test_a_backup_of_other_keys_is_not_verified_here(new_profile: Any, backup: Path) -> None:
    with pytest.raises(NotOurs, match="autres clés"):
        backups.check(new_profile(), backup)


def test_a_backup_into_the_profile_itself_is_refused(profile: Profile) -> None:
    with pytest.raises(NotOurs, match="clé USB"):
        backups.backup(profile, profile.folder / "x.sauvegarde", NOW)


@pytest.mark.parametrize("wrong", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_key_that_is_full_protected_or_pulled_out_has_no_half_file(
    profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    file = tmp_path / "key" / "c.sauvegarde"
    file.parent.mkdir()
    file.write_text("celle d’avant")

    def fails(_: object) -> None:
        raise OSError(wrong, os.strerror(wrong))

    with monkeypatch.context() as key:
        key.setattr(os, "fsync", fails)
        with pytest.raises(NoRoom) as told:
            backups.backup(profile, file, NOW, replace=True)
    assert "Les fiches sont intactes" in told.value.sentence
    assert files(file.parent) == [file.name]
    assert file.read_text() == "celle d’avant"
    assert files(profile.folder / "backups") == []
    assert backups.last(profile).made is None
    with pytest.raises(NoRoom):
        backups.backup(profile, tmp_path / "absente" / "c", NOW)


def test_in_a_new_epoch_every_line_waits_again_and_the_chain_is_whole(
    profile: Profile, backup: Path, tmp_path: Path
) -> None:
    backups.restore(backup, tmp_path / "new", None, PASSWORD, NOW)
    restored = open_profile(tmp_path / "new", None, PASSWORD, NOW)
    with profile.store.read() as before, restored.store.read() as after:
        columns = select(Outbox.seq, Outbox.id, Outbox.digest, Outbox.line).order_by(Outbox.seq)
        assert before.execute(columns).all() == after.execute(columns).all()
        assert set(after.scalars(select(Outbox.state))) == {"waiting"}
    restored.close()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_restoring_cut_off_leaves_nothing_or_a_profile_that_opens(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The power goes before the first, second or third file has its name: nothing is tidied up then."""
    calls, real = iter(range(1, 9)), os.replace

    class Cut(BaseException):
        pass

    def cut(old: Path, new: Path) -> None:
        if Path(new).parent == tmp_path / "new" and next(calls) == number:
            raise Cut
        real(old, new)

    with monkeypatch.context() as power:
        power.setattr(os, "replace", cut)
        power.setattr(backups, "_tidy", lambda *_: None)
        with pytest.raises(Cut):
            backups.restore(backup, tmp_path / "new", None, PASSWORD, NOW)
    if not opening.exists(tmp_path / "new"):
        backups.restore(backup, tmp_path / "new", None, PASSWORD, NOW)
    profile = open_profile(tmp_path / "new", None, PASSWORD, NOW)
    assert counted(profile) == (1, 1)
    profile.close()
