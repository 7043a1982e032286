"""Brings the file to this program's schema, or refuses one that is newer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher3
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from milomobile.errors import NotOurs
from milomobile.store import old_cipher
from milomobile.store.engine import NOT_OURS, open_keyed, trouble

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(
    file: Path, key: bytes | bytearray, *, create: bool = False, before: Callable[[], object] | None = None
) -> str:
    """Runs what is missing in one transaction on a connection with foreign keys off; returns the revision.

    `before` is called where something is missing: the place for a backup.
    Rebuilding a table empties its children while foreign keys are on, and a half-done upgrade must leave nothing.
    """
    if not create:
        old_cipher.renew(file, key)
    raw = open_keyed(file, key, create=create, foreign_keys=False)
    engine = create_engine("sqlite://", creator=lambda: raw, module=sqlcipher3, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    scripts = ScriptDirectory(str(_FOLDER))
    head = scripts.get_current_head()
    try:
        with engine.begin() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            if found is None and not create:
                raise NotOurs(NOT_OURS)
            if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
                raise NotOurs(
                    "Ces fiches ont été écrites par une version plus récente de Milo Mobile. Elles n’ont pas été "
                    "modifiées. Installez la version récente pour les ouvrir."
                )
            if found != head:
                if before:
                    before()
                command.upgrade(_config(connection), "head")
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"foreign keys broken by the upgrade: {broken[:3]}")
    except (sqlcipher3.Error, DBAPIError) as wrong:
        raise trouble(wrong) or wrong from wrong
    finally:
        engine.dispose()
        raw.close()
    return str(head)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def _begin(connection: Connection) -> Any:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
