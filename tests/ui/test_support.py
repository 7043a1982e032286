"""Aide, Diagnostic, À propos, the number of a bug, and one window for a profile."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.store import engine
from milomobile.ui import single
from milomobile.ui.desk import Desk
from milomobile.ui.pages.unlock import ShutPage
from milomobile.ui.parts.about import AboutCard, LicencesSheet
from milomobile.ui.parts.aid import AidSheet, BugSheet
from milomobile.ui.parts.diagnosing import Diagnosing
from milomobile.ui.parts.health import HealthCard
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.window import Window
from tests.ui.hands import at_the_sheet
from tests.ui.texts import texts


def window_of(desk: Desk) -> Window:
    window = desk.window()
    assert isinstance(window, Window)
    return window


def press(window: Window, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(window, key)


def test_f1_writes_a_file_for_support(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "d.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))

    def look(sheet: Sheet) -> None:
        assert isinstance(sheet, AidSheet)
        sheet.diagnosing.go.click()
        qtbot.waitUntil(lambda: "est écrit" in " ".join(texts(sheet)))
        sheet.reject()

    timer = at_the_sheet(look)
    press(window_of(desk), qtbot, Qt.Key.Key_F1)
    assert not timer.isActive()
    with zipfile.ZipFile(file) as archive:
        assert "diagnostic.json" in archive.namelist()


def test_before_unlocking_f1_helps_too(desk: Desk, qtbot: QtBot) -> None:
    window = window_of(desk)
    window.lock()
    seen = []
    timer = at_the_sheet(lambda sheet: (seen.append(type(sheet)), sheet.reject()))
    press(window, qtbot, Qt.Key.Key_F1)
    assert not timer.isActive() and seen == [AidSheet]


def test_a_bug_shows_its_number_once_and_the_program_goes_on(desk: Desk, folder: Path, qtbot: QtBot) -> None:
    window = window_of(desk)

    def bug() -> None:
        try:
            raise RuntimeError("Boussole")
        except RuntimeError as wrong:
            app._met_bug(folder, window, RuntimeError, wrong, wrong.__traceback__)

    for _ in range(3):
        bug()
    (sheet,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, BugSheet) and one.isVisible()]
    assert window.helping.bug is sheet
    written = list((folder / "logs").glob("probleme-*"))
    assert written and all("Boussole" not in file.read_text(encoding="utf-8") for file in written)
    (number,) = {file.stem.rpartition("-")[2] for file in written}
    assert sheet.number.text() == f"Problème n° {number}"
    sheet.reject()
    assert window.helping.bug is None
    desk.show_place("people")
    assert desk.people.isVisible()
    bug()
    assert window.helping.bug is not None
    window.helping.bug.reject()


def test_diagnostic_tells_how_the_laptop_does_and_reads_the_whole_file(desk: Desk, folder: Path, qtbot: QtBot) -> None:
    desk.show_place("settings")
    desk.settings.show_section("Diagnostic")
    (card,) = desk.settings.findChildren(HealthCard)
    assert "libres" in card.disk.text() and "2 Mo" in card.log.text()
    card.check.click()
    qtbot.waitUntil(lambda: "est entier" in " ".join(texts(card)))
    card.diagnosing.write(folder / "missing" / "d.zip")
    qtbot.waitUntil(card.diagnosing.go.isEnabled)
    assert any("n’existe pas" in text for text in texts(card))


def test_a_propos_lists_every_part_with_its_licence(desk: Desk) -> None:
    desk.show_place("settings")
    desk.settings.show_section("Mises à jour et à propos")
    (card,) = desk.settings.findChildren(AboutCard)

    def look(sheet: Sheet) -> None:
        assert isinstance(sheet, LicencesSheet)
        assert sheet.table.rowCount() == len(desk._verbs.support.parts()) > 50
        sheet.reject()

    timer = at_the_sheet(look)
    card.licences.click()
    assert not timer.isActive()


def test_a_profile_that_does_not_open_offers_the_file_for_support(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    (folder / engine.FILE).unlink()
    window = app.build(folder)
    qtbot.addWidget(window)
    shut = window.centralWidget()
    assert isinstance(shut, ShutPage)
    (diagnosing,) = shut.findChildren(Diagnosing)
    diagnosing.write(tmp_path / "d.zip")
    qtbot.waitUntil(lambda: (tmp_path / "d.zip").exists())


_CALL = "import sys; from pathlib import Path; from milomobile.ui import single\n"
_SECOND = _CALL + "f = Path(sys.argv[1]); sys.exit(0 if single.hold(f) is None and single.call(f) else 1)"


def test_a_second_start_brings_the_first_window_forward(desk: Desk, folder: Path, qtbot: QtBot) -> None:
    window = window_of(desk)
    held = single.hold(folder)
    assert held is not None
    held.listen(window.come_forward)
    window.showMinimized()
    second = subprocess.Popen([sys.executable, "-c", _SECOND, str(folder)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert not window.isMinimized() and window.isVisible()
    other = single.hold(folder.parent / "another")
    assert other is not None, "another profile has a window of its own"


def test_the_window_s_place_is_free_again_when_its_program_dies(folder: Path) -> None:
    script = _CALL + "import os; assert single.hold(Path(sys.argv[1])); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", script, str(folder)], check=False).returncode == 9
    assert single.hold(folder) is not None


def test_what_a_killed_program_left_under_this_ones_number_holds_nobody_out(folder: Path) -> None:
    """After a dead battery numbers begin anew: the one in the file may be anybody's, and even one's own."""
    place = single._place(folder)
    kept = single.hold(folder)
    assert kept is not None
    left = place.read_bytes()
    kept._lock.unlock()
    place.write_bytes(left)
    assert f"{os.getpid()}".encode() in left
    again = single.hold(folder)
    assert again is not None
    assert subprocess.run([sys.executable, "-c", _SECOND, str(folder)], timeout=30, check=False).returncode == 1
    assert single.hold(folder) is None, "who is there has it still"
