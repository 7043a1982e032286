"""The first start, driven: each of its steps for a test to look at; or to one, which then waits to be killed.

`… tests.ui.assistant FOLDER STEP` prints `there` at the step; at `making` just before the profile is made.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.security import slots
from milomobile.ui import look
from milomobile.ui.pages.first_start import FirstStartPage
from tests.conftest import ADVISER, PASSWORD

STEPS = ("welcome", "link", "person", "making", "code", "lists", "backup", "ready")


def main(folder: Path, step: str) -> None:
    """Never returns by itself."""
    keyring.set_keyring(NoKeyring())
    slots.RECIPE = slots.Cost(1, 64, 1)
    application = QApplication([*sys.argv[:1], *look.STYLE])
    window = app.build(folder)
    window.show()
    page = window.centralWidget()
    assert isinstance(page, FirstStartPage)
    wanted = STEPS.index(step)
    if wanted < 2:
        page.show_step(wanted)
        print("there", flush=True)
        application.exec()
    page.show_step(2)
    fill(page)
    if step in ("person", "making"):
        print("there", flush=True)
    if step != "person":
        page.go.click()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: go_on(page, timer, wanted - 4))
    timer.start()
    application.exec()


def fill(page: FirstStartPage) -> None:
    """Who, and the password twice."""
    page.person.name.edit.setText(ADVISER)
    for field in (page.person.first, page.person.second):
        field.edit.setText(PASSWORD)


def each_step(page: FirstStartPage, qtbot: QtBot) -> Iterator[str]:
    """Shows every step, by its name, the profile made in between; at the end the code is put away."""
    shown = [step for step in STEPS if step != "making"]
    for at, step in enumerate(shown):
        if step == "code":
            fill(page)
            page.go.click()
            qtbot.waitUntil(lambda: page.code.code is not None, timeout=60_000)
        page.show_step(at)
        yield step
    page.show_step(shown.index("code"))
    assert page.code.code is not None
    page.code.code.put_away.setChecked(True)


def go_on(page: FirstStartPage, timer: QTimer, presses: int) -> None:
    """Once the code is shown: so many steps further."""
    if page.code.code is None or presses < 0:
        return
    timer.stop()
    if presses:
        page.code.code.put_away.click()
    for _ in range(presses):
        page.go.click()
    print("there", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
