"""What the program tells outside its window, or in passing: its name, that something was done, and nobody's anything."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.outings import Halt
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.parts.services import ServicesSheet
from milomobile.ui.parts.toast import Toast
from milomobile.ui.window import Window
from tests.ui.hands import at_the_sheet, choose, edit, essentials, put
from tests.ui.test_veil import spoken
from tests.ui.texts import texts

NAMES = ("Quintefeuille", "Zéphyrine", "Zephyrine", "Ines", "Boussole", "0353011234", "03 53 01 12 34")


@pytest.fixture
def window(demonstrated: Callable[..., Window]) -> Window:
    return demonstrated(6, 6, 1)


@pytest.fixture
def desk(window: Window) -> Desk:
    made = window.centralWidget()
    assert isinstance(made, Desk)
    made.verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    made.show_place("today")
    return made


def outside() -> set[str]:
    """What a taskbar, Alt-Tab, a window list or a screen shared with others shows of this program."""
    tops: list[QWidget] = QApplication.topLevelWidgets()
    said = {text for top in tops for text in (top.windowTitle(), top.windowIconText(), top.windowFilePath())}
    said |= {window.title() for window in QGuiApplication.topLevelWindows()}
    return said - {""}


def told(desk: Desk) -> list[str]:
    return [made.text for made in desk.findChildren(Toast) if made.isVisible()]


def test_the_title_is_the_program_s_name_on_every_page_and_with_a_form_full(desk: Desk, qtbot: QtBot) -> None:
    for place in ("today", "people", "sync", "report", "settings"):
        desk.show_place(place)
        assert outside() == {"Milo Mobile"}
    desk.register()
    essentials(desk.registration)
    assert outside() == {"Milo Mobile"}
    window = desk.window()
    assert isinstance(window, Window)
    window.lock()
    assert outside() == {"Milo Mobile"}


def test_nothing_stands_in_the_system_s_tray(desk: Desk, qapp: QApplication) -> None:
    assert qapp.findChildren(QSystemTrayIcon) == desk.window().findChildren(QSystemTrayIcon) == []


def test_what_is_said_in_passing_names_nobody(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = spoken(monkeypatch)
    desk.register()
    essentials(desk.registration)
    desk.registration.save()
    assert told(desk) == ["Fiche enregistrée."]
    desk.register()
    essentials(desk.registration, "Zephyrine")
    desk.registration._set_aside()
    qtbot.waitUntil(lambda: any("brouillon" in text for text in told(desk)))
    passing = [text for text in heard if "Déjà une fiche" not in text]
    assert not [text for text in (*passing, *told(desk)) for name in NAMES if name in text]


@pytest.mark.parametrize("discreet", [False, True])
def test_an_orientation_is_told_by_its_service_unless_it_is_discreet(
    discreet: bool, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = spoken(monkeypatch)
    desk.show_place("people")
    person = desk.people.model.index(0, 0)
    desk.people.list.setCurrentIndex(person)
    qtbot.waitUntil(lambda: bool(desk.people.detail.person))
    desk.veil.switch(discreet)
    detail = desk.people.detail
    detail._refer(desk.verbs.sheet(detail.person))
    sheet = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ServicesSheet) and one.isVisible())
    offer = sheet._offers[0].service.name
    assert outside() == {"Milo Mobile"}
    sheet.list.setCurrentRow(0)
    sheet.refer()
    assert told(desk) == ["Orientation notée." if discreet else f"Orientation notée\u00a0: {offer}."]
    assert not discreet or not [text for text in heard if offer in text]


SAID = {
    "offer_undo": "a place",
    "_redraw": "that it is discreet",
    "counted": "what AnonymousSheet says",
    "saved": "that it is saved",
    "left": "what the form says that was set aside, or a Trouble",
    "_told": "what was done with a file, or a Trouble",
    "take": "a service, unless discreet",
    "_copy": "that a number was copied",
    "_close_stop": "a place",
    "_remove": "a place",
    "_repeat": "that a tour is taken up",
    "take_back": "a Trouble",
    "_fail_to_keep": "a Trouble",
    "_warn": "that it will lock",
    "failed": "a Trouble",
}
"""Each act that says something in passing, and what: a new one is looked at for mode discret before it stands here."""
_BETRAYS = re.compile(r"\d\s*ans|protég|justice|\bASE\b|RQTH|handicap|logement|santé", re.I)


def test_no_toast_is_unknown() -> None:
    found = set()
    for file in Path("milomobile/ui").rglob("*.py"):
        for act in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(act, ast.FunctionDef):
                inner = {one for below in act.body for one in ast.walk(below) if isinstance(one, ast.FunctionDef)}
                own = {one for below in act.body for one in ast.walk(below)} - {
                    one for below in inner for one in ast.walk(below)
                }
                if any(isinstance(one, ast.Call) and ast.unparse(one.func) == "toast" for one in own):
                    found.add(act.name)
    assert found == set(SAID)


def test_nothing_said_in_passing_betrays_in_mode_discret(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.veil.switch(True)
    heard, form = spoken(monkeypatch), desk.registration
    seen: list[str] = []

    def passing() -> None:
        seen.extend(told(desk))

    for reserved in (True, False):
        desk.register()
        essentials(form)
        if reserved:
            choose(form, "reserved.justice", "OUI")
        form._set_aside()
        assert told(desk) == ["Mise de côté."], "the same whatever was answered"
        passing()
    desk.register()
    form.save()
    essentials(form)
    form.save()
    passing()

    def count(sheet: AnonymousSheet) -> None:
        next(iter(sheet._cells.values())).click()
        sheet._save()

    timer = at_the_sheet(count)
    desk.count_anonymous()
    timer.stop()
    passing()
    desk.show_place("people")
    desk.people.list.setCurrentIndex(desk.people.model.index(0, 0))
    qtbot.waitUntil(lambda: bool(desk.people.detail.person))
    desk.people.detail._copy("0353011234")
    passing()
    assert {"Mise de côté.", "Fiche enregistrée.", "Contact anonyme enregistré."} < set(seen)
    for text in (*seen, *heard):
        if "Déjà une fiche" not in text:
            assert not _BETRAYS.search(text) and not [name for name in NAMES if name in text], text


@pytest.mark.parametrize(
    "born, rest", [("2011", "L’inscription commence"), ("1999", "Hors du périmètre"), ("1995", "Le projet")]
)
def test_the_form_tells_no_age_in_mode_discret(born: str, rest: str, desk: Desk, qtbot: QtBot) -> None:
    desk.register()
    form = desk.registration
    put(form, "person.birth_date", f"12/03/{born}")
    said = edit(form, "person.birth_date").accessibleDescription
    assert said().startswith("La personne a") and " ans" in said()
    desk.veil.switch(True)
    assert said().startswith(rest)
    qtbot.waitUntil(lambda: not [text for text in texts(form) if re.search(r"(a|aurait) \d+\s*ans", text)])
    form.save()
    assert said().startswith(rest)
    desk.veil.switch(False)
    assert said().startswith("La personne a")


def test_the_age_beside_a_date_is_a_mark_alone_in_mode_discret(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    put(form, "person.birth_date", "12/03/2007")
    assert "19\u00a0ans" in texts(form)
    desk.veil.switch(True)
    assert not [text for text in texts(form) if re.fullmatch(r"\d+\s*ans", text)]
    put(form, "person.birth_date", "12/03/2006")
    assert not [text for text in texts(form) if re.fullmatch(r"\d+\s*ans", text)]
    desk.veil.switch(False)
    assert "20\u00a0ans" in texts(form)
