"""What the checks of all systems do with an installed program: who is registered, and a screen of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

SECRET = "Marche-de-Borny-2026-van"  # noqa: S105
LINE = {
    "kind": "named",
    "at": "2026-11-24T14:32:00+01:00",
    "place": "Marché de Borny",
    "setting": "ARRET_MILO_MOBILE",
    "person": {"given_name": "Inès", "birth_name": "Boussole", "birth_date": "2007-03-12", "phone": "06 12 34 56 78"},
    "situation": {"category": "SANS_SITUATION"},
    "notice": {"version": "2026-1", "how": "ORAL_AFFICHE"},
}


@contextmanager
def screen() -> Iterator[str]:
    """An X server on a display that is free; gives its DISPLAY."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            display = ":" + told.readline().strip()
        try:
            yield display
        finally:
            server.terminate()
