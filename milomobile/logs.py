"""What the program did, for support: lines of words and numbers, never of people, in files that stay small."""

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path

FOLDER, FILE = "logs", "milomobile.log"
SIZE, FILES = 256 * 1024, 4
"""Bytes of one file, and how many are kept besides it."""
_LOGGER = logging.getLogger("milomobile.deeds")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,40}")
_STORE = "store.db"
Fact = int | float | bool | str | None


def note(what: str, **facts: Fact) -> None:
    """A line of what was done. A text among the facts is one word of the program's own, as a class or a version; else it is left out."""
    kept = {name: value for name, value in facts.items() if not isinstance(value, str) or _WORD.fullmatch(value)}
    _LOGGER.info(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), "what": what, **kept}))


def keep_in(folder: Path) -> None:
    """From here on lines go to a profile's folder, where it holds one; before, they go nowhere."""
    from logging.handlers import RotatingFileHandler

    stop()
    if not (folder / _STORE).exists():
        return
    try:
        (folder / FOLDER).mkdir(exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(folder / FOLDER / FILE, "a", SIZE, FILES, encoding="utf-8")
    except OSError:
        return
    handler.handleError = lambda record: None  # type: ignore[method-assign]
    _LOGGER.addHandler(handler)


def stop() -> None:
    """Closes the file."""
    for handler in list(_LOGGER.handlers):
        _LOGGER.removeHandler(handler)
        handler.close()


_LOGGER.setLevel(logging.INFO)
_LOGGER.propagate = False
_LOGGER.addHandler(logging.NullHandler())
