"""A page that is laid a slice at a time is whole whenever it is wanted, wherever the laying stopped."""

from itertools import islice

import pytest

from milomobile.ui.desk import Desk
from milomobile.ui.questions import QUESTIONS


def whole(desk: Desk) -> None:
    desk.register()
    assert {question.name for question in QUESTIONS} <= desk.registration.fields.keys()
    desk.registration.forget()
    desk.show_place("settings")
    for name in ("Ce poste", "Mises à jour et à propos"):
        desk.settings.show_section(name)


@pytest.mark.parametrize("after", range(1, 40, 3))
def test_after_so_many_slices_that_nobody_goes_on_with(desk: Desk, after: int) -> None:
    """As where the screen was turned to somebody in the first second."""
    desk.hide()
    slices = desk._slices()
    for _ in islice(slices, after):
        pass
    slices.close()
    desk.show()
    whole(desk)
