"""Fills a new profile with invented people, through the same act as the form."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from milomobile import reference
from milomobile.actions import invent
from milomobile.actions.directory import import_directory
from milomobile.actions.open import Profile, create, exists, open_profile
from milomobile.actions.register import known_place, register_in
from milomobile.domain.reading import read
from milomobile.errors import NoRoom, NotOurs, Trouble
from milomobile.paths import DEMO_PASSWORD, RESOURCES
from milomobile.security import keychain, slots
from milomobile.store import outbox
from milomobile.store.outbox import Letter

PASSWORD = "demo-milo-mobile-2026"
ADVISER = "Camille Lanterne"
_AT_ONCE = 200
_STAYS = (
    "La démonstration d’avant ({}) ne peut pas être retirée\u00a0: un programme l’a encore ouverte. Elle est "
    "intacte. Fermez-le, puis réessayez."
)
_NOT_INVENTED = (
    "Le dossier {} ne vient pas d’une démonstration. Rien n’y a été modifié, et la démonstration n’est pas créée. "
    "Déplacez-le, puis réessayez."
)


def make(folder: Path, people: int, encounters: int, seed: int, now: datetime) -> tuple[int, int]:
    """A demonstration profile; returns (people, encounters). Raises NotOurs where a profile is already there."""
    create(folder, ADVISER, PASSWORD, now)
    (folder / DEMO_PASSWORD).write_text(PASSWORD, encoding="utf-8")
    profile = open_profile(folder, ADVISER, PASSWORD, now)
    try:
        _know_places(profile, now)
        import_directory(profile, RESOURCES / "directory" / "exemple_fictif.json", now)
        return people, fill(profile, invent.lines(people, max(people, encounters), seed, now), now)
    finally:
        profile.close()


def make_anew(folder: Path, people: int, encounters: int, seed: int, now: datetime) -> None:
    """The same in place of the last demonstration. Raises NotOurs where the folder holds anything else."""
    clear(folder)
    marker = folder / DEMO_PASSWORD
    try:
        folder.mkdir(parents=True, mode=0o700)
        marker.write_text(PASSWORD, encoding="utf-8")
    except OSError:
        raise NoRoom(
            f"Le dossier {folder} ne peut pas être écrit. La démonstration n’est pas créée. Libérez de la place, puis réessayez."
        ) from None
    make(folder, people, encounters, seed, now)


def clear(folder: Path) -> None:
    """Takes a demonstration away, with its secrets. Raises NotOurs for a folder that holds anything else."""
    if not folder.is_dir():
        return
    if not (folder / DEMO_PASSWORD).is_file():
        if exists(folder) or any(folder.iterdir()):
            raise NotOurs(_NOT_INVENTED.format(folder))
        folder.rmdir()
        return
    with suppress(Trouble):
        for slot in slots.advisers(folder):
            keychain.forget(slot.id)
    try:
        for one in sorted(folder.iterdir(), key=lambda one: one.name == DEMO_PASSWORD):
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
        folder.rmdir()
    except OSError:
        raise NoRoom(_STAYS.format(folder)) from None


def _know_places(profile: Profile, now: datetime) -> None:
    letters: list[Letter] = []
    moment = round(now.timestamp() * 1000)
    with profile.store.write() as session:
        for (name, setting), (commune, qpv) in zip(invent.PLACES, invent.WHERE, strict=True):
            known_place(session, name, setting, commune, qpv, letters, moment)
        outbox.put(session, letters, now)


def fill(profile: Profile, lines: Iterator[dict[str, Any]], now: datetime) -> int:
    """Registers invented lines, some hundreds in one transaction; returns how many."""
    count = 0
    while chunk := list(islice(lines, _AT_ONCE)):
        with profile.store.write() as session:
            for line in chunk:
                record, found = read(line, reference.lists(), now)
                if record is None or any(problem.refused for problem in found):
                    raise ValueError(f"an invented line is not valid: {found}")
                register_in(session, profile, record, now, found)
                count += 1
    return count
