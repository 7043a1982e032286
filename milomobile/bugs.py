"""What is written of a bug: where in the program it happened and of what kind, never a value or a message."""

import hashlib
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from milomobile import __version__, logs

_KEPT = 20
"""Files of bugs kept; the oldest go."""
_NAME = "probleme-"


@dataclass(frozen=True)
class Bug:
    """`id` is the same each time this bug happens; `file` is None where nothing could be written."""

    id: str
    file: Path | None


def write(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> Bug:
    """A bug into a profile's logs, or where that cannot be, onto standard error."""
    frames = traceback.extract_tb(trace)
    steps = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    id = _id([f"{_place(frame.filename)} {frame.name}" for frame in frames], kind)
    said = "\n".join((f"milomobile {__version__}", f"probleme {id}", *steps, kind.__name__, ""))
    logs.note("bug", id=id, kind=kind.__name__)
    place = folder / logs.FOLDER
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = place / f"{_NAME}{datetime.now(UTC):%Y%m%dT%H%M%S}-{id}.log"
        file.write_text(said, encoding="utf-8")
        for old in sorted(place.glob(f"{_NAME}*"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        print(said, file=sys.stderr)
        return Bug(id, None)
    return Bug(id, file)


def _id(steps: list[str], kind: type[BaseException]) -> str:
    """Eight digits of where it happened: a line that moves in its function leaves it the same."""
    return hashlib.sha256("\n".join([*steps, kind.__name__]).encode()).hexdigest()[:8].upper()


def _place(file: str) -> str:
    """A file's path from its package on: what stands before may name who uses the machine."""
    parts = Path(file).parts
    for top in ("site-packages", "milomobile", "sync"):
        if top in parts:
            place = len(parts) - 1 - parts[::-1].index(top)
            return "/".join(parts[place + (top == "site-packages") :])
    return parts[-1] if parts else file
