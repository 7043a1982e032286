"""What the unlock page may ask of the program; it loads nothing that only an open profile needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milomobile.ui.verbs import Verbs


@dataclass(frozen=True)
class Gate:
    """Before unlocking. `unlock` and `create` raise Trouble; `create` returns the recovery code, shown once.

    `advisers` is empty on the first start. `hint` is the demonstration's password, else None.
    """

    advisers: tuple[str, ...]
    hint: str | None
    keyring_warning: Callable[[], str | None]
    unlock: Callable[[str, str], "Verbs"]
    create: Callable[[str, str], str]
    password_problem: Callable[[str], str | None]
