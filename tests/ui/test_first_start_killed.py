"""The first start killed at each of its steps: nothing half made; the next start begins anew, or goes on where it was."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.domain.setting_up import BACKUP, CODE, LISTS
from milomobile.ui.desk import Desk
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD

Shown = Callable[[Path], Window]


def kill_at(folder: Path, step: str, after: float = 0) -> None:
    call = [sys.executable, "-m", "tests.ui.assistant", str(folder), step]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "there\n"
        time.sleep(after)
        child.kill()


@pytest.mark.parametrize("step", ["welcome", "link", "person"])
def test_before_the_profile_is_made_it_begins_anew(step: str, tmp_path: Path, window_on: Shown, qtbot: QtBot) -> None:
    kill_at(tmp_path / "new", step)
    assert not (tmp_path / "new").exists()
    page = window_on(tmp_path / "new").centralWidget()
    assert isinstance(page, FirstStartPage) and page.welcome.isVisible()


@pytest.mark.parametrize("turn", range(3))
def test_while_the_profile_is_made_it_is_there_or_not(
    turn: int, tmp_path: Path, window_on: Shown, qtbot: QtBot
) -> None:
    kill_at(tmp_path / "new", "making", random.uniform(0, 1.5))
    window = window_on(tmp_path / "new")
    page = window.centralWidget()
    if isinstance(page, UnlockPage):
        window._opened(app.open_verbs(tmp_path / "new", ADVISER, PASSWORD))
        again = window.centralWidget()
        assert isinstance(again, FirstStartPage)
        qtbot.waitUntil(again.code.isVisible)
    else:
        assert isinstance(page, FirstStartPage) and page.welcome.isVisible()


@pytest.mark.parametrize(
    ("step", "left"),
    [("code", {CODE, LISTS, BACKUP}), ("lists", {LISTS, BACKUP}), ("backup", {BACKUP}), ("ready", set())],
)
def test_after_it_was_made_it_goes_on(
    step: str, left: set[str], tmp_path: Path, window_on: Shown, qtbot: QtBot
) -> None:
    kill_at(tmp_path / "new", step)
    window = window_on(tmp_path / "new")
    assert isinstance(window.centralWidget(), UnlockPage)
    verbs = app.open_verbs(tmp_path / "new", ADVISER, PASSWORD)
    assert set(verbs.setup_left()) == left
    window._opened(verbs)
    page = window.centralWidget()
    assert isinstance(page, FirstStartPage if left else Desk)
    if isinstance(page, FirstStartPage):
        shown = {"code": page.code, "lists": page.lists, "backup": page.backup}[step]
        assert shown is not None
        qtbot.waitUntil(shown.isVisible)
