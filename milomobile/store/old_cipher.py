"""Files made with SQLCipher's parameters of before are rewritten with today's, whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher3

from milomobile.errors import NoRoom, NotOurs
from milomobile.store.engine import NO_ROOM, NOT_OURS, open_keyed

_BEFORE = (
    ("cipher_compatibility = 3",),
    ("cipher_page_size = 1024", "kdf_iter = 64000"),
    ("cipher_compatibility = 2",),
    ("cipher_compatibility = 1",),
)
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"


def renew(file: Path, key: bytes | bytearray) -> None:
    """Nothing where today's parameters open the file, or none of before does (who opens it says so)."""
    fresh = file.with_name(file.name + ".fresh")
    fresh.unlink(missing_ok=True)
    if not file.exists() or _reads(file, key, ()):
        return
    for pragmas in _BEFORE:
        if _reads(file, key, pragmas):
            return _rewrite(file, fresh, key, pragmas)


def _rewrite(file: Path, fresh: Path, key: bytes | bytearray, pragmas: tuple[str, ...]) -> None:
    """Into a file beside it, which takes its place once every table was counted there."""
    try:
        with _opened(file, key, pragmas) as old:
            old.execute("PRAGMA journal_mode = DELETE")
            old.execute("ATTACH DATABASE ? AS fresh KEY \"x'" + key.hex() + "'\"", (str(fresh),))
            for pragma in ("cipher_page_size = 4096", "journal_mode = DELETE"):
                old.execute(f"PRAGMA fresh.{pragma}")
            old.execute("SELECT sqlcipher_export('fresh')")
            version = old.execute("PRAGMA main.user_version").fetchone()[0]
            old.execute(f"PRAGMA fresh.user_version = {int(version)}")
            old.execute("DETACH DATABASE fresh")
            counted = _counts(old)
        with closing(open_keyed(fresh, key)) as new:
            if _counts(new) != counted or new.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise NotOurs(NOT_OURS)
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlcipher3.Error as wrong:
        fresh.unlink(missing_ok=True)
        raise NoRoom(NO_ROOM) if "full" in str(wrong) else NotOurs(NOT_OURS) from wrong
    with fresh.open("rb+") as written:
        os.fsync(written.fileno())
    os.replace(fresh, file)


def _reads(file: Path, key: bytes | bytearray, pragmas: tuple[str, ...]) -> bool:
    """Whether these parameters decrypt it; where something else ails the file it is left to who opens it."""
    try:
        with _opened(file, key, pragmas):
            return True
    except sqlcipher3.DatabaseError as wrong:
        return "not a database" not in str(wrong)


@contextmanager
def _opened(file: Path, key: bytes | bytearray, pragmas: tuple[str, ...]) -> Iterator[Any]:
    made = sqlcipher3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    with closing(made) as connection:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection


def _counts(connection: Any) -> dict[str, int]:
    names = [name for (name,) in connection.execute(_TABLES)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
