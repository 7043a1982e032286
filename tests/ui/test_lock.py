"""The lock: what brings it, that nothing of anybody stays on the screen or the clipboard, that drafts stay."""

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from ctypes import addressof
from dataclasses import replace
from pathlib import Path
from types import CellType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from milomobile import app, bugs
from milomobile.ui.desk import Desk
from milomobile.ui.pages.turned import TurnedPage
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts import secret_clipboard
from milomobile.ui.parts.toast import Toast
from milomobile.ui.session import Session
from milomobile.ui.session_windows import POWER, RESUMES, SESSION, SUSPENDS, Messages, Msg
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD
from tests.ui.hands import put
from tests.ui.texts import texts


def window_of(desk: Desk) -> Window:
    window = desk.window()
    assert isinstance(window, Window)
    return window


def is_locked(window: Window) -> bool:
    return isinstance(window.centralWidget(), UnlockPage)


def test_the_warning_is_seen_and_goes_with_a_key(desk: Desk, qtbot: QtBot) -> None:
    window = window_of(desk)
    window.idle.warned.emit()
    assert next(made.text for made in desk.findChildren(Toast) if made.isVisible()).startswith(
        "L’écran va se verrouiller"
    )
    window.idle.back.emit()
    qtbot.waitUntil(lambda: not desk.findChildren(Toast))
    window.idle.over.emit()
    assert is_locked(window)


def test_the_delay_is_set_and_kept(desk: Desk) -> None:
    window = window_of(desk)
    desk.settings.locking.minutes.setCurrentIndex(desk.settings.locking.minutes.findData(2))
    assert desk._verbs.preferences().lock_minutes == 2
    assert window.idle._minutes == 2


def test_only_who_locked_is_shown(desk: Desk) -> None:
    window = window_of(desk)
    window.lock()
    assert "Session verrouillée" in [made.text() for made in window.findChildren(QLabel)]
    assert [made.accessibleName() for made in window.findChildren(QPushButton) if made.isCheckable()].count(
        ADVISER
    ) == 1


NAMES = ("Zéphyrine", "Quintefeuille", "quintefeuille", "0353011299", "03 53 01 12 99")


def typed(desk: Desk) -> None:
    desk.register()
    put(desk.registration, "person.given_name", "Zéphyrine")
    put(desk.registration, "person.birth_name", "Quintefeuille")
    put(desk.registration, "person.phone", "0353011299")


def nothing_stays(qtbot: QtBot) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not [made for made in QApplication.allWidgets() if isinstance(made, Desk)])
    assert [text for text in texts() if any(name in text for name in NAMES)] == []


def test_nothing_of_anybody_stays_and_the_draft_does(desk: Desk, qtbot: QtBot) -> None:
    window, folder = window_of(desk), desk._verbs.profile
    typed(desk)
    assert any("Quintefeuille" in text for text in texts())
    secret_clipboard.copy_secret("0353011299")
    begun = time.perf_counter()
    window.lock()
    assert time.perf_counter() - begun < 1
    nothing_stays(qtbot)
    assert QGuiApplication.clipboard().text() == ""
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    again = window.centralWidget()
    assert isinstance(again, Desk)
    assert [draft.answers["person.birth_name"] for draft in again._verbs.drafts()] == ["Quintefeuille"]


def test_the_turned_screen_goes_and_its_form_is_kept(desk: Desk, qtbot: QtBot) -> None:
    window, folder = window_of(desk), desk._verbs.profile
    typed(desk)
    desk.registration.turn()
    assert isinstance(window.centralWidget(), TurnedPage)
    window._session.locked.emit()
    assert is_locked(window) and not window.isFullScreen()
    nothing_stays(qtbot)
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    again = window.centralWidget()
    assert isinstance(again, Desk)
    assert len(again._verbs.drafts()) == 1


