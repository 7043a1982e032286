"""The turned screen: read in one's language, agreements and signature come back, and nothing else can be reached."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile import reference
from milomobile.domain.notice import LANGUAGES, Chosen
from milomobile.domain.strokes import unpacked
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.pad import Pad
from milomobile.ui.window import Window
from tests.ui.test_window import desk_of, window  # noqa: F401

NONE = Qt.KeyboardModifier.NoModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot) -> TurnedPage:
    made = TurnedPage(reference.notices(None), "Mission Locale", {}, "APSIS-Émergence")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


def sign(qtbot: QtBot, pad: Pad, length: int = 120) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    for step in range(0, length, 6):
        qtbot.mouseMove(pad, QPoint(60 + step, 60 + step % 24))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60 + length, 60))


def taken_back(qtbot: QtBot, page: TurnedPage) -> Chosen | None:
    with qtbot.waitSignal(page.back) as told:
        qtbot.keyClick(page, Qt.Key.Key_F7)
    found = told.args[0]
    assert found is None or isinstance(found, Chosen)
    return found


def test_nothing_is_agreed_to_until_it_is_ticked_and_it_comes_back(page: TurnedPage, qtbot: QtBot) -> None:
    assert not any(made.isChecked() for made in page.agreements.values())
    page.languages["ar"].click()
    page.agreements["sms"].click()
    sign(qtbot, page.pad)
    page.languages["uk"].click()
    page.done.click()
    chosen = taken_back(qtbot, page)
    assert chosen is not None
    assert (chosen.version, chosen.language) == ("2026-1", "uk")
    assert chosen.agrees == {"sms": True, "call": False, "email": False, "partner": False}
    assert len(unpacked(chosen.signature)) == 1
    assert chosen.unsigned == ""


def test_without_their_word_nothing_comes_back(page: TurnedPage, qtbot: QtBot) -> None:
    page.agreements["call"].click()
    assert taken_back(qtbot, page) is None


def test_a_signature_is_never_needed_but_a_dot_is_asked_about(page: TurnedPage, qtbot: QtBot) -> None:
    sign(qtbot, page.pad, 6)
    page.done.click()
    assert page._said.isVisible()
    page.unsigned["NE_PEUT_PAS"].click()
    assert page.pad.is_empty()
    page.unsigned["REFUS"].click()
    assert not page.unsigned["NE_PEUT_PAS"].isChecked()
    page.done.click()
    chosen = taken_back(qtbot, page)
    assert chosen is not None
    assert (chosen.signature, chosen.unsigned) == ("", "REFUS")


def test_finishing_with_neither_is_allowed_too(page: TurnedPage, qtbot: QtBot) -> None:
    page.done.click()
    chosen = taken_back(qtbot, page)
    assert chosen is not None
    assert (chosen.signature, chosen.unsigned) == ("", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_turns_the_page_its_way(page: TurnedPage, language: str) -> None:
    page.languages[language].click()
    text = next(one for one in reference.notices(None) if one.language == language)
    assert page.notice._title.text() == text.title
    assert (page.layoutDirection() == Qt.LayoutDirection.RightToLeft) == text.right_to_left
    assert ("relire" in page._review.text()) == (language != "fr")
    assert page._thanks.text() == text.words["thanks"]


def test_the_other_scripts_are_loaded(page: TurnedPage) -> None:
    families = page.notice._title.font().families()
    assert {"Noto Sans", "Noto Sans Arabic"} <= set(families)
    for family in ("Noto Sans", "Noto Sans Arabic"):
        font = page.font()
        font.setFamilies([family])
        assert QFontInfo(font).family() == family


def test_no_key_leads_anywhere_else_until_f7(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = desk_of(window, qtbot)
    desk.register()
    before = desk._stack.currentWidget()
    page = TurnedPage(reference.notices(17), "Mission Locale", {})
    turn(window, page)
    qtbot.waitUntil(page.isVisible)
    assert window.windowTitle() == "Milo Mobile"
    keys = [(key, CONTROL) for key in (Qt.Key.Key_K, Qt.Key.Key_F, Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_Return)]
    keys += [(Qt.Key(Qt.Key.Key_1 + number), CONTROL) for number in range(5)]
    keys += [(Qt.Key.Key_Left, ALT), (Qt.Key.Key_D, ALT), (Qt.Key.Key_Escape, NONE), (Qt.Key.Key_F6, NONE)]
    for key, modifier in keys:
        qtbot.keyClick(QApplication.focusWidget() or page, key, modifier)
        assert window.centralWidget() is page
        assert desk._stack.currentWidget() is before
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None and page.isAncestorOf(focused) and not desk.isAncestorOf(focused)
    qtbot.keyClick(page, Qt.Key.Key_F7)
    assert window.centralWidget() is desk
    qtbot.waitUntil(desk.isVisible)
    assert not window.isFullScreen()
    qtbot.keyClick(desk, Qt.Key.Key_K, CONTROL)
    assert desk._stack.currentWidget() is desk.people


def test_locking_while_turned_drops_everything(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = desk_of(window, qtbot)
    gone: list[int] = []
    desk.destroyed.connect(lambda: gone.append(1))
    turn(window, TurnedPage(reference.notices(None), "Mission Locale", {}))
    window.lock()
    assert isinstance(window.centralWidget(), UnlockPage)
    del desk
    qtbot.waitUntil(lambda: bool(gone))
