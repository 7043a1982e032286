"""What the pages may ask of the law's part: the journal of consultations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from milomobile.domain.journal import Entry


@dataclass(frozen=True)
class Law:
    """After unlocking, as `ui.verbs.Verbs`."""

    seen: Callable[[str], None]
    """a person's id, whose file is shown"""
    journal: Callable[[], tuple[Sequence[Entry], bool]]
    """the last lines, newest first, and whether all of them are as they were written"""
