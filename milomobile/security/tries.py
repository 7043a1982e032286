"""Longer waits after wrong passwords, kept in a small file of the profile: slot ids, counts and times, nothing more."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

FILE = "tries.json"
_KEPT = 200
"""So many times of wrong tries wait for the journal."""


@dataclass(frozen=True)
class Tries:
    """`wrong` counts since the last opening, by slot; `failed` are (slot, time) not in the journal yet.

    `recent` are the slots opened, the last one first.
    """

    wrong: dict[str, int] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    failed: tuple[tuple[str, str], ...] = ()
    recent: tuple[str, ...] = ()


def read(folder: Path) -> Tries:
    """What is kept; nothing where the file is missing or damaged (who may change it may take it away)."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        for at in (*kept["last"].values(), *(at for _, at in kept["failed"])):
            if datetime.fromisoformat(at).tzinfo is None:
                return Tries()
        wrong = {str(slot): int(count) for slot, count in kept["wrong"].items()}
        failed = tuple((str(slot), str(at)) for slot, at in kept["failed"])
        return Tries(wrong, dict(kept["last"]), failed, tuple(map(str, kept["recent"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Tries()


def wait(folder: Path, slot: str, now: datetime) -> float:
    """Seconds before the next try: from the third wrong one 1, 2, 4 … 60. A clock set back starts them anew."""
    kept = read(folder)
    wrong = kept.wrong.get(slot, 0)
    if wrong < 3 or slot not in kept.last:
        return 0.0
    whole = min(60.0, 2.0 ** min(wrong - 3, 6))
    gone = (now - datetime.fromisoformat(kept.last[slot])).total_seconds()
    if gone < 0:
        _write(folder, replace(kept, last=kept.last | {slot: now.isoformat()}))
    return max(0.0, whole - max(0.0, gone))


def failed(folder: Path, slot: str, now: datetime) -> None:
    """Notes a wrong password."""
    kept = read(folder)
    wrong = kept.wrong | {slot: kept.wrong.get(slot, 0) + 1}
    times = (*kept.failed, (slot, now.isoformat()))[-_KEPT:]
    _write(folder, replace(kept, wrong=wrong, last=kept.last | {slot: now.isoformat()}, failed=times))


def untold(folder: Path) -> list[tuple[str, datetime]]:
    """The wrong tries (slot, time) that the journal does not have yet."""
    return [(slot, datetime.fromisoformat(at)) for slot, at in read(folder).failed]


def opened(folder: Path, slot: str) -> None:
    """The journal has the wrong tries; this slot was opened, and starts anew."""
    kept = read(folder)
    wrong = {one: count for one, count in kept.wrong.items() if one != slot}
    last = {one: at for one, at in kept.last.items() if one != slot}
    _write(folder, Tries(wrong, last, (), (slot, *(one for one in kept.recent if one != slot))))


def _write(folder: Path, tries: Tries) -> None:
    """Whole, or not at all; a full or protected disk keeps nobody out."""
    fresh = folder / (FILE + ".new")
    with contextlib.suppress(OSError):
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(tries), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, folder / FILE)
