"""What the unlock page may ask of the program; it loads nothing that only an open profile needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milomobile.domain.copies import Copy
    from milomobile.domain.team import Strength
    from milomobile.domain.updates import Ready
    from milomobile.ui.updates import Take
    from milomobile.ui.verbs import Verbs


@dataclass(frozen=True)
class Trial:
    """The program open on invented people: what it asks before unlocking, what its pages may ask, and its end."""

    gate_of: "Callable[[], Gate]"
    verbs: "Verbs"
    end: Callable[[], None]
    """takes the invented people away, once nothing is open on them"""


@dataclass(frozen=True)
class Gate:
    """Before unlocking. What opens, makes or checks raises Trouble; the recovery code is shown once.

    `advisers`, who opened last first, is empty on the first start. `trouble` is why a profile that is there cannot be
    opened. `hint` is the demonstration's password.
    """

    advisers: tuple[str, ...]
    trouble: str | None
    hint: str | None
    keyring_warning: Callable[[], str | None]
    unlock: Callable[[str, str], "Verbs"]
    """adviser, password"""
    wait: Callable[[str], float]
    """adviser → seconds before the next try"""
    check_code: Callable[[str, str], None]
    """adviser, recovery code"""
    recover: Callable[[str, str, str], "Verbs"]
    """adviser, recovery code, their new password"""
    create: Callable[[str, str], "tuple[str, Verbs]"]
    """adviser, password → the recovery code, and the new profile open"""
    try_out: Callable[[], Trial]
    """makes the demonstration, in a folder of its own; takes seconds"""
    restore: Callable[[Path, str], "Copy"]
    """a backup, the recovery code or a password → what is in it"""
    password_problem: Callable[[str, str], str | None]
    """password, whose → what is missing"""
    strength: Callable[[str, str], "Strength"]
    """the same → what the meter shows"""
    diagnose: Callable[[Path], Sequence[str]]
    """a ZIP for support, of what is known without the key → what is in it"""
    ready: "Ready | None"
    """a newer program that waits to be installed"""
    take: "Take | None"
    """one more, from the publisher's file; None where this program cannot verify any"""
    install: Callable[[], str | None]
    """starts its setup; None where it runs now, else what to type"""
