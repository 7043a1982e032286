"""The profile's own copies: before a migration, every week, and anew after an erasure; few, and none of them old."""

import contextlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.disk import why
from milomobile.errors import NoRoom, NotOurs
from milomobile.reports import safely
from milomobile.security import slots
from milomobile.store import copies, engine
from milomobile.store.copies import Manifest

FOLDER = "backups"
SUFFIX = ".sauvegarde"
EVERY = timedelta(days=7)
OLD = timedelta(weeks=8)
KEPT = 3
MOST = 500 << 20
"""So many bytes the profile's own copies have together; the newest stays whatever its size."""
_NAME = "auto-%Y%m%dT%H%M%S%fZ" + SUFFIX
_NOT_WRITTEN = (
    "«\u00a0{}\u00a0» n’a pas pu être écrit ({})\u00a0: la clé est pleine, protégée ou retirée. Les fiches sont intactes, et aucune "
    "sauvegarde n’a été commencée à moitié. Changez de clé ou de dossier, puis recommencez."
)


def write(
    folder: Path,
    key: bytearray,
    file: Path,
    now: datetime,
    replace: bool = False,
    stopped: Callable[[], bool] | None = None,
) -> Manifest:
    """A backup of a profile's store, verified by opening it before it has its name.

    Raises NoRoom, NotOurs, and Cancelled once `stopped` says that somebody waits.

    What is copied on the way is encrypted too, lies beside the store, and goes whatever happens.
    """
    safely.check(file, replace)
    work, part = folder / FOLDER / "copy.db", file.with_name(file.name + ".part")
    try:
        safely.clear(part)
    except OSError as wrong:
        raise NoRoom(_NOT_WRITTEN.format(file, why(wrong))) from None
    try:
        copies.copy(folder / engine.FILE, key, work, stopped)
        manifest = copies.pour(work, key, slots.raw(folder), part, now, stopped)
        copies.verify(part, key, work, stopped)
        safely.check(file, replace)
        os.replace(part, file)
        slots.settle(file.parent)
    except OSError as wrong:
        raise NoRoom(_NOT_WRITTEN.format(file, why(wrong))) from None
    finally:
        with contextlib.suppress(OSError):
            copies.discard(work)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return manifest


def take(folder: Path, key: bytearray, now: datetime, stopped: Callable[[], bool] | None = None) -> None:
    """One more of the profile's own; those that are too many or too old go."""
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    write(folder, key, folder / FOLDER / now.astimezone(UTC).strftime(_NAME), now, stopped=stopped)
    tidy(folder, now)


def tend(
    folder: Path, key: bytearray, outdated: datetime | None, now: datetime, stopped: Callable[[], bool] | None = None
) -> None:
    """What a start asks for: one a week, and a new one in place of those that still know somebody who was erased.

    `outdated` is the moment of the last erasing. Raises NoRoom, NotOurs or Cancelled with what was there left as it was.
    """
    times = [made for made, _ in kept(folder)]
    stale = outdated is not None and any(made <= outdated for made in times)
    if stale or not any(timedelta() <= now - made < EVERY for made in times):
        take(folder, key, now, stopped)
    for made, file in kept(folder):
        if outdated is not None and made <= outdated:
            file.unlink()
    tidy(folder, now)


def tidy(folder: Path, now: datetime) -> None:
    """The newest few, within a size; none older than eight weeks, or retention would be undone by them."""
    size = 0
    for place, (made, file) in enumerate(kept(folder)):
        size += file.stat().st_size
        if now - made > OLD or place >= KEPT or (place and size > MOST):
            file.unlink()


def kept(folder: Path) -> list[tuple[datetime, Path]]:
    """The profile's own copies with the moment of each, newest first."""
    found = []
    for file in (folder / FOLDER).glob("auto-*" + SUFFIX):
        try:
            found.append((datetime.strptime(file.name, _NAME).replace(tzinfo=UTC), file))
        except ValueError:
            continue
    return sorted(found, reverse=True)


def told(folder: Path, now: datetime) -> str:
    """For a store that does not open: the newest copy that is whole, or nothing."""
    for made, file in kept(folder):
        try:
            copies.read(file)
        except NotOurs:
            continue
        local = made.astimezone(LOCAL)
        days = (now.astimezone(LOCAL).date() - local.date()).days
        day = {0: "d’aujourd’hui", 1: "d’hier"}.get(days, f"du {local:%d/%m/%Y}")
        return f" La sauvegarde {day} à {french_time(local)} est disponible\u00a0: {file}."
    return ""
