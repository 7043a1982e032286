"""What the pages may ask about who opens this laptop: plain calls, handed in once by `app`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from milomobile.domain.team import Member, Strength


@dataclass(frozen=True)
class Team:
    """After unlocking. Each but `members`, `problem` and `strength` takes a second, and raises Trouble."""

    members: Callable[[], Sequence[Member]]
    add: Callable[[str, str], str]
    """name, the password they typed"""
    rename: Callable[[str, str], None]
    """one's own password, one's new name"""
    change_password: Callable[[str, str], None]
    """one's own password or the recovery code, the new password"""
    reset: Callable[[str, str, str], None]
    """recovery code, a member's id, their new password"""
    remove: Callable[[str, str], None]
    """a member's id, one's own password"""
    new_recovery_code: Callable[[str], str]
    """one's own password → the code, shown once"""
    problem: Callable[[str, str], str | None]
    """password, whose → what is missing"""
    strength: Callable[[str, str], Strength]
    """the same → what the meter shows"""
