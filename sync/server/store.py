"""The server's database, SQLite or PostgreSQL: opening, transactions, migrations."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError

OLDEST_SQLITE = (3, 51, 3)
"""Before it, two connections in WAL mode can lose a commit (sqlite.org, WAL-reset bug)."""
FILE = "server.db"
DATABASE = "database"
"""The file that holds the database's address, private because a password may be in it."""
_NOT_OURS = (
    "La base de ce serveur manque ou n’est pas lisible. Elle n’a pas été modifiée, et les postes gardent leurs fiches. "
    "Remettez la dernière sauvegarde."
)
_NEWER = (
    "La base de ce serveur a été écrite par une version plus récente du programme. Elle n’a pas été modifiée. Installez la "
    "version récente."
)
NO_ROOM = (
    "La base de ce serveur n’a pas pu être écrite\u00a0: le disque est plein ou protégé. Rien de ce qui était reçu n’est "
    "perdu. Libérez de la place, puis recommencez."
)
NO_ANSWER = (
    "La base PostgreSQL de ce serveur ne répond pas ou refuse l’accès. Rien n’a été modifié, et les postes gardent "
    "leurs fiches. Vérifiez qu’elle est démarrée, et l’adresse donnée à «\u00a0init\u00a0»."
)
BUSY = (
    "La base de ce serveur est occupée depuis plus de dix secondes. Rien n’a été modifié, et les postes gardent leurs "
    "fiches. Attendez, ou fermez le programme qui la tient."
)
BAD_URL = (
    "L’adresse de la base n’est pas valable\u00a0: «\u00a0postgresql+psycopg://utilisateur@machine/base\u00a0», ou rien pour SQLite. "
    "Rien n’a été créé."
)
_TRIES = 4
_PATIENCE = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
"""Seconds, and milliseconds: a PostgreSQL behind a cut cable is no reason to wait for ever."""
Answer = TypeVar("Answer")
_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADING = 0x6D696C6F
"""The advisory lock under which one process at a time upgrades a PostgreSQL database."""


class NotOurs(Exception):
    """The database is not one of this program, or cannot be written; the text is a French sentence."""


class Store:
    """The open database: `read()` and `write()` give a connection inside one transaction."""

    def __init__(self, url: str, *, create: bool = False) -> None:
        self._engine = _engine(url)
        self.postgresql = self._engine.dialect.name == "postgresql"
        try:
            with self.write() as session:
                if self.postgresql:
                    session.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADING})")
                self._upgrade(session, create)
        except BaseException:
            self.close()
            raise

    def _upgrade(self, session: Connection, create: bool) -> None:
        known = {script.stem[-4:] for script in _MIGRATIONS.glob("versions/*_[0-9][0-9][0-9][0-9].py*")}
        kept = inspect(session).has_table("alembic_version")
        found = session.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if kept else None
        if found is None and not create:
            raise NotOurs(_NOT_OURS)
        if found is not None and found not in known:
            raise NotOurs(_NEWER)
        if found != max(known):
            _migrate(session)

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

    def attempt(self, act: Callable[[Connection], Answer]) -> Answer:
        """`act` in one transaction, begun again where another process was in the way (a taken key, a deadlock)."""
        for _ in range(_TRIES - 1):
            try:
                with self.write() as session:
                    return act(session)
            except (IntegrityError, OperationalError, psycopg.errors.IntegrityError) as wrong:
                if isinstance(wrong, OperationalError) and not _in_the_way(wrong):
                    raise
        with self.write() as session:
            return act(session)

    def let_go(self) -> None:
        """Empties SQLite's write-ahead log, so that what was erased is in no byte of it either; best effort."""
        if self.postgresql:
            return
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def sqlite_url(folder: Path) -> str:
    """The address of the database in a server's folder."""
    return f"sqlite:///{(folder / FILE).absolute()}"


def database(folder: Path) -> str:
    """The address of the database that `init` was given."""
    kept = folder / DATABASE
    return kept.read_text(encoding="utf-8") if kept.exists() else sqlite_url(folder)


def shown_url(url: str) -> str:
    """The address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def trouble(wrong: Exception) -> str | None:
    """The sentence behind a driver's error, SQLAlchemy's around it or not; None where it is a bug of ours."""
    raw = wrong.orig if isinstance(wrong, DBAPIError) else wrong
    if isinstance(raw, psycopg.errors.DiskFull | psycopg.errors.ReadOnlySqlTransaction):
        return NO_ROOM
    if isinstance(raw, psycopg.OperationalError | psycopg.InterfaceError):
        return NO_ANSWER
    return _OF_SQLITE.get(getattr(raw, "sqlite_errorcode", 0) & 0xFF)


_OF_SQLITE = {
    **dict.fromkeys((sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED), BUSY),
    **dict.fromkeys((sqlite.SQLITE_FULL, sqlite.SQLITE_IOERR, sqlite.SQLITE_READONLY), NO_ROOM),
    **dict.fromkeys((sqlite.SQLITE_CANTOPEN, sqlite.SQLITE_CORRUPT, sqlite.SQLITE_NOTADB), _NOT_OURS),
}


def _in_the_way(wrong: OperationalError) -> bool:
    return isinstance(wrong.orig, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure)


def _migrate(session: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = session
    command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise NotOurs(BAD_URL) from None
    if parsed.drivername == "postgresql+psycopg":
        return create_engine(
            parsed, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True, connect_args=_PATIENCE
        )
    if parsed.drivername != "sqlite" or not parsed.database:
        raise NotOurs(BAD_URL)
    return _sqlite(parsed.database)


def _sqlite(file: str) -> Engine:
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can lose commits; 3.51.3 or later is needed")

    def connect() -> Any:
        raw = sqlite.connect(file, check_same_thread=False, isolation_level=None)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "busy_timeout = 10000",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            raw.execute(f"PRAGMA {pragma}")
        return raw

    engine = create_engine(
        "sqlite://", creator=connect, module=sqlite, poolclass=QueuePool, pool_size=4, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(session: Connection) -> None:
        session.exec_driver_sql(session.get_execution_options().get("begin", "BEGIN"))

    return engine
