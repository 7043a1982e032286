"""The job of a button: out of reach while it runs, and at its end the keyboard is back on it, unless it went on."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from milomobile.ui.tasks import Tasks


def work(
    tasks: Tasks,
    pressed: Sequence[QPushButton],
    job: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
    meanwhile: str = "",
) -> None:
    """Runs a job on the worker with these buttons out of reach; the first says `meanwhile`, where there are such words."""
    before, release = pressed[0].text(), hold(*pressed)
    if meanwhile:
        pressed[0].setText(meanwhile)

    def ended(then: Callable[[Any], None], told: Any) -> None:
        if meanwhile and isValid(pressed[0]):
            pressed[0].setText(before)
        release()
        then(told)

    tasks.run(job, lambda told: ended(done, told), lambda wrong: ended(failed, wrong))


def hold(*parts: QWidget) -> Callable[[], None]:
    """Takes parts out of reach; what it returns gives them back.

    The keyboard waits on what they stand in: left to Qt it would go on to whatever is next, where Espace does something
    else.
    """
    at = parts[0].window().focusWidget()
    had = at if at and any(one is at or one.isAncestorOf(at) for one in parts) else None
    place = next((one.parentWidget() for one in parts if had and (one is had or one.isAncestorOf(had))), None)
    for one in parts:
        one.setEnabled(False)
    if place:
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def release() -> None:
        for one in parts:
            if isValid(one):
                one.setEnabled(True)
        if had and isValid(had) and had.isVisible() and had.window().focusWidget() in (place, None):
            had.setFocus(Qt.FocusReason.OtherFocusReason)

    return release