@pytest.mark.parametrize("which", ["sheet", "file"])
def test_an_open_dialog_goes(which: str, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_of(desk)

    def lock() -> None:
        assert QApplication.activeModalWidget()
        window._session.locked.emit()

    QTimer.singleShot(200, lock)
    if which == "sheet":
        desk.count_anonymous()
    else:
        chosen, _ = QFileDialog.getOpenFileName(window, "Un fichier", str(tmp_path))
        assert chosen == ""
    assert is_locked(window)
    assert QApplication.activeModalWidget() is None
    nothing_stays(qtbot)


def test_what_somebody_else_copied_stays(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    secret_clipboard.copy_secret("0353011299")
    clipboard.setText("autre chose")
    secret_clipboard.forget()
    assert clipboard.text() == "autre chose"
    secret_clipboard.copy_secret("0353011299")
    secret_clipboard.copy_secret("0353011200")
    secret_clipboard.forget("0353011299")
    assert clipboard.text() == "0353011200"
    secret_clipboard.forget("0353011200")
    assert clipboard.text() == ""


def formats(data: QMimeData) -> set[str]:
    return set(data.formats()) - {"text/plain"}


def test_a_copy_is_marked_as_secret() -> None:
    assert bytes(secret_clipboard.marked("x", "linux").data("x-kde-passwordManagerHint").data()) == b"secret"
    assert len(formats(secret_clipboard.marked("x", "win32"))) == 3
    assert any("ConcealedType" in name for name in formats(secret_clipboard.marked("x", "darwin")))
    assert secret_clipboard.marked("x", "linux").text() == "x"


@pytest.mark.parametrize(
    ("message", "parameter", "locks"),
    [(POWER, SUSPENDS, 1), (POWER, RESUMES, 1), (SESSION, 7, 1), (SESSION, 8, 0), (0x100, 7, 0)],
)
def test_windows_messages(message: int, parameter: int, locks: int) -> None:
    told: list[int] = []
    msg = Msg(None, message, parameter, 0)
    heard = Messages(lambda: told.append(1)).nativeEventFilter(b"windows_generic_MSG", addressof(msg))
    assert heard == (False, 0)
    assert len(told) == locks


_LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from milomobile.ui.session import Session, watch
app = QCoreApplication([])
session = Session()
session.locked.connect(lambda: print("locked", flush=True))
watch(session, 0)
print("ready", flush=True)
QTimer.singleShot(20000, app.quit)
app.exec()
"""


@pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="no D-Bus here")
def test_the_system_s_words_over_a_real_bus(tmp_path: Path) -> None:
    address = f"unix:path={tmp_path}/bus"
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert bus.stdout and bus.stdout.readline()
    where = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
    listener = subprocess.Popen(
        [sys.executable, "-c", _LISTENER], env=os.environ | where, stdout=subprocess.PIPE, text=True
    )
    assert listener.stdout

    def say(path: str, signal: str, *values: str) -> None:
        subprocess.run(["dbus-send", f"--bus={address}", "--type=signal", path, signal, *values], check=True)

    try:
        assert listener.stdout.readline() == "ready\n"
        for path, signal, *values in (
            ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true"),
            ("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session.Lock"),
            ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"),
            ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"),
        ):
            say(path, signal, *values)
            assert listener.stdout.readline() == "locked\n"
    finally:
        for process in (listener, bus):
            process.terminate()
            process.wait()


def test_the_screen_saver_that_goes_locks_nothing() -> None:
    session, told = Session(), []
    session.locked.connect(lambda: told.append(1))
    session.saved(False)
    assert told == []
    session.saved(True)
    assert told == [1]


def test_a_bug_s_text_holds_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError(" ".join(NAMES))
    except ValueError as wrong:
        told = bugs.write(tmp_path, type(wrong), wrong.__traceback__)
        assert told.file and told.file.parent == tmp_path / "logs"
        (tmp_path / "file").write_text("", encoding="utf-8")
        assert bugs.write(tmp_path / "file", type(wrong), wrong.__traceback__) == replace(told, file=None)
    written = [file.read_text(encoding="utf-8") for file in (tmp_path / "logs").iterdir()]
    assert written
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert not any(name in text for text in (*written, said) for name in NAMES)


def test_while_something_ends_the_window_says_so_and_shows_nobody(desk: Desk, qtbot: QtBot) -> None:
    window, seen = window_of(desk), list[list[str]]()

    def slow() -> None:
        while not window.tasks.stopping:
            time.sleep(0.001)
        seen.append([one.text() for one in window.findChildren(QLabel) if one.isVisible()])

    desk.show_place("people")
    window.tasks.run(slow, lambda _: None, lambda _: None)
    window.lock()
    assert seen == [["Verrouillé. Ce qui est en cours se termine, sans rien perdre."]]
    assert is_locked(window)


def test_once_open_nothing_holds_the_password_typed(
    folder: Path, window_on: Callable[[Path], Window], qtbot: QtBot
) -> None:
    """Not either among what is never looked through again."""
    gc.unfreeze()
    window = window_on(folder)
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.password.edit, PASSWORD)
    del page
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk), timeout=20_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
    held = [inside for one in gc.get_objects() for inside in contents(one) if type(inside) is str]
    assert len(held) > 10_000
    assert not any(text == PASSWORD and text is not PASSWORD for text in held)


def contents(one: object) -> Iterable[object]:
    if type(one) is CellType:
        try:
            return (one.cell_contents,)
        except ValueError:
            return ()
    return one.values() if type(one) is dict else one if type(one) in (tuple, list, set) else ()
