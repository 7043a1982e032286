"""One clock for every program of the week, moved by hand: a file says by how many seconds it differs from the machine's."""

import os
import time
from datetime import datetime
from pathlib import Path

import time_machine

from milomobile.domain.dates import LOCAL

FILE = "MILO_WEEK_CLOCK"
"""The variable that tells a program of the week where the file is."""
AT = Path(__file__).with_name("at.py")
_AHEAD = 2
"""Seconds that a running program may take to see it."""


class Clock:
    """This process's, and that of every program started with `environment`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._travelling: time_machine.travel | None = None
        os.environ[FILE] = str(file)

    def move(self, to: datetime) -> None:
        """Returns once every program has followed."""
        self.end()
        ahead = round(to.timestamp() - time.time())
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(ahead), encoding="ascii")
        fresh.replace(self._file)
        self._travelling = time_machine.travel(time.time() + ahead, tick=True)
        self._travelling.start()
        time.sleep(_AHEAD)

    def end(self) -> None:
        """The machine's own again."""
        if self._travelling:
            self._travelling.stop()
            self._travelling = None


def now() -> datetime:
    """What every program reads."""
    return datetime.now().astimezone(LOCAL)
