"""Opening, the forgotten password and the team, on real profiles."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.actions import team
from milomobile.actions.open import create, open_profile
from milomobile.security import slots
from milomobile.ui.desk import Desk
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.rescue import RescuePage
from milomobile.ui.pages.unlock import ShutPage, UnlockPage
from milomobile.ui.parts.asking_sheet import AskingSheet
from milomobile.ui.parts.caps import ON
from milomobile.ui.parts.people_list import PeopleList
from milomobile.ui.parts.recovery_code import RecoveryCode, sheet
from milomobile.ui.parts.team import TeamCard
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD

NEW, KARIM = "Encore-1-autre-phrase", "Karim Passerelle"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A profile's folder, its recovery code."""
    return tmp_path / "p", create(tmp_path / "p", ADVISER, PASSWORD, app.now())[1]


def add(folder: Path, *names: str) -> None:
    profile = open_profile(folder, ADVISER, PASSWORD, app.now())
    for name in names:
        team.add(profile, name, PASSWORD, app.now())
    profile.close()


def type_in(qtbot: QtBot, edit: QLineEdit, words: str) -> None:
    edit.clear()
    qtbot.keyClicks(edit, words)


def test_a_forgotten_password_is_replaced_with_the_code_by_the_keyboard_alone(
    made: tuple[Path, str], window_on: Callable[[Path], Window], qtbot: QtBot
) -> None:
    folder, code = made
    window = window_on(folder)
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    for _ in range(20):
        if QApplication.focusWidget() is page.forgotten:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page.forgotten, Qt.Key.Key_Space)
    card = window.centralWidget()
    assert isinstance(card, RescuePage)
    assert QApplication.focusWidget() is card.code.edit
    type_in(qtbot, card.code.edit, "AAAA-BBBB")
    qtbot.keyClick(card.code.edit, Qt.Key.Key_Return)
    said = "Ce code n’est pas valable. Vérifiez-le avec le bureau."
    qtbot.waitUntil(lambda: card.code.edit.accessibleDescription() == said)
    type_in(qtbot, card.code.edit, code.lower().replace("-", " "))
    qtbot.keyClick(card.code.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(card.password.isVisible)
    type_in(qtbot, card.password.first.edit, "faible")
    qtbot.waitUntil(lambda: card.password.meter.words.text() == "Trop court")
    type_in(qtbot, card.password.first.edit, NEW)
    qtbot.waitUntil(lambda: card.password.meter.bar.value() == 100)
    type_in(qtbot, card.password.second.edit, NEW)
    qtbot.keyClick(card.password.second.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk), timeout=10_000)
    window.close()
    open_profile(folder, ADVISER, NEW, app.now()).close()


def test_who_opened_last_stands_first(made: tuple[Path, str], window_on: Callable[[Path], Window]) -> None:
    add(made[0], KARIM)
    open_profile(made[0], KARIM, PASSWORD, app.now()).close()
    page = window_on(made[0]).centralWidget()
    assert isinstance(page, UnlockPage)
    assert page._who.value() == KARIM
    open_profile(made[0], ADVISER, PASSWORD, app.now()).close()
    page = window_on(made[0]).centralWidget()
    assert isinstance(page, UnlockPage)
    assert page._who.value() == ADVISER


def test_a_large_team_is_looked_up(made: tuple[Path, str], window_on: Callable[[Path], Window], qtbot: QtBot) -> None:
    add(made[0], *(f"{name} Essai" for name in ("Ana", "Élodie", "Karim", "Zoé", "Bilal", "Inès")))
    window = window_on(made[0])
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    people = page._who
    assert isinstance(people, PeopleList)
    assert people.value() == ADVISER
    type_in(qtbot, people.sought.edit, "elo")
    assert people.value() == "Élodie Essai"
    page.password.edit.setText(PASSWORD)
    page.go.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk), timeout=10_000)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    assert desk._verbs.adviser == "Élodie Essai"


