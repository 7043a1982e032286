"""One program for each profile at a time."""

import contextlib
import os
from pathlib import Path

import filelock

from milomobile.errors import AlreadyOpen


def hold(folder: Path) -> filelock.BaseFileLock:
    """Takes the profile by an operating-system lock that dies with the process; raises AlreadyOpen."""
    lock = filelock.FileLock(folder / "lock", timeout=0, thread_local=False)
    holder = folder / "lock.holder"
    try:
        lock.acquire()
    except filelock.Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "un autre programme"
        raise AlreadyOpen(
            f"Ce profil est déjà ouvert par {who}. Rien n’a été modifié\u00a0: fermez l’autre fenêtre, puis réessayez."
        ) from None
    with contextlib.suppress(OSError):
        holder.write_text(f"le programme n° {os.getpid()}", encoding="utf-8")
    return lock
