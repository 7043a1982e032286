"""The first start: six steps by keyboard alone and by mouse alone, each wrong answer, the office, the demonstration."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from milomobile import app, paths
from milomobile.ui.desk import Desk
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.restore import RestorePage
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts import trial
from milomobile.ui.parts.fields import Field
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD
from tests.faults.office import Office
from tests.ui.alone import KeyboardAlone, MouseAlone, write

Shown = Callable[[Path], Window]
LINK, PERSON, CODE, LISTS, BACKUP, READY = range(1, 7)


@pytest.fixture
def window(window_on: Shown, tmp_path: Path) -> Window:
    return window_on(tmp_path / "new")


@pytest.fixture
def page(window: Window) -> FirstStartPage:
    return page_of(window)


def page_of(window: Window) -> FirstStartPage:
    made = window.centralWidget()
    assert isinstance(made, FirstStartPage)
    return made


def said(window: Window) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def make(page: FirstStartPage, qtbot: QtBot) -> None:
    """Up to the code."""
    page.show_step(PERSON)
    page.person.name.edit.setText(ADVISER)
    for field in (page.person.first, page.person.second):
        field.edit.setText(PASSWORD)
    page.go.click()
    qtbot.waitUntil(lambda: page.code.code is not None, timeout=60_000)


def desk_shown(window: Window) -> Desk:
    made = window.centralWidget()
    assert isinstance(made, Desk)
    return made


def answer(hands: KeyboardAlone | MouseAlone, field: Field, words: str) -> None:
    if isinstance(hands, KeyboardAlone):
        hands.reach(field.edit)
    else:
        hands.click(field.edit, QPoint(20, field.edit.height() // 2))
    write(words)


def go_on(hands: KeyboardAlone | MouseAlone, page: FirstStartPage) -> None:
    if isinstance(hands, KeyboardAlone):
        hands.reach(page.go)
        hands.key(Qt.Key.Key_Return)
    else:
        hands.click(page.go)


@pytest.mark.parametrize("alone", [KeyboardAlone, MouseAlone])
def test_from_the_first_start_to_the_first_day(
    alone: type[KeyboardAlone | MouseAlone], window: Window, page: FirstStartPage, office: Office, qtbot: QtBot
) -> None:
    hands, url = alone(), f"http://127.0.0.1:{office.port}"
    go_on(hands, page)
    answer(hands, page.link.invitation.address, url)
    answer(hands, page.link.invitation.code, office.code())
    go_on(hands, page)
    answer(hands, page.person.name, ADVISER)
    answer(hands, page.person.first, PASSWORD)
    answer(hands, page.person.second, PASSWORD)
    go_on(hands, page)
    qtbot.waitUntil(lambda: f"Ce poste est relié à {url}" in said(window), timeout=60_000)
    assert page.code.code is not None and not page.go.isEnabled()
    if isinstance(hands, KeyboardAlone):
        hands.reach(page.code.code.put_away)
        hands.key(Qt.Key.Key_Space)
    else:
        hands.click(page.code.code.put_away, QPoint(12, page.code.code.put_away.height() // 2))
    go_on(hands, page)
    assert page.lists is not None and page.lists.fetch.isVisible()
    go_on(hands, page)
    assert page.go.text() == "Continuer sans sauvegarde"
    go_on(hands, page)
    qtbot.waitUntil(lambda: f"Relié à {url}." in said(window))
    go_on(hands, page)
    desk = desk_shown(window)
    assert desk._verbs.server() == url and desk._verbs.setup_left() == ()
    assert hands.acts <= 34, f"{hands.acts} keys or clicks beside the words"


def test_entree_alone_makes_the_profile(window: Window, page: FirstStartPage, qtbot: QtBot) -> None:
    """No Tab but to « Continuer sans connexion »: each Entrée goes where the next answer is."""
    hands = KeyboardAlone()
    hands.key(Qt.Key.Key_Return)
    hands.press(page, "Continuer sans connexion")
    for words in (ADVISER, PASSWORD):
        write(words)
        hands.key(Qt.Key.Key_Return)
    hands.reach(page.person.second.edit)
    write(PASSWORD)
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.code.code is not None, timeout=60_000)
    assert window.findChild(FirstStartPage)


def test_each_wrong_answer_is_told_where_it_is(window: Window, page: FirstStartPage, tmp_path: Path) -> None:
    page.go.click()
    page.go.click()
    assert "Écrivez l’adresse donnée par le bureau." in said(window)
    assert "Écrivez le code donné par le bureau." in said(window)
    page.link.invitation.address.edit.setText("https://bureau.exemple.fr")
    page.go.click()
    assert QApplication.focusWidget() is page.link.invitation.code.edit
    page.other.click()
    page.go.click()
    assert "Écrivez votre nom." in said(window)
    page.person.name.edit.setText(ADVISER)
    page.person.first.edit.setText("faible")
    page.go.click()
    assert "Au moins 12 caractères" in said(window)
    page.person.first.edit.setText(PASSWORD)
    page.person.second.edit.setText(PASSWORD + "!")
    page.go.click()
    assert "Les deux mots de passe diffèrent." in said(window)
    assert not (tmp_path / "new").exists()


def test_retour_and_echap_lose_no_answer(page: FirstStartPage, qtbot: QtBot) -> None:
    page.go.click()
    page.link.invitation.address.edit.setText("https://bureau.exemple.fr")
    page.link.invitation.code.edit.setText("ABCD-EFGH-2345-6789")
    page.go.click()
    page.person.name.edit.setText("Zéphyrine Quintefeuille")
    page.person.first.edit.setText(PASSWORD)
    page.back.click()
    qtbot.keyClick(page.link.invitation.address.edit, Qt.Key.Key_Escape)
    assert not page.back.isVisible()
    page.go.click()
    assert page.link.invitation.value() == ("https://bureau.exemple.fr", "ABCD-EFGH-2345-6789", None)
    page.go.click()
    assert page.person.name.text() == "Zéphyrine Quintefeuille"
    assert page.person.first.edit.text() == PASSWORD


def test_an_office_that_does_not_answer_keeps_nobody(
    window: Window, page: FirstStartPage, office: Office, qtbot: QtBot
) -> None:
    page.show_step(LINK)
    page.link.invitation.address.edit.setText("http://127.0.0.1:9")
    page.link.invitation.code.edit.setText(office.code())
    page.go.click()
    make(page, qtbot)
    qtbot.waitUntil(lambda: "Le profil est fait et rien n’est perdu" in said(window), timeout=60_000)
    next(one for one in page.findChildren(QPushButton) if one.text() == "Corriger").click()
    assert page.link.isVisible()
    url = f"http://127.0.0.1:{office.port}"
    page.link.invitation.address.edit.setText(url)
    page.go.click()
    qtbot.waitUntil(lambda: f"Ce poste est relié à {url}" in said(window), timeout=60_000)
    page.back.click()
    assert not page.person.name.isEnabled() and page.person.first.edit.text() == ""


def test_a_wrong_code_lets_one_go_on(window: Window, page: FirstStartPage, office: Office, qtbot: QtBot) -> None:
    page.show_step(LINK)
    page.link.invitation.address.edit.setText(f"http://127.0.0.1:{office.port}")
    page.link.invitation.code.edit.setText("AAAA-AAAA-AAAA-AAAA")
    page.go.click()
    make(page, qtbot)
    qtbot.waitUntil(lambda: "Le profil est fait et rien n’est perdu" in said(window), timeout=60_000)
    assert page.code.code is not None
    page.code.code.put_away.click()
    for _ in range(4):
        page.go.click()
    assert desk_shown(window)._verbs.server() is None


def test_the_code_goes_on_the_office_s_key(
    page: FirstStartPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page, qtbot)
    shown = page.code.code
    assert shown is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "code.pdf"), ""))
    shown.key.click()
    assert "n’a pas pu être écrite" in said(page.window())  # type: ignore[arg-type]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "code.pdf"), ""))
    shown.key.click()
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    assert "jamais avec l’ordinateur" in said(page.window())  # type: ignore[arg-type]


def test_what_was_left_is_offered_at_the_next_start(
    window: Window,
    page: FirstStartPage,
    tmp_path: Path,
    qtbot: QtBot,
    window_on: Shown,
) -> None:
    make(page, qtbot)
    before = page.code.code
    assert not window.close()
    assert window.close()
    again = window_on(tmp_path / "new")
    again._opened(app.open_verbs(tmp_path / "new", ADVISER, PASSWORD))
    resumed = page_of(again)
    assert before is not None and resumed.code.code is None and not resumed.go.isEnabled()
    resumed.code.another.click()
    asked = next(one for one in again.findChildren(Field) if one.window() is not again)
    asked.edit.setText(PASSWORD)
    next(one for one in asked.window().findChildren(QPushButton) if one.text() == "Créer le code").click()
    qtbot.waitUntil(lambda: resumed.code.code is not None, timeout=60_000)
    assert not resumed.go.isEnabled()
    resumed.other.click()
    assert set(desk_shown(again)._verbs.setup_left()) == {"code", "lists", "backup"}
    again.lock()
    again._opened(app.open_verbs(tmp_path / "new", ADVISER, PASSWORD))
    desk_shown(again)


def test_the_window_locks_during_the_last_steps(window: Window, page: FirstStartPage, qtbot: QtBot) -> None:
    make(page, qtbot)
    window.idle.over.emit()
    assert isinstance(window.centralWidget(), UnlockPage)


def test_the_demonstration_is_marked_apart_and_gone_at_its_end(
    window: Window, page: FirstStartPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.welcome.trial.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk), timeout=60_000)
    qtbot.waitUntil(lambda: trial.MARK in said(window))
    place = paths.demonstration_folder(tmp_path / "new")
    assert desk_shown(window)._verbs.profile == place and not (tmp_path / "new").exists()
    assert desk_shown(window)._verbs.count_people() > 100
    window.lock()
    shown = window.centralWidget()
    assert isinstance(shown, UnlockPage)
    qtbot.waitUntil(lambda: "personnes inventées" in said(window))
    next(one for one in shown.findChildren(QPushButton) if one.text() == trial.LEAVE).click()
    page_of(window)
    assert not place.exists() and not (tmp_path / "new").exists()


def test_the_demonstration_takes_the_place_of_nothing(
    window: Window, page: FirstStartPage, tmp_path: Path, qtbot: QtBot
) -> None:
    place = paths.demonstration_folder(tmp_path / "new")
    place.mkdir()
    (place / "keys.json").write_text("theirs")
    page.welcome.trial.click()
    qtbot.waitUntil(lambda: "ne vient pas d’une démonstration" in said(window), timeout=60_000)
    page_of(window)
    assert (place / "keys.json").read_text() == "theirs"


def test_closing_the_demonstration_takes_it_away(
    window: Window, page: FirstStartPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.welcome.trial.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk), timeout=60_000)
    assert window.close()
    assert not paths.demonstration_folder(tmp_path / "new").exists()


def test_a_backup_is_one_click_away(window: Window, page: FirstStartPage) -> None:
    page.welcome.restore.click()
    assert isinstance(window.centralWidget(), RestorePage)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 640), (1024, 600)])
def test_every_step_fits(width: int, height: int, window: Window, page: FirstStartPage, qtbot: QtBot) -> None:
    window.resize(width, height)
    make(page, qtbot)
    assert page.code.code is not None
    page.code.code.put_away.click()
    for step in range(READY + 1):
        page.show_step(step)
        QApplication.processEvents()
        inside = page._frame.geometry()
        assert page._frame.parentWidget().rect().contains(inside), f"step {step}"
        for shown in page._frame.findChildren(QPushButton):
            if shown.isVisible():
                assert shown.width() >= shown.minimumSizeHint().width(), f"step {step}: {shown.text()}"
        assert window.rect().contains(page.go.geometry().translated(page.go.parentWidget().mapTo(window, QPoint(0, 0))))
