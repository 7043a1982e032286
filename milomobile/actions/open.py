"""Making a profile, opening it, closing it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import filelock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from milomobile.errors import NoRoom, NotOurs, WeakPassword
from milomobile.security import keychain, lock, passwords, slots, vault
from milomobile.store import engine, journal, matching, settings
from milomobile.store.engine import Store
from milomobile.store.tables import Adviser
from milomobile.store.upgrade import upgrade
from sync import records


@dataclass
class Profile:
    """An open profile: the store, who uses it, the laptop's identity, and the lock that holds it."""

    folder: Path
    store: Store
    adviser_id: str
    adviser: str
    device: str
    schema: str
    held: filelock.BaseFileLock

    def close(self) -> None:
        """Closes the store and lets the profile go."""
        self.store.close()
        self.held.release()


def exists(folder: Path) -> bool:
    """Whether the folder holds a profile, whole or damaged."""
    return (folder / slots.FILE).exists() or (folder / engine.FILE).exists()


def create(folder: Path, adviser: str, password: str, now: datetime) -> tuple[str, str]:
    """A new profile: encrypted store, first adviser, device id and keys. Returns (device id, recovery code).

    Raises WeakPassword, NotOurs where a profile is already there, NoRoom where the folder cannot be written.
    """
    if wrong := passwords.problem(password):
        raise WeakPassword(wrong)
    adviser = " ".join(adviser.split())
    if not 1 <= len(adviser) <= 80:
        raise NotOurs("Écrivez le nom de la personne : de 1 à 80 caractères.")
    if exists(folder):
        raise NotOurs("Ce dossier contient déjà un profil. Rien n’a été modifié. Choisissez un dossier vide.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = lock.hold(folder)
    except OSError:
        raise NoRoom(f"Le dossier {folder} ne peut pas être écrit. Choisissez un autre dossier.") from None
    try:
        opened = vault.make(folder, adviser, password, keychain.put if keychain.usable() else None)
        upgrade(folder / engine.FILE, opened.key, create=True)
        store = Store(folder / engine.FILE, opened.key)
        private = Ed25519PrivateKey.generate()
        device = records.uuid7(round(now.timestamp() * 1000))
        identity = {"device": device, "epoch": secrets.token_hex(4), "private_key": private.private_bytes_raw().hex()}
        with store.write() as session:
            settings.put(session, identity)
            session.execute(insert(Adviser).values(id=opened.slot, name=adviser))
            journal.write(session, now, opened.slot, "init")
        store.close()
    except BaseException as wrong:
        for file in (slots.FILE, engine.FILE, engine.FILE + "-wal", engine.FILE + "-shm"):
            (folder / file).unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            raise NoRoom(f"Le dossier {folder} ne peut pas être écrit. Libérez de la place, puis réessayez.") from None
        raise
    finally:
        held.release()
    return device, str(opened.recovery_code)


def open_profile(folder: Path, adviser: str | None, password: str, now: datetime) -> Profile:
    """Opens a profile; raises WrongPassword, AlreadyOpen, NotOurs."""
    if not (folder / engine.FILE).exists() and (folder / slots.FILE).exists():
        raise NotOurs(
            "Le fichier des fiches manque dans ce dossier. Prévenez le bureau : une sauvegarde permet de rouvrir."
        )
    opened = vault.unlock(folder, adviser, password, keychain.get)
    try:
        held = lock.hold(folder)
    except OSError:
        raise NoRoom(engine.NO_ROOM) from None
    try:
        schema = upgrade(folder / engine.FILE, opened.key)
        store = Store(folder / engine.FILE, opened.key)
        with store.write() as session:
            device = settings.get(session, "device")
            matching.follow(session)
            journal.write(session, now, opened.slot, "unlock")
    except BaseException:
        held.release()
        raise
    return Profile(folder, store, opened.slot, opened.adviser, str(device), schema, held)
