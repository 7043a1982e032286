"""What a dead battery leaves: the half-filled forms are offered again."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.actions.open import create
from milomobile.domain.dates import LOCAL
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.parts.fields import Field
from tests.conftest import ADVISER, PASSWORD
from tests.ui.typing_window import THREE


def test_every_draft_is_offered_after_the_window_was_killed(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    folder = tmp_path / "profile"
    create(folder, ADVISER, PASSWORD, datetime.now(LOCAL))
    call = [sys.executable, "-m", "tests.ui.typing_window", str(folder), ADVISER, PASSWORD]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "kept\n"
        child.kill()
    look.apply(qapp)
    window = app.build(folder)
    qtbot.addWidget(window)
    window.show()
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    drafts = {str(draft.answers["person.given_name"]): draft for draft in desk._verbs.drafts()}
    assert drafts.keys() == set(THREE)
    for given, draft in drafts.items():
        desk.today.draft_asked.emit(draft)
        kept = {name: field.text() for name, field in desk.registration.fields.items() if isinstance(field, Field)}
        assert (kept["person.given_name"], kept["person.birth_name"]) == (given, "Boussole")
    qtbot.waitUntil(desk.registration.isVisible)
    window.close()
