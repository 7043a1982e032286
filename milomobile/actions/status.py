"""What a profile holds, and whether the installed program is whole."""

import tempfile
from pathlib import Path
from typing import Any

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.paths import RESOURCES
from milomobile.security import keychain
from milomobile.store import encounters, people, sending, settings, whole
from milomobile.store.engine import open_keyed


def status(profile: Profile) -> dict[str, Any]:
    """Counts, the last complete sending, the schema, the laptop and its server."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
        states = sending.counts(session)
        return {
            "people": people.count(session),
            "encounters": encounters.count(session),
            "waiting": states.get("waiting", 0),
            "refused": states.get("refused", 0),
            "drafts": sending.count_drafts(session),
            "last_sync": kept.get("last_sync"),
            "schema": profile.schema,
            "device": profile.device,
            "server": kept.get("server"),
        }


def check_file(profile: Profile) -> None:
    """Reads the profile's whole file; raises NotOurs where a part of it is damaged."""
    with profile.store.read() as session:
        whole.verify(session)


def check() -> list[str]:
    """Warnings about the installed program; raises where a part of it is missing."""
    with tempfile.TemporaryDirectory() as folder:
        connection = open_keyed(Path(folder) / "check.db", bytes(32), create=True)
        version = connection.execute("PRAGMA cipher_version").fetchone()
        connection.close()
    if not version:
        raise RuntimeError("the encryption of the store is missing")
    if not (RESOURCES / "fonts").is_dir() or not reference.lists():
        raise RuntimeError("resources are missing")
    ails = keychain.trouble()
    return [ails] if ails else []
