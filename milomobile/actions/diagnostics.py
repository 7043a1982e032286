"""What support needs to know of a laptop: versions, settings, counts and logs, and nothing of anybody."""

import contextlib
import importlib.metadata
import json
import platform
import shutil
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher3

from milomobile import __version__, logs
from milomobile.actions.open import Profile
from milomobile.actions.preferences import preferences
from milomobile.actions.status import status
from milomobile.domain.support import Health
from milomobile.errors import Trouble
from milomobile.reports.archive import ended
from milomobile.reports.safely import written
from milomobile.security import keychain, slots
from milomobile.store import engine, journal, settings, whole

_PARTS = (
    "PySide6_Essentials SQLAlchemy alembic sqlcipher3 cryptography keyring requests truststore typst XlsxWriter".split()
)
_FILES = (engine.FILE, engine.FILE + "-wal", slots.FILE, "tries.json")
_LATEST = 200_000
"""Bytes of a log file that support gets at most, the latest."""


def write(folder: Path, file: Path, now: datetime, profile: Profile | None = None, replace: bool = False) -> list[str]:
    """The ZIP for support; returns the names in it. Without an open profile, what is known without its key.

    Raises NoRoom where the file cannot be written, or is there already and nobody was asked to `replace` it.
    """
    found = [("diagnostic.json", json.dumps(facts(folder, now, profile), ensure_ascii=False, indent=1).encode())]
    for log in sorted((folder / logs.FOLDER).glob("*.log*")):
        with contextlib.suppress(OSError):
            found.append((f"{logs.FOLDER}/{log.name}", log.read_bytes()[-_LATEST:]))
    with written(file, replace=replace) as out, ended(zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in found:
            archive.writestr(name, content)
    return [name for name, _ in found]


def facts(folder: Path, now: datetime, profile: Profile | None = None) -> dict[str, Any]:
    """Everything but the logs, as JSON; `profile` is null without the key."""
    return {
        "made": now.isoformat(timespec="seconds"),
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": {"name": platform.system(), "release": platform.release(), "machine": platform.machine()},
        "python": platform.python_version(),
        "parts": {name: _version(name) for name in _PARTS},
        "sqlite": sqlcipher3.sqlite_version,
        "cipher": _cipher(),
        "keyring": keychain.name(),
        "disk": _disk(folder),
        "files": {name: (folder / name).stat().st_size for name in _FILES if (folder / name).exists()},
        "backups": [file.stat().st_size for file in sorted((folder / "backups").glob("*"))],
        "advisers": _advisers(folder),
        "profile": _inside(profile) if profile else None,
    }


def _inside(profile: Profile) -> dict[str, Any]:
    with profile.store.read() as session:
        kept = settings.get_all(session)
    return {
        **status(profile),
        "settings": vars(preferences(profile)),
        "server_id": kept.get("server_id"),
        "own_certificate": bool(kept.get("ca")),
        "last_backup": kept.get("backup_at"),
        "journal": int((kept.get(journal.HEAD) or "0").split()[0]),
        "damage": _damage(profile),
    }


def _damage(profile: Profile) -> str | None:
    try:
        with profile.store.read() as session:
            whole.verify(session)
    except Trouble as wrong:
        return wrong.sentence
    return None


def health(profile: Profile, now: datetime) -> Health:
    """What the card Diagnostic shows at once, without reading the whole file."""
    free, _ = _disk(profile.folder).values()
    size = sum(file.stat().st_size for file in profile.folder.glob(engine.FILE + "*"))
    log = sum(file.stat().st_size for file in (profile.folder / logs.FOLDER).glob("*"))
    return Health(free, size, now, log)


def check_file(profile: Profile) -> None:
    """Reads the whole file of the records; raises NotOurs where a part of it is damaged."""
    with profile.store.read() as session:
        whole.verify(session)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _cipher() -> str | None:
    connection = sqlcipher3.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return str(row[0]) if row else None


def _disk(folder: Path) -> dict[str, int]:
    """Bytes free and in all of the disk that the folder is on, or would be."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    usage = shutil.disk_usage(there)
    return {"free": usage.free, "total": usage.total}


def _advisers(folder: Path) -> int | None:
    try:
        return len(slots.advisers(folder))
    except (Trouble, OSError):
        return None
