"""Fin de journée over a real profile, a real server and a real network that fails: what is said, and where one is."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from milomobile import app
from milomobile.actions import usb
from milomobile.actions.open import Profile, create, open_profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.sending import Refused
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.leave import LeaveSheet
from milomobile.ui.pages.sync import SyncPage
from milomobile.ui.window import Window
from sync.server import ingest
from sync.server.identity import sealing_key_in
from sync.server.tables import Server
from tests.conftest import ADVISER, PASSWORD
from tests.faults.office import Office, bind, milliseconds, write
from tests.faults.proxy import Fault, Proxy
from tests.faults.test_news import tells


@pytest.fixture
def laptop(
    tmp_path: Path, unused: Path, office: Office, proxy: Proxy, request: pytest.FixtureRequest
) -> Iterator[Profile]:
    """A bound profile in which six records wait, or as many as asked with a long text each."""
    count, long = getattr(request, "param", (6, {}))
    shutil.copytree(unused, tmp_path / "profile")
    made = open_profile(tmp_path / "profile", ADVISER, PASSWORD, datetime.now(LOCAL))
    bind(made, office, proxy)
    write(made, count, **long)
    made.close()
    yield made
    made.close()


@pytest.fixture
def page(laptop: Profile, qtbot: QtBot, qapp: QApplication) -> Iterator[SyncPage]:
    """Fin de journée, with the keyboard on « Synchroniser »; a cut ends the sending at once, as it would after some tries."""
    look.apply(qapp)
    window: Window = app.build(laptop.folder)
    verbs = app.open_verbs(laptop.folder, ADVISER, PASSWORD)
    window._opened(replace(verbs, send=partial(verbs.send, patience=0)))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    desk.show_place("sync")
    desk.sync.go.setFocus()
    yield desk.sync
    window.close()


def said(page: SyncPage) -> str:
    """The sentence of the banner."""
    banners = [made for made in page.findChildren(QWidget) if made.property("banner") and made.isVisible()]
    return " ".join(shown.text() for made in banners for shown in made.findChildren(QLabel) if shown.text())


def named(page: QWidget, text: str) -> QPushButton:
    (found,) = [made for made in page.findChildren(QPushButton) if made.text() == text and made.isVisible()]
    return found


def press(page: SyncPage, qtbot: QtBot, pressed: QPushButton | None = None) -> None:
    """By the keyboard alone, to the end of the sending."""
    qtbot.keyClick(pressed or page.go, Qt.Key.Key_Space)
    assert page.running
    qtbot.waitUntil(lambda: not page.running and bool(said(page)), timeout=20_000)


def test_pressed_twice_it_sends_once_and_the_keyboard_stays_here(page: SyncPage, proxy: Proxy, qtbot: QtBot) -> None:
    proxy.once(Fault("delay", 0.3))
    qtbot.keyClick(page.go, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.headline
    qtbot.keyClick(page.headline, Qt.Key.Key_Space)
    assert page.running and not page._stop
    qtbot.keyClick(page.headline, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.halt
    qtbot.waitUntil(lambda: not page.running and bool(said(page)), timeout=20_000)
    assert page.headline.text() == "Tout est envoyé"
    assert said(page) == "6 éléments confirmés par le serveur."
    assert QApplication.focusWidget() is page.headline


@pytest.mark.parametrize(
    ("kind", "sentence", "acts"),
    [
        ("portal_302", "Ce Wi-Fi demande d’abord une validation.", ["Ouvrir la page du Wi-Fi", "Réessayer"]),
        ("proxy_407", "Ce réseau demande un identifiant.", ["Réessayer"]),
    ],
)
def test_who_answers_instead_is_said_and_the_way_on_has_the_keyboard(
    kind: str, sentence: str, acts: list[str], page: SyncPage, proxy: Proxy, qtbot: QtBot
) -> None:
    proxy.plan = lambda: Fault(kind)
    press(page, qtbot)
    assert said(page).startswith(sentence)
    assert QApplication.focusWidget() is named(page, acts[0])
    proxy.plan = Fault
    press(page, qtbot, named(page, acts[-1]))
    assert page.headline.text() == "Tout est envoyé"


@pytest.mark.parametrize("laptop", [(90, {"comment": "Long. " * 1500})], indirect=True)
def test_the_server_dies_in_the_middle_of_a_sending(page: SyncPage, proxy: Proxy, qtbot: QtBot) -> None:
    asked = iter(range(1000))
    proxy.plan = lambda: Fault() if next(asked) < 2 else Fault("reset_up")
    press(page, qtbot)
    left = page._verbs.waiting().total
    assert 0 < left < 90
    assert f"{left} restent" in said(page) and "Pas de réseau" in said(page)
    proxy.plan = Fault
    press(page, qtbot, named(page, "Reprendre"))
    assert page._verbs.waiting().total == 0


def test_news_that_do_not_come_are_no_failed_sending(
    page: SyncPage, office: Office, proxy: Proxy, qtbot: QtBot
) -> None:
    tells(office, "a")
    asked = iter(range(1000))
    proxy.plan = lambda: Fault() if next(asked) < 1 else Fault("portal_200")
    press(page, qtbot)
    assert page.headline.text() == "Tout est envoyé"
    assert "nouvelles du bureau" in said(page)
    proxy.plan = Fault
    press(page, qtbot, named(page, "Réessayer"))
    assert said(page) == "Rien n’attendait, et les nouvelles du bureau sont là."


def test_a_server_without_a_verified_backup_is_said_quietly(page: SyncPage, office: Office, qtbot: QtBot) -> None:
    assert not page.last.unsaved.isVisible()
    with office.store.write() as session:
        session.execute(update(Server).values(made=milliseconds() - 8 * 24 * 3600 * 1000))
    press(page, qtbot)
    assert page.last.unsaved.isVisible() and page.headline.text() == "Tout est envoyé"


def choose(file: Path, then: Callable[[], object] = lambda: None) -> None:
    """Writes a name into the file dialog that the next press opens, and accepts it."""

    def answer(dialog: QFileDialog) -> None:
        edit = dialog.findChild(QLineEdit)
        assert edit
        edit.setText(str(file))
        dialog.accept()
        then()

    in_dialog(answer)


def in_dialog(act: Callable[[QFileDialog], None]) -> None:
    """As soon as a file dialog is open."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QFileDialog) and dialog.isVisible():
        act(dialog)
    else:
        QTimer.singleShot(0, lambda: in_dialog(act))


