"""Files of SQLCipher's former parameters open, and are rewritten with today's or left whole."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from milomobile.store import engine, old_cipher
from milomobile.store.engine import open_keyed
from milomobile.store.upgrade import upgrade

KEY = bytes(range(32))
BEFORE = [("cipher_compatibility = 3",), ("cipher_page_size = 1024", "kdf_iter = 64000"), ("cipher_compatibility = 1",)]


def counts(connection: Any) -> dict[str, int]:
    return old_cipher._counts(connection)


def of_before(file: Path, pragmas: tuple[str, ...]) -> dict[str, int]:
    """A store at today's schema with rows, exported into a file of former parameters."""
    new = file.with_name("new.db")
    upgrade(new, KEY, create=True)
    with closing(open_keyed(new, KEY)) as made:
        made.execute("INSERT INTO adviser (id, name) VALUES ('a', 'Camille')")
        made.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", [(f"n{i}", "v" * 500) for i in range(200)])
        counted = counts(made)
        made.execute("ATTACH DATABASE ? AS old KEY \"x'" + KEY.hex() + "'\"", (str(file),))
        for pragma in pragmas:
            made.execute(f"PRAGMA old.{pragma}")
        made.execute("SELECT sqlcipher_export('old')")
        made.execute("DETACH DATABASE old")
    with pytest.raises(sqlite.DatabaseError), closing(sqlite.connect(str(file))) as wrong:
        wrong.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        wrong.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return counted


@pytest.mark.parametrize("pragmas", BEFORE)
def test_a_file_of_before_opens_and_is_of_today_afterwards(pragmas: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / engine.FILE
    counted = of_before(file, pragmas)
    upgrade(file, KEY)
    with closing(open_keyed(file, KEY)) as opened:
        assert counts(opened) == counted
        assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert opened.execute("SELECT count(*) FROM setting WHERE value LIKE 'v%'").fetchone() == (200,)
    assert {one.name for one in tmp_path.iterdir()} == {file.name, "new.db"}


@pytest.mark.parametrize("where", ["replace", "fsync"])
def test_a_cut_leaves_the_file_of_before(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / engine.FILE
    counted = of_before(file, BEFORE[0])

    def cut(*_: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as power:
        power.setattr(os, where, cut)
        with pytest.raises(OSError):
            upgrade(file, KEY)
    upgrade(file, KEY)
    with closing(open_keyed(file, KEY)) as opened:
        assert counts(opened) == counted


def test_what_was_half_written_before_a_cut_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / engine.FILE
    counted = of_before(file, BEFORE[0])
    file.with_name(file.name + ".fresh").write_bytes(b"half" * 1000)
    upgrade(file, KEY)
    with closing(open_keyed(file, KEY)) as opened:
        assert counts(opened) == counted


def test_another_key_or_a_file_of_today_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / engine.FILE
    upgrade(file, KEY, create=True)
    before = file.read_bytes()
    old_cipher.renew(file, KEY)
    old_cipher.renew(file, bytes(32))
    assert file.read_bytes() == before
