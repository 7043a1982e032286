"""Tab goes as one reads, and what has the keyboard is seen whole and ringed, where there is no navigation: before unlocking, on the
screen turned to somebody, in the help.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from milomobile import reference
from milomobile.domain.display import Display
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.rescue import RescuePage
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.aid import AidSheet
from milomobile.ui.window import Window
from tests.conftest import ADVISER
from tests.ui.assistant import each_step
from tests.ui.ringed import unringed
from tests.ui.tabbing import against_reading, left_and_come_back_to, named, walk
from tests.ui.test_accessible import desk, filled  # noqa: F401
from tests.ui.test_order import LOW, WIDE

Size = tuple[int, int]
_SIZES = pytest.mark.parametrize(("size", "text"), [(WIDE, 100), (LOW, 100), (LOW, 150)], ids=str)


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def dress(window: QWidget, size: Size, text: Literal[100, 150]) -> None:
    look.show(Display("light", text))
    window.resize(*size)
    QApplication.processEvents()


def wrong(window: QWidget) -> list[str]:
    steps = list(walk(window))
    hidden = [f"{step} is cut: {step.cut}" for step in steps if step.cut]
    faint = [f"{named(step.now)} {told}" for step in walk(window) if (told := unringed(step.now))]
    return against_reading(steps) + left_and_come_back_to(steps) + hidden + faint


@_SIZES
def test_before_unlocking(
    window_on: Callable[[Path], Window], folder: Path, size: Size, text: Literal[100, 150]
) -> None:
    window = window_on(folder)
    dress(window, size, text)
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    assert wrong(window) == []
    page.password.say("Ce mot de passe n’est pas le bon.")
    assert wrong(window) == []
    page.rescue_asked.emit(ADVISER)
    assert isinstance(window.centralWidget(), RescuePage)
    assert wrong(window) == []


@_SIZES
def test_in_the_assistant(
    window_on: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot, size: Size, text: Literal[100, 150]
) -> None:
    window = window_on(tmp_path / "none")
    dress(window, size, text)
    page = window.centralWidget()
    assert isinstance(page, FirstStartPage)
    for step in each_step(page, qtbot):
        assert wrong(window) == [], step


@_SIZES
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_on_the_screen_turned(desk: Desk, size: Size, text: Literal[100, 150], language: str) -> None:  # noqa: F811
    page = TurnedPage(reference.notices(None), "Mission Locale", {}, "SPIP")
    window = desk.window()
    assert isinstance(window, Window)
    turn(window, page)
    window.showNormal()
    dress(window, size, text)
    page.show_language(language)
    try:
        assert wrong(window) == []
    finally:
        page.back.emit(None)


@_SIZES
def test_in_the_help(desk: Desk, qtbot: QtBot, size: Size, text: Literal[100, 150]) -> None:  # noqa: F811
    dress(desk.window(), size, text)
    sheet = AidSheet(reference.guide(), "", lambda _: (), desk._tasks, desk.window())
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitUntil(sheet.isActiveWindow)
    assert wrong(sheet) == []
    sheet.reject()