def with_key(
    page: SyncPage, qtbot: QtBot, pressed: QPushButton, file: Path, then: Callable[[], object] = lambda: None
) -> None:
    choose(file, then)
    pressed.setFocus()
    with qtbot.waitSignal(page.key.said, timeout=20_000) as told:
        qtbot.keyClick(pressed, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: said(page) == told.args[0])


def receipt(office: Office, tmp_path: Path, file: Path) -> Path:
    key = sealing_key_in(tmp_path / "office", office.identity)
    out = tmp_path / "recu.milo"
    ingest.ingest(office.store, office.identity, key, file, out, milliseconds())
    return out


def test_the_key_goes_to_the_office_and_the_receipt_comes_back(
    page: SyncPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with_key(page, qtbot, page.key.write, tmp_path / "envoi.milo")
    assert said(page).startswith("Copie chiffrée de 6 éléments. Vous pouvez retirer la clé")
    assert page._verbs.waiting().total == 6
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.key.write)
    with_key(page, qtbot, page.key.read, receipt(office, tmp_path, tmp_path / "envoi.milo"))
    assert said(page) == "6 éléments confirmés par le reçu du bureau."
    assert page._verbs.waiting().total == 0 and page._verbs.waiting().last_count == 6
    assert not page.key.write.isVisible()
    with_key(page, qtbot, page.key.read, tmp_path / "recu.milo")
    assert "déjà été lu" in said(page)


def garbage(office: Office, folder: Path) -> Path:
    (folder / "odd.milo").write_bytes(b"\xff\x00" * 100)
    return folder / "odd.milo"


def the_bundle(office: Office, folder: Path) -> Path:
    return folder / "envoi.milo"


