"""Making a profile, opening it, closing it."""

import contextlib
import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import filelock

from milomobile import bugs, logs
from milomobile.actions import snapshots
from milomobile.errors import KeyringLost, NoRoom, NotOurs, TooSoon, Trouble, WeakPassword, WrongPassword
from milomobile.security import keychain, lock, passwords, slots, tries, vault, whereabouts
from milomobile.store import engine, journal, matching, settings, team
from milomobile.store.engine import Store
from milomobile.store.upgrade import upgrade
from sync import records

NO_STORE = (
    "Le fichier des fiches manque dans ce dossier. Rien n’a été modifié, et rien n’est créé à sa place. Prévenez le "
    "bureau\u00a0: une sauvegarde permet de rouvrir."
)
NO_KEYS = (
    "Le fichier des clés manque dans ce dossier. Le fichier des fiches est là et n’a pas été modifié. Remettez "
    "«\u00a0keys.json\u00a0» à sa place, ou prévenez le bureau\u00a0: une sauvegarde permet de rouvrir."
)
_NOT_UPGRADED = (
    "Cette version de Milo Mobile n’a pas pu reprendre les fiches de la version d’avant (problème n° {}). Elles n’ont pas été "
    "modifiées, et la version d’avant les ouvre encore. Prévenez l’assistance."
)
MADE = engine.FILE + ".made"
"""A new store until its keys are written."""
SETTING_UP = "setting_up"
"""The setting that holds what the first-run assistant has still to do."""


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
    key: bytearray = field(repr=False)

    def close(self) -> None:
        """Closes the store, overwrites the key and lets the profile go."""
        self.store.close()
        self.key[:] = bytes(len(self.key))
        self.held.release()


def exists(folder: Path) -> bool:
    """Whether the folder holds a profile, whole or damaged."""
    return (folder / slots.FILE).exists() or (folder / engine.FILE).exists()


