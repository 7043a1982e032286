"""The keys that change how the screen looks: Plein soleil and the size of the text, wherever one is."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from milomobile.errors import Trouble
from milomobile.ui import look

SUN = "F9"
_LARGER, _SMALLER, _USUAL = ("Ctrl++", "Ctrl+="), ("Ctrl+-",), ("Ctrl+0", "Ctrl+à")
"""Also as a French keyboard types them without Maj."""


def bind(window: QWidget, failed: Callable[[str], object]) -> None:
    """Gives a window or a sheet these keys; `failed` is told what could not be kept."""
    calls: list[tuple[str, Callable[[], str]]] = [(SUN, _sun)]
    for keys, steps in ((_LARGER, 1), (_SMALLER, -1), (_USUAL, 0)):
        calls += [(typed, partial(_size, steps)) for typed in keys]
    for typed, act in calls:
        QShortcut(QKeySequence(typed), window).activated.connect(partial(_do, window, act, failed))


def _do(window: QWidget, act: Callable[[], str], failed: Callable[[str], object]) -> None:
    from milomobile.ui.parts.spoken import announce

    try:
        announce(window, act())
    except Trouble as trouble:
        failed(trouble.sentence)


def _sun() -> str:
    return "Plein soleil." if look.toggle_sun() else "Plein soleil terminé."


def _size(steps: int) -> str:
    now = look.display()
    look.show(replace(now, size=now.sized(steps) if steps else 100))
    return f"Texte à {look.display().size}\u00a0%."
