"""What the pages may ask of the office's files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from milomobile.domain.files import Asked, FirstLines, Tick, Told


@dataclass(frozen=True)
class Files:
    """After unlocking, as `ui.verbs.Verbs`."""

    ticks: Callable[[str], Sequence[Tick]]
    """a file's name → what of it can be ticked, the columns by name last; none where it is taken whole"""
    naming: Callable[[Asked], bool]
    """whether such a file tells who somebody is"""
    name: Callable[[Asked], str]
    preview: Callable[[Asked], FirstLines]
    allow: Callable[[str], None]
    """one's own password, before a file by name; raises WrongPassword"""
    write: Callable[[Asked, Path, str | None, Callable[[int, int | None], None], Callable[[], bool]], Told]
    """(what, where, the password of an encrypted ZIP or None, hears lines written and of how many, whether to stop);
    runs on the worker thread"""
    chosen: Callable[[], Asked]
    """the file, form and columns of the last time, none of them by name"""
    choose: Callable[[Asked], None]