def of_another_laptop(office: Office, folder: Path) -> Path:
    create(folder / "other", ADVISER, PASSWORD, datetime.now(LOCAL))
    other = open_profile(folder / "other", ADVISER, PASSWORD, datetime.now(LOCAL))
    proxy = Proxy()
    bind(other, office, proxy)
    write(other, 2)
    usb.export(other, folder / "other.milo", datetime.now(LOCAL))
    other.close()
    proxy.close()
    return receipt(office, folder, folder / "other.milo")


@pytest.mark.parametrize(
    ("make", "words"),
    [(garbage, "n’est pas un reçu"), (the_bundle, "l’envoi lui-même"), (of_another_laptop, "d’un autre poste")],
)
def test_a_file_that_is_no_receipt_of_this_laptop_changes_nothing(
    make: Callable[[Office, Path], Path], words: str, page: SyncPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with_key(page, qtbot, page.key.write, tmp_path / "envoi.milo")
    with_key(page, qtbot, page.key.read, make(office, tmp_path))
    assert words in said(page) and "Rien n’a été modifié" in said(page)
    assert page._verbs.waiting().total == 6


def test_a_file_that_is_there_is_replaced_only_where_the_dialog_was_answered_yes(
    page: SyncPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "envoi.milo"
    file.write_text("celui d’avant", encoding="utf-8")
    asked: list[str] = []

    def answer(which: QMessageBox.StandardButton) -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(0, lambda: answer(which))
            return
        asked.append(box.text())
        qtbot.mouseClick(box.button(which), Qt.MouseButton.LeftButton)

    def refuse(dialog: QFileDialog) -> None:
        edit = dialog.findChild(QLineEdit)
        assert edit
        edit.setText(str(file))
        QTimer.singleShot(0, lambda: answer(QMessageBox.StandardButton.No))
        dialog.accept()
        dialog.reject()

    in_dialog(refuse)
    qtbot.mouseClick(page.key.write, Qt.MouseButton.LeftButton)
    assert len(asked) == 1 and file.read_text(encoding="utf-8") == "celui d’avant"
    QTimer.singleShot(0, lambda: answer(QMessageBox.StandardButton.Yes))
    with_key(page, qtbot, page.key.write, file)
    assert len(asked) == 2 and "Copie chiffrée" in said(page) and "bundle" in file.read_text(encoding="utf-8")


def test_a_full_or_a_removed_key_is_said_and_everything_waits(page: SyncPage, tmp_path: Path, qtbot: QtBot) -> None:
    key = tmp_path / "key"
    key.mkdir()
    (key / "envoi.milo.part").mkdir()
    with_key(page, qtbot, page.key.write, key / "envoi.milo")
    assert "pleine, protégée ou retirée" in said(page)
    assert [one.name for one in key.iterdir()] == ["envoi.milo.part"]
    (key / "recu.milo").write_text("{}")
    for pressed, file in ((page.key.read, "recu.milo"), (page.key.write, "envoi.milo")):
        key.mkdir(exist_ok=True)
        (key / "recu.milo").write_text("{}")
        chosen = threading.Event()

        def pull_out(chosen: threading.Event = chosen) -> None:
            assert chosen.wait(20)
            shutil.rmtree(key)

        page._tasks.run(pull_out, lambda _: None, lambda _: None)
        with_key(page, qtbot, pressed, key / file, chosen.set)
        assert "retirée" in said(page) and "gardé ici" in said(page)
    assert page._verbs.waiting().total == 6


def test_a_question_is_as_high_as_what_it_says(page: SyncPage, laptop: Profile, qtbot: QtBot) -> None:
    one = Refused(1, None, "Camélia S.", "Fiche", None, "Il manque le lieu.", None)
    leave = LeaveSheet(page._verbs, one, page.window())
    leave.show()
    before = leave.height()
    leave.leave()
    qtbot.waitUntil(lambda: leave.height() > before)
    assert leave.height() < page.window().height()
    qtbot.waitUntil(lambda: leave._area.verticalScrollBar().maximum() == 0)
    leave.reject()
