"""The office and the fault proxy of the fault tests, for pages; and an unlocked desk over a real profile, at a stop."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.actions import demo
from milomobile.domain.outings import Halt
from milomobile.ui import collecting, look
from milomobile.ui.desk import Desk
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD
from tests.faults.conftest import office, proxy  # noqa: F401
from tests.ui.hands import Keyboard


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What a test leaves is collected on this thread, as the window does while it is there."""
    gc.disable()
    yield
    collecting.collect()


@pytest.fixture
def folder(tmp_path: Path, unused: Path) -> Path:
    return shutil.copytree(unused, tmp_path / "profile")


@pytest.fixture
def open_desk(folder: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], Desk]]:
    look.apply(qapp)
    made = []

    def build() -> Desk:
        window = app.build(folder)
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
        desk = window.centralWidget()
        assert isinstance(desk, Desk)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
        return desk

    yield build
    for window in made:
        window.close()


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def window_on(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Path], Window]]:
    look.apply(qapp)
    shown: list[Window] = []

    def show(folder: Path) -> Window:
        window = app.build(folder)
        shown.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show
    for window in shown:
        window.close()


@pytest.fixture
def demonstrated(window_on: Callable[[Path], Window], tmp_path: Path) -> Callable[..., Window]:
    """An open window over a demonstration: how many people and encounters, and the seed they are drawn from."""

    def show(*drawn: int) -> Window:
        folder = tmp_path / "demonstrated"
        demo.make(folder, *drawn, app.now())
        window = window_on(folder)
        window._opened(app.open_verbs(folder, demo.ADVISER, demo.PASSWORD))
        return window

    return show


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)
