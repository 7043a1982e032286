"""One program for each profile at a time, and longer waits after wrong passwords."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import filelock

from milomobile.errors import AlreadyOpen


def hold(folder: Path) -> filelock.BaseFileLock:
    """Takes the profile by an operating-system lock that dies with the process; raises AlreadyOpen."""
    lock = filelock.FileLock(folder / "lock", timeout=0)
    holder = folder / "lock.holder"
    try:
        lock.acquire()
    except filelock.Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "un autre programme"
        raise AlreadyOpen(
            f"Ce profil est déjà ouvert par {who}. Rien n’a été modifié : fermez l’autre fenêtre, puis réessayez."
        ) from None
    holder.write_text(f"le programme n° {os.getpid()}", encoding="utf-8")
    return lock


@dataclass
class Tries:
    """Counts wrong passwords; from the third the next try waits 1, 2, 4 … 60 seconds."""

    clock: Callable[[], float] = time.monotonic
    wrong: int = 0
    until: float = 0.0

    def failed(self) -> None:
        """Notes a wrong password."""
        self.wrong += 1
        if self.wrong >= 3:
            self.until = self.clock() + min(60, 2 ** (self.wrong - 3))

    def wait(self) -> float:
        """Seconds before the next try."""
        return max(0.0, self.until - self.clock())
