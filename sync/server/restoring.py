"""Putting a backup back while the server is stopped: under a new history, and without bringing anybody back."""

import os
import shutil
import uuid
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import NullPool, create_engine, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from milomobile.domain.disk import why
from sync.server import backups, dumps, identity, outside, sealing
from sync.server.store import FILE, NotOurs, Store, database, sqlite_url
from sync.server.tables import Server
from sync.server.wrong import Wrong

_RUNNING = "Le serveur tourne encore, ou un autre programme tient sa base. Rien n’a été modifié. Arrêtez-le d’abord."
_OTHER = "La sauvegarde {} est celle d’un autre serveur. Rien n’a été modifié."
_KIND = (
    "Cette sauvegarde vient d’une base {}, et ce serveur n’en a pas une de cette sorte. Rien n’a été modifié. Écrivez "
    "l’adresse de la base dans le fichier «\u00a0database\u00a0» du dossier du serveur."
)
_NO_ROOM = "La base n’a pas pu être écrite ({}). L’ancienne est encore là. Libérez de la place, puis recommencez."


def restore(data: Path, folder: Path, key: bytes | None) -> None:
    """Replaces the stopped server's database by a backup under a new history, then erases again. Raises Wrong.

    A folder without a server becomes the backup's.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with backups.opened(folder, key, data) as (manifest, plain):
            _restore(data, folder, plain, manifest)
        if key is not None and not (data / sealing.KEY).exists():
            identity.write(data / sealing.KEY, key.hex() + "\n")
    except OSError as wrong:
        raise Wrong(_NO_ROOM.format(why(wrong))) from None


def _restore(data: Path, folder: Path, plain: Path, manifest: backups.Manifest) -> None:
    if not (data / identity.FILE).exists():
        identity.write(data / identity.FILE, (plain / identity.FILE).read_text(encoding="utf-8"))
    if identity.load(data).server_id != manifest["server_id"]:
        raise Wrong(_OTHER.format(folder))
    url, copy = database(data), plain / manifest["file"].removesuffix(backups.SEALED)
    parsed = make_url(url)
    if (parsed.get_backend_name() == "postgresql") != (copy.name == backups.DUMP):
        raise Wrong(_KIND.format("PostgreSQL" if copy.name == backups.DUMP else "SQLite"))
    if copy.name == backups.DUMP:
        _check_alone(url)
        _keep_erasures(url, data)
        dumps.put_back(url, copy, str(uuid.uuid4()), data)
        _erase_again(url, data)
    else:
        _replace(Path(str(parsed.database)), url, copy, data)


def _check_alone(url: str) -> None:
    """Raises Wrong where another program is connected to the PostgreSQL database."""
    engine = create_engine(url, poolclass=NullPool)
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    with engine.connect() as session:
        if session.execute(text(others)).scalar_one():
            raise Wrong(_RUNNING)


def _replace(live: Path, url: str, copy: Path, data: Path) -> None:
    """Prepares the new file beside the old one, and puts it in its place as the last step."""
    if live.exists():
        _let_go(live)
        _keep_erasures(url, data)
        _let_go(live)
    fresh = live.with_name(live.name + ".restored")
    for left in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
        left.unlink(missing_ok=True)
    shutil.copyfile(copy, fresh)
    fresh_url = sqlite_url(fresh.parent).removesuffix(FILE) + fresh.name
    store = Store(fresh_url)
    try:
        with store.write() as session:
            session.execute(update(Server).values(history=str(uuid.uuid4())))
        outside.apply_again(store, data)
    finally:
        store.close()
    _let_go(fresh)
    backups.flush(fresh)
    for left in (Path(f"{live}-wal"), Path(f"{live}-shm")):
        left.unlink(missing_ok=True)
    os.replace(fresh, live)


def _let_go(file: Path) -> None:
    """Empties the write-ahead log into the file, which only works alone; raises Wrong where a server runs on it."""
    raw = sqlite.connect(str(file), timeout=0.5)
    try:
        mode = raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode != "delete":
            raise Wrong(_RUNNING)
    except sqlite.OperationalError as wrong:
        if "locked" in str(wrong) or "busy" in str(wrong):
            raise Wrong(_RUNNING) from None
    except sqlite.DatabaseError:
        pass
    finally:
        raw.close()


def _keep_erasures(url: str, data: Path) -> None:
    """Keeps what the database that is about to go still knows; where it cannot be read, the file stays as it is."""
    try:
        store = Store(url)
    except (NotOurs, DBAPIError):
        return
    try:
        outside.keep(store, data)
    except DBAPIError:
        pass
    finally:
        store.close()


def _erase_again(url: str, data: Path) -> None:
    store = Store(url)
    try:
        outside.apply_again(store, data)
    finally:
        store.close()
