"""F1: the guide opens at what one is doing, is searched and read by keyboard or mouse alone, and knows every key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QShortcut, QTextDocument
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from milomobile import app, reference
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.parts.aid import AidSheet
from milomobile.ui.parts.enlarged import EnlargedSheet
from milomobile.ui.window import Window
from tests.ui.hands import at_the_sheet

_PLACES = {
    "today": "journee",
    "people": "retrouver",
    "sync": "fin-de-journee",
    "report": "bilan",
    "settings": "reglages",
}


def opened(window: Window, qtbot: QtBot) -> str:
    """The page at which F1 opens."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    seen: list[str] = []
    timer = at_the_sheet(lambda sheet: seen.append(sheet.page.documentTitle()))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not timer.isActive()
    return seen[0]


def title(name: str) -> str:
    return next(page.title for page in reference.guide() if page.name == name)


def test_f1_opens_at_the_page_about_what_is_shown(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window()
    assert isinstance(window, Window)
    for place, name in _PLACES.items():
        desk.show_place(place)
        assert opened(window, qtbot) == title(name)
    desk.settings.show_section("Sauvegardes")
    assert opened(window, qtbot) == title("sauvegardes")
    desk.register()
    assert opened(window, qtbot) == title("inscrire")
    desk.registration.turning.turn.setFocus()
    assert opened(window, qtbot) == title("ecran-tourne")
    window.lock()
    assert opened(window, qtbot) == title("ouvrir")


def test_f1_over_a_sheet_is_about_that_sheet(desk: Desk, qtbot: QtBot) -> None:
    seen: list[str] = []

    def press(sheet: AnonymousSheet) -> None:
        qtbot.waitUntil(lambda: sheet.findChild(QShortcut, "F1") is not None)
        timer = at_the_sheet(lambda aid: (seen.append(aid.page.documentTitle()), aid.reject()))
        qtbot.keyClick(sheet, Qt.Key.Key_F1)
        assert not timer.isActive() and sheet.isVisible()

    at_the_sheet(press)
    desk.count_anonymous()
    assert seen == [title("anonyme")]


def test_on_the_first_start_too(tmp_path: Path, qtbot: QtBot) -> None:
    window = app.build(tmp_path / "none")
    qtbot.addWidget(window)
    window.show()
    assert opened(window, qtbot) == title("premier-demarrage")


def test_never_over_the_screen_turned_to_a_young_person(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window()
    assert isinstance(window, Window)
    page = TurnedPage(reference.notices(None), "Mission Locale", {})
    turn(window, page)
    qtbot.keyClick(page, Qt.Key.Key_F1)
    assert QApplication.activeModalWidget() is None
    page.back.emit(None)


@pytest.fixture
def aid(desk: Desk, qtbot: QtBot) -> AidSheet:
    made = AidSheet(reference.guide(), "journee", lambda _: (), desk._tasks, desk.window())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_by_keyboard_alone_one_searches_chooses_reads_and_closes(aid: AidSheet, qtbot: QtBot) -> None:
    assert aid.sought.hasFocus()
    aid.sought.setText("")
    qtbot.keyClicks(aid.sought, "cle usb")
    assert aid.list.currentItem().text() == "Clé USB" and aid.page.documentTitle() == "Clé USB"
    assert aid.page.extraSelections(), "what was typed is marked"
    qtbot.keyClick(aid.sought, Qt.Key.Key_Down)
    assert aid.list.hasFocus()
    qtbot.keyClick(aid.list, Qt.Key.Key_Down)
    assert aid.page.documentTitle() == aid.list.currentItem().text() != "Clé USB"
    aid.show_page("inscrire")
    qtbot.keyClick(aid.list, Qt.Key.Key_Return)
    assert aid.page.hasFocus()
    before = aid.page.verticalScrollBar().value()
    qtbot.keyClick(aid.page, Qt.Key.Key_PageDown)
    assert aid.page.verticalScrollBar().value() > before
    qtbot.keyClick(aid.page, Qt.Key.Key_Escape)
    assert not aid.isVisible()


def test_by_mouse_alone_too(aid: AidSheet, qtbot: QtBot) -> None:
    item = aid.list.item(3)
    qtbot.mouseClick(aid.list.viewport(), Qt.MouseButton.LeftButton, pos=aid.list.visualItemRect(item).center())
    assert aid.page.documentTitle() == item.text()
    close = next(one for one in aid.findChildren(QPushButton) if one.text() == "Fermer")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not aid.isVisible()


def test_a_link_leads_on_also_where_a_search_hid_its_page(aid: AidSheet) -> None:
    aid.sought.setText("carte bancaire")
    assert aid.list.count() < len(reference.guide())
    aid.page.anchorClicked.emit(QUrl("mises-a-jour.md"))
    assert aid.page.documentTitle() == "Mises à jour" and aid.sought.text() == ""


def test_what_is_nowhere_says_so_and_what_to_do(aid: AidSheet) -> None:
    aid.sought.setText("zzyzx")
    assert aid.list.count() == 0 and "autre mot" in aid.found.text()


def test_pictures_fit_the_page_and_nothing_beyond_the_guide_is_read(aid: AidSheet, tmp_path: Path) -> None:
    image = aid.page.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("images/journee.png"))
    assert 0 < image.deviceIndependentSize().width() <= aid.page.viewport().width()
    kind = QTextDocument.ResourceType.ImageResource.value
    for outside in ("../../pyproject.toml", "https://exemple.fr/a.png", str(tmp_path / "a.png")):
        assert aid.page.loadResource(kind, QUrl(outside)) is None


def test_a_screen_reader_is_told_what_each_part_is(aid: AidSheet) -> None:
    for part in (aid.sought, aid.list, aid.page):
        reached = QAccessible.queryAccessibleInterface(part)
        assert reached and reached.text(QAccessible.Text.Name)


_NAMES = {"Maj": "Shift", "Entrée": "Return", "Page suiv.": "PgDown", "Page préc.": "PgUp", "Échap": "Esc", "−": "-"}
_BY_PARTS = {"Ctrl+Z", "Ctrl+C", "1+à+9", "Espace"}
"""Keys of what stands for a moment (Annuler) or has the keyboard (a chart, a group of answers)."""
_TWINS = {"Ctrl+Enter", "Ctrl+=", "Ctrl+À", *(f"Ctrl+{sign}" for sign in "&É\"'(")}
"""The same keys as others: of the numeric pad, of a French keyboard without Maj."""


def test_every_key_of_the_program_is_in_the_guide_and_no_other(desk: Desk) -> None:
    page = next(page.text for page in reference.guide() if page.name == "raccourcis")
    told: set[str] = set()
    for line in page.splitlines()[6:]:
        for key in line.split("|")[1].strip().split(", ") if line.startswith("| ") else ():
            for french, name in _NAMES.items():
                key = key.replace(french, name)
            told.add(key.replace(" ", "+"))
    told = told - {"Ctrl+1+à+5"} | {f"Ctrl+{number}" for number in range(1, 6)}
    window = desk.window()
    desk.register()
    desk.show_place("report")
    pressed = [*window.findChildren(QShortcut), *window.findChildren(QPushButton)]
    found = {(one.key() if isinstance(one, QShortcut) else one.shortcut()).toString() for one in pressed}
    assert found - _TWINS - {""} == told - _BY_PARTS


def test_a_picture_is_seen_larger_by_keyboard_and_by_mouse(aid: AidSheet, qtbot: QtBot) -> None:
    aid.page.setFocus()
    qtbot.keyClick(aid.page, Qt.Key.Key_Tab)
    qtbot.keyClick(aid.page, Qt.Key.Key_Return)
    shown = aid.findChild(EnlargedSheet)
    assert shown is not None and shown.isVisible()
    assert shown.picture.accessibleName() == shown.title.text() == "La page du jour, un arrêt en cours"
    qtbot.waitUntil(lambda: shown.picture.width() > aid.page.width())
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible() and aid.isVisible()
    assert "Agrandir l’image : La page du jour, un arrêt en cours" in aid.page.toPlainText()