def create(folder: Path, adviser: str, password: str, now: datetime, steps: tuple[str, ...] = ()) -> tuple[str, str]:
    """A new profile: encrypted store, first adviser, device id and keys. Returns (device id, recovery code).

    `steps` of `domain.setting_up` are still to do then.

    Raises WeakPassword, NotOurs where a profile is already there, NoRoom where the folder cannot be written.
    """
    adviser = named(adviser)
    whereabouts.check(folder)
    if wrong := passwords.problem(password, adviser):
        raise WeakPassword(wrong)
    if exists(folder):
        raise NotOurs("Ce dossier contient déjà un profil. Rien n’a été modifié. Choisissez un dossier vide.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = lock.hold(folder)
    except OSError:
        raise NoRoom(
            f"Le dossier {folder} ne peut pas être écrit. Rien n’a été modifié. Choisissez un autre dossier."
        ) from None
    device = records.uuid7(round(now.timestamp() * 1000))
    try:
        (folder / MADE).unlink(missing_ok=True)
        fill = partial(_fill, folder / MADE, device, " ".join(steps), now)
        opened = vault.make(folder, adviser, password, keep(), fill=fill)
        os.replace(folder / MADE, folder / engine.FILE)
        slots.settle(folder)
        opened.key[:] = bytes(32)
    except BaseException as wrong:
        for file in (slots.FILE, engine.FILE, *(MADE + end for end in ("", "-wal", "-shm"))):
            (folder / file).unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            raise NoRoom(
                f"Le dossier {folder} ne peut pas être écrit. Les fiches sont intactes. Libérez de la place, puis réessayez."
            ) from None
        raise
    finally:
        held.release()
    return device, str(opened.recovery_code)


def _fill(file: Path, device: str, steps: str, now: datetime, opened: vault.Opened) -> None:
    from sync import signing

    upgrade(file, opened.key, create=True)
    store = Store(file, opened.key)
    identity = {"device": device, "epoch": secrets.token_hex(4), "private_key": signing.new_private().hex()}
    try:
        with store.write() as session:
            settings.put(session, identity | ({SETTING_UP: steps} if steps else {}))
            team.keep(session, opened.slot, opened.adviser)
            journal.write(session, now, opened.slot, "init")
    finally:
        store.close()


def named(adviser: str) -> str:
    """A name as it is kept; raises NotOurs where it is none."""
    adviser = " ".join(adviser.split())
    if not 1 <= len(adviser) <= 80:
        raise NotOurs("Écrivez le nom de la personne\u00a0: de 1 à 80 caractères.")
    return adviser


def open_profile(folder: Path, adviser: str | None, password: str, now: datetime) -> Profile:
    """Opens a profile with a password, or with the recovery code in its place.

    Raises WrongPassword, TooSoon, KeyringLost, AlreadyOpen, NotOurs, NoRoom.
    """
    whereabouts.check(folder)
    whole(folder)
    opened = tried(folder, adviser, password, now)
    return _open(folder, opened, password, now)


def recover(folder: Path, adviser: str | None, code: str, password: str, now: datetime) -> Profile:
    """Opens with the recovery code, and gives the adviser a new password; their slot is of this laptop then.

    Raises WeakPassword, and what `open_profile` raises.
    """
    whereabouts.check(folder)
    whole(folder)
    slot = vault.whose(folder, adviser)
    if wrong := passwords.problem(password, slot.name):
        raise WeakPassword(wrong)
    profile = _open(folder, vault.recover(folder, slot, code), password, now)
    try:
        with profile.store.write() as session:
            journal.write(session, now, profile.adviser_id, "team password", profile.adviser_id)
            vault.wrap_again(folder, profile.key, slot.id, password, keychain.get, keep())
    except BaseException:
        profile.close()
        raise
    return profile


def tried(folder: Path, adviser: str | None, password: str, now: datetime) -> vault.Opened:
    """What a password opens; wrong ones are counted and make the next ones wait. Raises as `open_profile`."""
    slot = vault.whose(folder, adviser)
    if left := tries.wait(folder, slot.id, now):
        raise TooSoon(left)
    try:
        return vault.unlock(folder, slot.name, password, keychain.get)
    except KeyringLost:
        raise
    except WrongPassword:
        tries.failed(folder, slot.id, now)
        raise


def whole(folder: Path) -> None:
    """Raises NotOurs where one of a profile's two files is missing: nothing is ever made in its place."""
    keys, store = (folder / slots.FILE).exists(), (folder / engine.FILE).exists()
    if keys and not store and not (folder / MADE).exists():
        raise NotOurs(NO_STORE)
    if store and not keys:
        raise NotOurs(NO_KEYS)


def keep() -> vault.Keep | None:
    """Where device secrets go, or None where no keyring is usable."""
    return keychain.put if keychain.usable() else None


def _open(folder: Path, opened: vault.Opened, password: str, now: datetime) -> Profile:
    try:
        held = lock.hold(folder)
    except OSError:
        raise NoRoom(engine.NO_ROOM) from None
    try:
        if not (folder / engine.FILE).exists():
            os.replace(folder / MADE, folder / engine.FILE)
        schema = _upgraded(folder, opened.key, now)
        store = Store(folder / engine.FILE, opened.key)
        with store.write() as session:
            device = settings.get(session, "device")
            matching.follow(session)
            team.keep(session, opened.slot, opened.adviser)
            known = {slot.id for slot in slots.read(folder)}
            for who, at in tries.untold(folder):
                if who in known:
                    journal.write(session, at, who, "unlock failed")
            journal.write(session, now, opened.slot, "unlock recovery" if opened.by_recovery else "unlock")
        tries.opened(folder, opened.slot)
        _modernise(folder, opened, password)
        logs.note("open", schema=schema, recovery=opened.by_recovery)
    except BaseException as wrong:
        logs.note("open failed", kind=type(wrong).__name__)
        held.release()
        if isinstance(wrong, NotOurs) and (there := snapshots.told(folder, now)):
            raise NotOurs(wrong.sentence + there) from wrong
        raise
    return Profile(folder, store, opened.slot, opened.adviser, str(device), schema, held, opened.key)


def _upgraded(folder: Path, key: bytearray, now: datetime) -> str:
    """The store at this program's schema, after a copy; where a step fails, as it was. Raises NotOurs, NoRoom."""
    try:
        return upgrade(folder / engine.FILE, key, before=partial(snapshots.take, folder, key, now))
    except Trouble:
        raise
    except Exception as wrong:
        bug = bugs.write(folder, type(wrong), wrong.__traceback__)
        raise NotOurs(_NOT_UPGRADED.format(bug.id)) from wrong


def _modernise(folder: Path, opened: vault.Opened, password: str) -> None:
    """The slot at today's cost; where it cannot be written it stays, and opens as before."""
    slot = vault.whose(folder, opened.adviser)
    if not opened.by_recovery and vault.outdated(slot):
        with contextlib.suppress(OSError):
            vault.wrap_again(folder, opened.key, slot.id, password, keychain.get, None)
