"""What the pages may ask of the law's part: the journal of consultations, and the rights of a person over their file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from milomobile.domain.journal import Entry
from milomobile.domain.retention import Purged


@dataclass(frozen=True)
class Law:
    """After unlocking, as `ui.verbs.Verbs`."""

    seen: Callable[[str], None]
    """a person's id, whose file is shown"""
    journal: Callable[[], tuple[Sequence[Entry], bool]]
    """the last lines, newest first, and whether all of them are as they were written"""
    export_person: Callable[[str, Path, str | None], Sequence[Path]]
    """a person's id, a file, a password for one ZIP or None → the files written"""
    restrict: Callable[[str, bool], None]
    """a person's id, whether the use of their file is limited from now on"""
    object_to: Callable[[str], None]
    erase: Callable[[str, str], int]
    """a person's id, a code of `domain.erasure` → how many files went"""
    durations: Callable[[], tuple[int, int]]
    """months that names stay, and the journal's lines"""
    keep_for: Callable[[int, int], None]
    preview: Callable[[], Purged]
    purge: Callable[[Callable[[], bool]], Purged]
    """whether to stop before the next batch → what went; runs on the worker thread"""
    withdraw: Callable[[str, str], None]
    """a person's id, an agreement: sms, call, email or a partner's name"""
