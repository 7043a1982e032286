"""The server's database: opening, transactions, migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

OLDEST_SQLITE = (3, 51, 3)
"""Before it, two connections in WAL mode can lose a commit (sqlite.org, WAL-reset bug)."""
FILE = "server.db"
_NOT_OURS = (
    "La base de ce serveur manque ou n’est pas lisible. Elle n’a pas été modifiée, et les postes gardent leurs fiches. "
    "Remettez la dernière sauvegarde."
)
_NO_ROOM = (
    "La base de ce serveur n’a pas pu être écrite : le disque est plein ou protégé. Rien de ce qui était reçu n’est "
    "perdu. Libérez de la place, puis recommencez."
)
_MIGRATIONS = Path(__file__).parent / "migrations"


class NotOurs(Exception):
    """The database is not one of this program, or cannot be written; the text is a French sentence."""


class Store:
    """The open database: `read()` and `write()` give a connection inside one transaction."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        if sqlite.sqlite_version_info < OLDEST_SQLITE:
            raise RuntimeError(f"SQLite {sqlite.sqlite_version} can lose commits; 3.51.3 or later is needed")
        self._engine = _engine(folder / FILE)
        with self.write() as session:
            found = MigrationContext.configure(session).get_current_revision()
            if found is None and not create:
                raise NotOurs(_NOT_OURS)
            if found != ScriptDirectory(str(_MIGRATIONS)).get_current_head():
                command.upgrade(_config(session), "head")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction."""
        with self._engine.connect().execution_options(begin="BEGIN") as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: everything or nothing, on the disk when it ends."""
        with self._engine.connect().execution_options(begin="BEGIN IMMEDIATE") as session, session.begin():
            yield session

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def trouble(wrong: Exception) -> str | None:
    """The sentence behind a driver's error, or None where it is a bug of ours."""
    text = str(wrong).lower()
    if any(sign in text for sign in ("disk is full", "readonly", "read-only", "disk i/o error")):
        return _NO_ROOM
    if any(sign in text for sign in ("not a database", "malformed", "unable to open")):
        return _NOT_OURS
    return None


def _config(session: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = session
    return config


def _engine(file: Path) -> Engine:
    def connect() -> Any:
        raw = sqlite.connect(str(file), check_same_thread=False, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000", "foreign_keys = ON"):
            raw.execute(f"PRAGMA {pragma}")
        return raw

    engine = create_engine("sqlite://", creator=connect, module=sqlite, poolclass=QueuePool, pool_size=4)

    @event.listens_for(engine, "begin")
    def _begin(session: Connection) -> None:
        session.exec_driver_sql(session.get_execution_options().get("begin", "BEGIN"))

    return engine
