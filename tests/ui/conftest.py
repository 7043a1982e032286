"""What the tests of the screen start from: the look, and a day made of lists."""

import pytest
from PySide6.QtWidgets import QApplication

from milomobile.ui import look
from milomobile.ui.verbs import Verbs
from tests.ui.verbs_of_lists import Kept, a_day, verbs_of


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Fonts, colours and style sheet as in the program."""
    look.apply(qapp)


@pytest.fixture
def kept() -> Kept:
    """What the verbs answer from; a test may change it."""
    return a_day()


@pytest.fixture
def verbs(kept: Kept) -> Verbs:
    """The verbs over `kept`."""
    return verbs_of(kept)