def test_capitals_that_are_locked_are_told(
    made: tuple[Path, str], window_on: Callable[[Path], Window], qtbot: QtBot
) -> None:
    page = window_on(made[0]).centralWidget()
    assert isinstance(page, UnlockPage)
    edit = page.password.edit
    qtbot.keyClick(edit, "a")
    assert page.caps.isHidden()
    qtbot.keyClick(edit, "A")
    assert page.caps.isVisible() and page.caps._text.text() == ON
    qtbot.keyClick(edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert page.caps.isHidden()


@pytest.mark.parametrize("lost", ["keys.json", "store.db"])
def test_half_a_profile_is_told_in_the_window(
    lost: str, made: tuple[Path, str], window_on: Callable[[Path], Window]
) -> None:
    (made[0] / lost).rename(made[0].parent / lost)
    window = window_on(made[0])
    page = window.centralWidget()
    assert isinstance(page, ShutPage)
    (made[0].parent / lost).rename(made[0] / lost)
    page.again.emit()
    assert isinstance(window.centralWidget(), UnlockPage)


def first_start(window: Window, qtbot: QtBot) -> tuple[Window, FirstStartPage]:
    """The page of a profile that is not there yet, with a name typed."""
    page = window.centralWidget()
    assert isinstance(page, FirstStartPage)
    page.show_step(2)
    type_in(qtbot, page.person.name.edit, "Camille Lanterne")
    return window, page


def make_with(qtbot: QtBot, page: FirstStartPage, password: str) -> None:
    for edit in (page.person.first.edit, page.person.second.edit):
        type_in(qtbot, edit, password)
    page.go.click()


def test_the_first_code_is_put_away_before_one_goes_on(
    tmp_path: Path, window_on: Callable[[Path], Window], qtbot: QtBot
) -> None:
    window, page = first_start(window_on(tmp_path / "new"), qtbot)
    type_in(qtbot, page.person.first.edit, "Camille-2026")
    qtbot.waitUntil(lambda: page.person.password.meter.words.text() == "Trop facile à deviner")
    make_with(qtbot, page, PASSWORD)
    qtbot.waitUntil(lambda: page.code.code is not None, timeout=30_000)
    assert page.code.code is not None and not page.go.isEnabled()
    page.code.code.put_away.click()
    for _ in range(4):
        page.go.click()
    assert isinstance(window.centralWidget(), Desk)
    window.lock()
    assert isinstance(window.centralWidget(), UnlockPage)


def test_the_window_does_not_close_before_the_code_is_seen(
    tmp_path: Path, window_on: Callable[[Path], Window], qtbot: QtBot
) -> None:
    window, page = first_start(window_on(tmp_path / "new"), qtbot)
    make_with(qtbot, page, PASSWORD)
    assert not window.close()
    qtbot.waitUntil(lambda: page.code.code is not None, timeout=30_000)
    assert not window.close()
    assert any("encore une fois" in said.text() for said in page.findChildren(QLabel))
    assert window.close()


def test_the_code_prints_on_one_page(tmp_path: Path, qapp: QApplication) -> None:
    code = "0123-4567-89AB-CDEF-GHJK-MNPQ-RS"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    page = sheet(code, "camion <1>")
    page.print_(printer)
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    text = page.toPlainText()
    assert code in text and "camion <1>" in text and "coffre du bureau" in text


@pytest.fixture
def card(made: tuple[Path, str], window_on: Callable[[Path], Window]) -> TeamCard:
    window = window_on(made[0])
    window._opened(app.open_verbs(made[0], ADVISER, PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    desk.show_place("settings")
    desk.settings.show_section("Équipe")
    return desk.settings.team


def fill(card: TeamCard, qtbot: QtBot, *words: str) -> AskingSheet:
    asked = card.sheet
    assert isinstance(asked, AskingSheet)
    edits = [edit for edit in asked.findChildren(QLineEdit) if edit.isVisible()]
    assert len(edits) == len(words)
    for edit, text in zip(edits, words, strict=True):
        type_in(qtbot, edit, text)
    return asked


def press(card: TeamCard, qtbot: QtBot, words: str) -> None:
    def found() -> list[QPushButton]:
        return [one for one in card.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def done(qtbot: QtBot, asked: AskingSheet) -> None:
    with qtbot.waitSignal(asked.acted, timeout=10_000):
        asked.go.click()


def test_somebody_is_added_gets_a_password_and_leaves(card: TeamCard, made: tuple[Path, str], qtbot: QtBot) -> None:
    folder, code = made
    card.add.click()
    done(qtbot, fill(card, qtbot, KARIM, PASSWORD, PASSWORD))
    press(card, qtbot, f"Nouveau mot de passe… {KARIM}")
    asked = fill(card, qtbot, "faux", NEW, NEW)
    asked.go.click()
    qtbot.waitUntil(asked.wrong.isVisible)
    done(qtbot, fill(card, qtbot, code, NEW, NEW))
    press(card, qtbot, f"Retirer… {KARIM}")
    done(qtbot, fill(card, qtbot, PASSWORD))
    assert [slot.name for slot in slots.advisers(folder)] == [ADVISER]


def test_ones_own_name_password_and_a_new_code(card: TeamCard, made: tuple[Path, str], qtbot: QtBot) -> None:
    folder, _code = made
    press(card, qtbot, f"Mon mot de passe… {ADVISER}")
    done(qtbot, fill(card, qtbot, PASSWORD, NEW, NEW))
    press(card, qtbot, f"Mon nom… {ADVISER}")
    done(qtbot, fill(card, qtbot, "Camille Phare", NEW))
    card.code.click()
    done(qtbot, fill(card, qtbot, NEW))
    qtbot.waitUntil(lambda: not isinstance(card.sheet, AskingSheet))
    shown = card.sheet
    assert shown is not None
    assert shown.findChildren(RecoveryCode)
    shown.findChildren(QCheckBox)[0].click()
    shown.accept()
    assert [slot.name for slot in slots.advisers(folder)] == ["Camille Phare"]
    card.window().close()
    open_profile(folder, "Camille Phare", NEW, app.now()).close()
