"""A newer version as an adviser meets it: proposed at a start alone, fetched while they go on, brought on a USB key."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.actions import fetching, updates
from milomobile.actions.open import open_profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.updates import Ready
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.aid import AidSheet
from milomobile.ui.parts.installing import Installing
from milomobile.ui.parts.proposed import Proposed
from milomobile.ui.parts.updates import UpdatesCard
from milomobile.ui.parts.usb_update import UsbUpdate
from milomobile.ui.tasks import Tasks
from milomobile.ui.window import Window
from sync.server import releases as shelf
from tests.conftest import ADVISER, PASSWORD
from tests.faults.office import Office, bind
from tests.faults.proxy import Fault, Proxy
from tests.publisher import NEWER, Publisher, publisher
from tests.ui.hands import at_the_sheet
from tests.ui.texts import texts

__all__ = ["publisher"]
SECTION = "Mises à jour et à propos"


@pytest.fixture
def start(folder: Path, window_on: Callable[[Path], Window]) -> Callable[[], Window]:
    """Starts the program on the profile; locked."""
    return partial(window_on, folder)


def proposed(window: Window) -> Proposed | None:
    found = window.findChildren(Proposed)
    return next((one for one in found if one.isVisible()), None)


def test_it_is_proposed_at_a_start_and_never_during_work(
    start: Callable[[], Window], folder: Path, publisher: Publisher, qtbot: QtBot
) -> None:
    assert proposed(start()) is None
    fetching.take(folder, publisher.root, publisher.sign())
    window = start()
    banner = proposed(window)
    assert banner is not None and f"La version {NEWER} est prête" in " ".join(texts(banner))
    page = window.centralWidget()
    assert isinstance(page, UnlockPage) and page.password.edit.hasFocus(), "who wants to work types their password"
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    desk = window._desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.today.isVisible())
    window.lock()
    assert proposed(window) is None, "a lock during work proposes nothing"
    window.close()
    assert proposed(start()) is not None


def reach(qtbot: QtBot, wanted: QWidget) -> None:
    """By Tab alone."""
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is wanted:
            return
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not reach it")


def test_later_and_now_by_keyboard_alone(
    start: Callable[[], Window], folder: Path, publisher: Publisher, qtbot: QtBot
) -> None:
    fetching.take(folder, publisher.root, publisher.sign())
    window = start()
    banner = proposed(window)
    assert banner is not None
    reach(qtbot, banner.later)
    qtbot.keyClick(banner.later, Qt.Key.Key_Space)
    assert proposed(window) is None
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isVisible()
    window = start()
    banner = proposed(window)
    assert banner is not None
    reach(qtbot, banner.installing.go)
    qtbot.keyClick(banner.installing.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(text.startswith("sudo apt install") for text in texts(banner)))
    (copy,) = [one for one in banner.findChildren(QPushButton) if one.text() == "Copier la ligne"]
    qtbot.waitUntil(copy.hasFocus)
    qtbot.keyClick(copy, Qt.Key.Key_Space)
    line = QGuiApplication.clipboard().text()
    waits = updates.ready(folder)
    assert waits is not None and str(waits.file) in line
    assert window.isVisible()


def test_a_setup_that_runs_ends_the_program(qtbot: QtBot) -> None:
    window, tasks = QWidget(), Tasks()
    made = Installing(lambda: None, tasks)
    made.setParent(window)
    qtbot.addWidget(window)
    window.show()
    made.start()
    qtbot.waitUntil(lambda: not window.isVisible())
    tasks.finish()


def test_what_was_tampered_with_is_not_started(
    start: Callable[[], Window], folder: Path, publisher: Publisher, qtbot: QtBot
) -> None:
    fetching.take(folder, publisher.root, publisher.sign()).file.write_bytes(b"MZ")
    window = start()
    banner = proposed(window)
    assert banner is not None
    qtbot.mouseClick(banner.installing.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "version en place continue" in " ".join(texts(banner)))
    window.close()
    assert proposed(start()) is None


def card_of(window: Window) -> UpdatesCard:
    desk = window._desk
    assert desk is not None
    desk.show_place("settings")
    desk.settings.show_section(SECTION)
    (card,) = desk.settings.findChildren(UpdatesCard)
    return card


def test_a_usb_key_in_reglages(
    start: Callable[[], Window],
    folder: Path,
    publisher: Publisher,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = start()
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    card = card_of(window)
    assert "fin de journée" in card.state.text() and not card.installing.isVisible()
    bad, good = tmp_path / "bad.milo-release", publisher.sign()
    bad.write_bytes(good.read_bytes()[:-50_000])
    chosen = iter([str(bad), "", str(good)])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(chosen), ""))
    card.usb.go.setFocus()
    card.usb.go.click()
    qtbot.waitUntil(lambda: any("abîmé" in text for text in texts(card)))
    assert card.usb.go.isEnabled() and card.usb.go.hasFocus()
    card.usb.go.click()
    card.usb.go.click()
    qtbot.waitUntil(lambda: card.installing.isVisible())
    assert f"La version {NEWER} est prête" in card.state.text() and card.installing.go.hasFocus()
    assert not any("abîmé" in one.text() for one in card.findChildren(QLabel) if one.isVisible())


def test_a_usb_key_before_unlocking(
    start: Callable[[], Window], publisher: Publisher, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = start()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(publisher.sign()), ""))

    def bring(sheet: AidSheet) -> None:
        assert isinstance(sheet.usb, UsbUpdate)
        sheet.usb.go.click()
        qtbot.waitUntil(lambda: not sheet.isVisible())

    timer = at_the_sheet(bring)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not timer.isActive()
    qtbot.waitUntil(lambda: proposed(window) is not None)


def test_a_program_built_without_the_key_says_so(start: Callable[[], Window], folder: Path) -> None:
    window = start()
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    card = card_of(window)
    assert "sans la clé de l’éditeur" in card.state.text() and not card.usb.go.isEnabled()


@pytest.fixture
def bound(folder: Path, office: Office, proxy: Proxy) -> Path:
    made = open_profile(folder, ADVISER, PASSWORD, datetime.now(LOCAL))
    bind(made, office, proxy)
    made.close()
    return made.folder


def test_it_comes_behind_the_records_and_makes_way_for_them(
    bound: Path,
    start: Callable[[], Window],
    office: Office,
    proxy: Proxy,
    publisher: Publisher,
    qtbot: QtBot,
) -> None:
    shelf.add(office.folder, publisher.root, publisher.sign())
    window = start()
    window._opened(app.open_verbs(bound, ADVISER, PASSWORD))
    desk = window._desk
    assert desk is not None
    desk.show_place("sync")
    proxy.plan = lambda: Fault("delay", 0.3)
    desk.sync.start()
    qtbot.waitUntil(lambda: not desk.sync.running, timeout=20_000)
    qtbot.waitUntil(lambda: bool(list((bound / "updates").glob("*.part"))), timeout=20_000)
    assert updates.ready(bound) is None, "the records are sent, and it is still on its way"
    desk._verbs.count_people()
    seen: list[Ready | None] = []
    desk.sync._tasks.run(lambda: seen.append(None), lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: bool(seen))
    assert updates.ready(bound) is None, "what else takes long is not kept waiting"
    proxy.plan = Fault
    desk.sync.start()
    qtbot.waitUntil(lambda: not desk.sync.running, timeout=20_000)
    qtbot.waitUntil(lambda: updates.ready(bound) is not None, timeout=20_000)
    assert f"La version {NEWER} est prête" in card_of(window).state.text()


def test_a_lock_ends_the_fetching(
    bound: Path, start: Callable[[], Window], office: Office, proxy: Proxy, publisher: Publisher, qtbot: QtBot
) -> None:
    shelf.add(office.folder, publisher.root, publisher.sign())
    window = start()
    window._opened(app.open_verbs(bound, ADVISER, PASSWORD))
    desk = window._desk
    assert desk is not None
    proxy.plan = lambda: Fault("delay", 0.2)
    desk.sync.start()
    qtbot.waitUntil(lambda: bool(list((bound / "updates").glob("*.part"))), timeout=20_000)
    window.lock()
    known = updates.updates(bound, publisher.root)
    assert known.ready is None and known.coming is not None, "what came is kept"
    running = [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]
    assert running == [], "and nobody goes on asking"
