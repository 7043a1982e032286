"""Brings the file to this program's schema, or refuses one that is newer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher3
from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from milomobile.errors import NotOurs
from milomobile.store import old_cipher
from milomobile.store.engine import NOT_OURS, open_keyed, trouble

_FOLDER = Path(__file__).parent / "migrations"
_NEWER = (
    "Ces fiches ont été écrites par une version plus récente de Milo Mobile. Elles n’ont pas été modifiées. Installez la "
    "version récente pour les ouvrir."
)


def upgrade(
    file: Path, key: bytes | bytearray, *, create: bool = False, before: Callable[[], object] | None = None
) -> str:
    """Runs what is missing in one transaction on a connection with foreign keys off; returns the revision.

    `before` is called where something is missing: the place for a backup.
    Rebuilding a table empties its children while foreign keys are on, and a half-done upgrade must leave nothing.
    """
    if not create:
        old_cipher.renew(file, key)
    known = {script.stem[-4:] for script in _FOLDER.glob("versions/*_[0-9][0-9][0-9][0-9].py*")}
    raw = open_keyed(file, key, create=create, foreign_keys=False)
    try:
        found = _revision(raw)
        if found is None and not create:
            raise NotOurs(NOT_OURS)
        if found is not None and found not in known:
            raise NotOurs(_NEWER)
        if found != max(known):
            if before:
                before()
            _run(raw)
    except (sqlcipher3.Error, DBAPIError) as wrong:
        raise trouble(wrong) or wrong from wrong
    finally:
        raw.close()
    return max(known)


def _revision(raw: Any) -> str | None:
    """As Alembic keeps it, read without Alembic: its import is a tenth of an unlock, and nearly always in vain."""
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else None


def _run(raw: Any) -> None:
    from alembic import command

    engine = create_engine("sqlite://", creator=lambda: raw, module=sqlcipher3, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"foreign keys broken by the upgrade: {broken[:3]}")
    finally:
        engine.dispose()


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def _begin(connection: Connection) -> Any:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
