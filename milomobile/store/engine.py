"""The encrypted file: its key, its pragmas, its transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher3
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from milomobile.errors import Cancelled, NoRoom, NotOurs

FILE = "store.db"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "busy_timeout = 30000",
    "cache_size = -32768",
)
NOT_OURS = (
    "Le fichier des fiches n’est pas lisible\u00a0: il vient d’un autre profil ou il est abîmé. Il n’a pas été modifié. "
    "Prévenez le bureau, une sauvegarde permet de rouvrir."
)
NO_ROOM = (
    "L’enregistrement n’a pas pu être écrit\u00a0: le disque est plein ou protégé. Rien de ce qui était déjà gardé n’est "
    "perdu. Libérez de la place, puis enregistrez de nouveau."
)
STOPPED = (
    "Ce qui était en cours a été interrompu\u00a0: les fiches sont intactes, et rien n’est resté à moitié. Recommencez quand "
    "vous voulez."
)
_ASKED_EVERY = 20_000
"""Steps of SQLite, some milliseconds, between two questions whether to stop."""


def open_keyed(file: Path, key: bytes | bytearray, *, create: bool = False, foreign_keys: bool = True) -> Any:
    """A raw connection with the key set first, in autocommit; raises NotOurs, at once, where the key does not fit."""
    if not create and file.exists() and not file.stat().st_size:
        raise NotOurs(NOT_OURS)
    connection = sqlcipher3.connect(
        f"{file.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    except sqlcipher3.DatabaseError as wrong:
        connection.close()
        raise trouble(wrong) or NotOurs(NOT_OURS) from None
    return connection


@contextmanager
def stoppable(raw: Any, stopped: Callable[[], bool] | None) -> Iterator[None]:
    """Within it a statement of a raw connection ends early, as Cancelled, once `stopped` says so; it is asked often."""
    raw.set_progress_handler(stopped, _ASKED_EVERY)
    try:
        yield
    finally:
        # Whoever presses Ctrl+C amid a statement has the connection closed already, and hears of nothing else.
        with suppress(sqlcipher3.ProgrammingError):
            raw.set_progress_handler(None, 0)


def trouble(wrong: Exception) -> NoRoom | NotOurs | Cancelled | None:
    """The Trouble behind a driver's error, or None where it is a bug of ours."""
    text = str(wrong).lower()
    if "interrupted" in text:
        return Cancelled(STOPPED)
    if any(sign in text for sign in ("disk is full", "readonly", "read-only", "disk i/o error", "too big")):
        return NoRoom(NO_ROOM)
    if any(sign in text for sign in ("not a database", "malformed", "unable to open", "corrupt")):
        return NotOurs(NOT_OURS)
    return None


class Store:
    """The open file: `read()` and `write()` give a connection inside one transaction."""

    def __init__(self, file: Path, key: bytes | bytearray) -> None:
        self._engine = _engine(file, key)
        # What may be stopped reads much that no hand asks for: not into the cache that the window's acts read from.
        self._beside = _engine(file, key)

    @contextmanager
    def read(self, stopped: Callable[[], bool] | None = None) -> Iterator[Connection]:
        """A read transaction: one view of the file from first to last query. Raises Cancelled once `stopped` says so."""
        yield from self._transaction("BEGIN", stopped)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One act: everything or nothing. Raises NoRoom or NotOurs with the transaction rolled back."""
        yield from self._transaction("BEGIN IMMEDIATE")

    def _transaction(self, begin: str, stopped: Callable[[], bool] | None = None) -> Iterator[Connection]:
        engine = self._beside if stopped else self._engine
        try:
            with (
                engine.connect().execution_options(begin=begin) as connection,
                connection.begin(),
                stoppable(connection.connection.driver_connection, stopped),
            ):
                yield connection
        except (DBAPIError, sqlcipher3.Error) as wrong:
            if known := trouble(wrong):
                raise known from wrong
            raise

    def forget(self) -> None:
        """Folds the write-ahead log into the file and empties it: what was erased is nowhere any more."""
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    def compact(self) -> None:
        """Writes the file anew without what went, then empties the write-ahead log; raises NoRoom."""
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlcipher3.Error as wrong:
            raise trouble(wrong) or wrong from wrong
        finally:
            raw.close()

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log back into the file."""
        self._beside.dispose()
        self._engine.dispose()


def _engine(file: Path, key: bytes | bytearray) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: open_keyed(file, key),
        module=sqlcipher3,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=0,
        # The one used last: what it read lies in its cache, opened. In turns each would open the same pages again.
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
