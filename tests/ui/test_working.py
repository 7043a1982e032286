"""The keyboard while the job of a button runs, and after: it does nothing else meanwhile, and is back at its end."""

import ast
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from milomobile.ui.desk import Desk
from milomobile.ui.parts.asking_sheet import AskingSheet
from milomobile.ui.parts.boxes import button, card
from milomobile.ui.parts.copies import CopiesCard
from milomobile.ui.parts.health import HealthCard
from milomobile.ui.parts.working import hold

Find = Callable[[Desk], QPushButton]


def one(desk: Desk, kind: type[QWidget], name: str) -> QPushButton:
    found = getattr(desk.settings.findChildren(kind)[0], name)
    assert isinstance(found, QPushButton)
    return found


def enrol(desk: Desk) -> QPushButton:
    desk.settings.server.address.edit.setText("http://127.0.0.1:9")
    desk.settings.server.code.edit.setText("AAAA-BBBB")
    return desk.settings.server.go


JOBS: dict[str, tuple[str, str, Find]] = {
    "enrol": ("settings", "Serveur", enrol),
    "directory": ("settings", "Listes et annuaire", lambda it: it.settings.directory.go),
    "sought": ("settings", "Listes et annuaire", lambda it: it.settings.sought.go),
    "backup": ("settings", "Sauvegardes", lambda it: one(it, CopiesCard, "go")),
    "backup looked at": ("settings", "Sauvegardes", lambda it: one(it, CopiesCard, "look")),
    "file checked": ("settings", "Diagnostic", lambda it: one(it, HealthCard, "check")),
    "for support": ("settings", "Diagnostic", lambda it: it.settings.findChildren(HealthCard)[0].diagnosing.go),
    "month": ("report", "", lambda it: it.report.papers.month),
    "day": ("report", "", lambda it: it.report.papers.day),
    "export": ("report", "", lambda it: it.report.card.go),
    "evening": ("sync", "", lambda it: it.sync.paper.write),
}
"""The page, the section of Réglages, the button."""


@pytest.mark.parametrize("name", JOBS)
def test_the_keyboard_comes_back_to_the_button_at_the_end_of_its_job(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    place, section, find = JOBS[name]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "none.csv"), ""))
    desk.show_place(place)
    if section:
        desk.settings.show_section(section)
    desk.report.card.into(tmp_path)
    made = find(desk)
    qtbot.waitUntil(lambda: made.isVisible() and made.isEnabled())
    go_on = Event()
    desk._tasks.run(lambda: go_on.wait(20), lambda _: None, lambda wrong: None)
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert not (made.isVisible() and made.isEnabled())
    meanwhile = QApplication.focusWidget()
    assert meanwhile is desk.report.card.stop if name == "export" else meanwhile is made.parentWidget()
    go_on.set()
    qtbot.waitUntil(lambda: made.isVisible() and made.isEnabled(), timeout=20_000)
    assert QApplication.focusWidget() is made


def test_who_went_on_meanwhile_is_not_called_back(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("settings")
    desk.settings.show_section("Diagnostic")
    health, go_on = desk.settings.findChildren(HealthCard)[0], Event()
    desk._tasks.run(lambda: go_on.wait(20), lambda _: None, lambda wrong: None)
    health.check.setFocus()
    qtbot.keyClick(health.check, Qt.Key.Key_Space)
    meanwhile = QApplication.focusWidget()
    assert meanwhile
    qtbot.keyClick(meanwhile, Qt.Key.Key_Tab)
    gone = QApplication.focusWidget()
    assert gone is health.diagnosing.go, "Tab goes on from where the button stands"
    go_on.set()
    qtbot.waitUntil(health.check.isEnabled, timeout=20_000)
    assert QApplication.focusWidget() is gone


def test_a_sheet_whose_act_fails_has_the_keyboard_on_its_verb(desk: Desk, qtbot: QtBot) -> None:
    def fail() -> object:
        return desk._verbs.sheet("nobody")

    sheet = AskingSheet(desk.window(), desk._tasks, ("Enlever\u00a0?", "", "Enlever"), (), lambda: fail)
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitUntil(sheet.isActiveWindow)
    sheet.go.setFocus()
    qtbot.keyClick(sheet.go, Qt.Key.Key_Space)
    qtbot.waitUntil(sheet.go.isEnabled)
    assert sheet.wrong.isVisible() and QApplication.focusWidget() is sheet.go


def test_what_is_held_may_go_meanwhile(qtbot: QtBot) -> None:
    """The page may be left and made anew while a job runs."""
    made = button("Vérifier", lambda: None)
    inside = card(made)
    qtbot.addWidget(inside)
    inside.show()
    release = hold(made)
    made.setParent(None)
    made.deleteLater()
    qtbot.waitUntil(lambda: not isValid(made))
    release()


def test_every_job_of_a_button_goes_by_the_one_piece() -> None:
    """Who runs a job takes no part out of reach on its own, but where it is not a button's job."""
    found = set()
    for file in Path("milomobile/ui").rglob("*.py"):
        for act in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = {ast.unparse(node.func) for node in ast.walk(act) if isinstance(node, ast.Call)}
            runs = {"tasks.run", "self._tasks.run"} & called
            if isinstance(act, ast.FunctionDef) and runs and any(name.endswith(".setEnabled") for name in called):
                found.add(f"{file.name}: {act.name}")
    assert found == {"sought_sheet.py: look"}
