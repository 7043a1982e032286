"""Backups: an encrypted copy on a USB key, verified by opening it, and put back into an empty profile."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from milomobile import logs
from milomobile.actions import snapshots
from milomobile.actions.open import MADE, Profile, exists
from milomobile.domain.copies import Copy, LastCopies
from milomobile.errors import NoRoom, NotOurs, Trouble, WrongPassword
from milomobile.security import keychain, lock, slots, vault, whereabouts
from milomobile.store import copies, engine, erasing, journal, outbox, settings
from milomobile.store.engine import Store
from milomobile.store.upgrade import upgrade

_HERE = "Le dossier des fiches ne reçoit pas de sauvegarde\u00a0: elle se perdrait avec lui. Rien n’a été écrit. Choisissez une clé USB."
_NOT_EMPTY = (
    "Ce dossier contient déjà un profil. Rien n’a été modifié\u00a0: une sauvegarde ne remplace jamais des fiches. Choisissez "
    "un dossier vide."
)
_OF_ANOTHER = (
    "Cette sauvegarde a été faite avec d’autres clés que celles de ce profil\u00a0: elle ne peut pas être vérifiée ici. Rien "
    "n’a été modifié. Vérifiez-la sur le poste qui l’a faite."
)
_STAGE = "restoring"
_AT, _WHERE = "backup_at", "backup_where"


def backup(profile: Profile, file: Path, now: datetime, replace: bool = False) -> Copy:
    """Writes a backup and verifies it by opening it; only then it has its name. Raises NoRoom, NotOurs.

    A file that is there stays, unless `replace` says that its owner was asked.
    """
    if profile.folder.resolve() in file.resolve().parents:
        raise NotOurs(_HERE)
    manifest = snapshots.write(profile.folder, profile.key, file, now, replace)
    with profile.store.write() as session:
        settings.put(session, {_AT: now.isoformat(), _WHERE: str(file.parent)})
        journal.write(session, now, profile.adviser_id, "backup")
    made = _figures(file, manifest)
    logs.note("backup", bytes=made.size)
    return made


def check(profile: Profile, file: Path) -> Copy:
    """Opens a backup made with this profile's keys, as restoring would; changes nothing. Raises NotOurs, NoRoom."""
    manifest = copies.read(file)
    if not {slot["id"] for slot in manifest.slots} & {slot["id"] for slot in slots.raw(profile.folder)}:
        raise NotOurs(_OF_ANOTHER)
    work = profile.folder / snapshots.FOLDER / "check.db"
    work.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        return _figures(file, copies.verify(file, profile.key, work))
    finally:
        copies.discard(work)


def last(profile: Profile) -> LastCopies:
    """When and where the last one was made, by somebody and by the program."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
    made = kept.get(_AT)
    own = snapshots.kept(profile.folder)
    return LastCopies(datetime.fromisoformat(made) if made else None, kept.get(_WHERE, ""), own[0][0] if own else None)


def tend(profile: Profile, now: datetime, stopped: Callable[[], bool] | None = None) -> None:
    """The profile's own copies, as a start asks for; where there is no room, or somebody waits, the next start tries again."""
    with profile.store.read() as session:
        outdated = settings.get(session, erasing.OUTDATED)
    with suppress(Trouble):
        moment = datetime.fromisoformat(outdated) if outdated else None
        snapshots.tend(profile.folder, profile.key, moment, now, stopped)


def restore(file: Path, folder: Path, adviser: str | None, password: str, now: datetime) -> Copy:
    """Makes a profile of a backup with the recovery code, or with a password whose slot opens here.

    The profile is the backup's, in a new epoch. On failure nothing is left behind. Raises NotOurs, WrongPassword, NoRoom.
    """
    whereabouts.check(folder)
    if exists(folder):
        raise NotOurs(_NOT_EMPTY)
    manifest = copies.read(file)
    before = {one.name for one in folder.iterdir()} if folder.is_dir() else None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = lock.hold(folder)
    except OSError:
        raise NoRoom(
            f"Le dossier {folder} ne peut pas être écrit. Rien n’a été modifié. Choisissez un autre dossier."
        ) from None
    try:
        _put_in(file, folder, adviser, password, now)
    except BaseException as wrong:
        held.release()
        _tidy(folder, before)
        if isinstance(wrong, OSError):
            raise NoRoom(engine.NO_ROOM) from None
        raise
    held.release()
    return _figures(file, manifest)


def _put_in(file: Path, folder: Path, adviser: str | None, password: str, now: datetime) -> None:
    """All of it is made ready and read through beside its place; then the keys and the store get their names."""
    stage = folder / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(mode=0o700)
    slots.write_raw(stage, copies.read(file).slots)
    opened = _unlock(stage, adviser, password)
    store = stage / engine.FILE
    copies.verify(file, opened.key, store)
    upgrade(store, opened.key)
    made = Store(store, opened.key)
    try:
        with made.write() as session:
            outbox.begin_anew(session)
            journal.write(session, now, opened.slot, "restore")
        made.forget()
    finally:
        made.close()
        opened.key[:] = bytes(32)
    os.replace(store, folder / MADE)
    os.replace(stage / slots.FILE, folder / slots.FILE)
    os.replace(folder / MADE, folder / engine.FILE)
    slots.settle(folder)
    shutil.rmtree(stage, ignore_errors=True)


def _unlock(stage: Path, adviser: str | None, password: str) -> vault.Opened:
    """What the code opens, or a password: of that adviser, or of whoever it is."""
    kept = slots.advisers(stage)
    wrong: Trouble = NotOurs(copies.DAMAGED)
    for slot in kept:
        if adviser in (None, slot.name):
            try:
                return vault.unlock(stage, slot.name, password, keychain.get)
            except WrongPassword as said:
                wrong = said
    if adviser is not None and adviser not in {slot.name for slot in kept}:
        raise WrongPassword("Cette personne n’est pas dans cette sauvegarde. Rien n’a été modifié. Vérifiez le nom.")
    raise wrong


def _tidy(folder: Path, before: set[str] | None) -> None:
    """The folder as it was found."""
    if before is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    shutil.rmtree(folder / _STAGE, ignore_errors=True)
    for name in (slots.FILE, MADE, engine.FILE, "lock", "lock.holder"):
        if name not in before:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)


def _figures(file: Path, manifest: copies.Manifest) -> Copy:
    people, encounters = manifest.counts.get("person", 0), manifest.counts.get("encounter", 0)
    return Copy(file, manifest.at, manifest.device, people, encounters, file.stat().st_size)
