"""What a screen reader hears: the accessibility tree of every page and sheet, walked in a filled profile."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from milomobile import app, reference
from milomobile.actions import demo
from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Halt
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.rescue import RescuePage
from milomobile.ui.pages.turned import TurnedPage, turn
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fold import Fold
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.sidebar import PLACES as PLACES_NAMED
from milomobile.ui.window import Window
from tests.conftest import ADVISER
from tests.ui.assistant import each_step
from tests.ui.marked import keep_marked
from tests.ui.sheets import SHEETS, opened
from tests.ui.test_veil import secrets
from tests.ui.tree import Role, control, faults, tree

PLACES = tuple(key for key, *_ in PLACES_NAMED)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Window]:
    """One window over one profile with people, a stop, a draft and two who are alike."""
    folder = tmp_path_factory.mktemp("heard") / "profile"
    demo.make(folder, 60, 90, 3, datetime.now(LOCAL))
    look.apply(qapp)
    QAccessible.setActive(True)
    window = app.build(folder)
    window.show()
    verbs = app.open_verbs(folder, demo.ADVISER, demo.PASSWORD)
    verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    keep_marked(verbs)
    window._opened(verbs)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QAccessible.setActive(False)


@pytest.fixture
def desk(filled: Window, qtbot: QtBot) -> Iterator[Desk]:
    made = filled.centralWidget()
    assert isinstance(made, Desk)
    filled.activateWindow()
    qtbot.waitUntil(filled.isActiveWindow)
    made.show_place("today")
    yield made
    made.veil.switch(False)
    made.registration.forget()


@pytest.mark.parametrize("place", PLACES)
def test_every_control_of_a_page_says_what_it_is(desk: Desk, qtbot: QtBot, place: str) -> None:
    desk.show_place(place)
    qtbot.waitUntil(lambda: not any(one.role is Role.Chart and not one.name for one in tree(desk.window())))
    assert faults(desk.window()) == []


def test_every_control_of_the_settings_says_what_it_is(desk: Desk) -> None:
    desk.show_place("settings")
    for name in desk.settings._sections:
        desk.settings.show_section(name)
        assert faults(desk.window()) == [], name


def test_every_control_of_a_person_s_sheet_says_what_it_is(desk: Desk) -> None:
    person = desk._verbs.search("quintefeuille")[0]
    desk._show_person(person.id)
    assert faults(desk.window()) == []


def test_every_control_of_the_form_says_what_it_is_and_what_is_wrong(desk: Desk, qtbot: QtBot) -> None:
    desk.register()
    form = desk.registration
    assert faults(desk.window()) == []
    for fold in form.findChildren(Fold):
        if fold.toggle.isVisible():
            fold.toggle.click()
    assert faults(desk.window()) == []
    form.save()
    assert faults(desk.window()) == []
    wrong = [one for one in tree(desk.window()) if isinstance(one.widget, QLineEdit) and one.widget.property("wrong")]
    assert wrong and all(one.description for one in wrong)
    desk.registration.forget()


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.__name__)
def test_every_control_of_a_sheet_says_what_it_is(desk: Desk, qtbot: QtBot, tmp_path: Path, kind: type[Sheet]) -> None:
    with opened(kind, desk, qtbot, tmp_path) as sheet:
        assert faults(sheet) == []
        assert any(one.role is Role.Dialog and one.name for one in tree(sheet)), "a dialog says its name"


def test_every_control_of_the_screen_turned_says_what_it_is(desk: Desk) -> None:
    page = TurnedPage(reference.notices(None), "Mission Locale", {})
    window = desk.window()
    assert isinstance(window, Window)
    turn(window, page)
    try:
        assert faults(window) == []
        assert not [one for one in tree(window) if control(one) and desk.isAncestorOf(one.widget)]  # type: ignore[arg-type]
    finally:
        page.back.emit(None)


def test_every_control_before_unlocking_says_what_it_is(
    window_on: Callable[[Path], Window], folder: Path, qtbot: QtBot
) -> None:
    window = window_on(folder)
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    assert faults(window) == []
    page.password.edit.setText("Corbeau et Renard")
    assert not [one for one in tree(window) if "Corbeau" in f"{one.name}{one.value}{one.description}"]
    page.password.say("Ce mot de passe n’est pas le bon.")
    field = next(one for one in tree(window) if one.widget is page.password.edit)
    assert field.description == "Ce mot de passe n’est pas le bon."
    page.rescue_asked.emit(ADVISER)
    assert isinstance(window.centralWidget(), RescuePage)
    assert faults(window) == []


def test_every_control_of_the_assistant_says_what_it_is(
    window_on: Callable[[Path], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    window = window_on(tmp_path / "none")
    page = window.centralWidget()
    assert isinstance(page, FirstStartPage)
    for step in each_step(page, qtbot):
        assert faults(window) == [], step


def test_the_place_one_is_at_is_told(desk: Desk) -> None:
    for key, _, words in PLACES_NAMED:
        desk.show_place(key)
        at = [
            one.name
            for one in tree(desk.side)
            if isinstance(one.widget, QAbstractButton) and one.role is Role.RadioButton and one.widget.isChecked()
        ]
        assert at == [words]


def test_nobody_is_told_of_in_mode_discret(desk: Desk, filled: Window, qtbot: QtBot) -> None:
    assert filled._verbs
    known = secrets(filled._verbs)
    person = filled._verbs.search("quintefeuille")[0].id

    def told() -> set[str]:
        said = [f"{one.name}\n{one.value}\n{one.description}" for one in tree(filled)]
        return {secret for text in said for secret in known if secret in text}

    for show in (*(lambda key=key: desk.show_place(key) for key in PLACES), lambda: desk._show_person(person)):
        desk.veil.switch(False)
        show()
        plain = told()
        desk.veil.switch(True)
        assert told() == set()
    assert plain, "seen without it"


def test_a_row_says_one_sentence(desk: Desk) -> None:
    desk.show_place("people")
    rows = [one for one in tree(desk.people.list) if one.role is Role.Cell]
    assert rows and all(
        re.fullmatch(r"[^,\n]+, \d\d\u00a0ans, (fiche complète|à compléter), [^,\n]+", one.name) for one in rows
    )
    desk.show_place("today")
    rows = [one for one in tree(desk.today.met) if one.role is Role.ListItem]
    assert rows and all(one.name and "\n" not in one.name for one in rows)


def test_choices_say_what_is_wrong_and_that_they_are_essential(desk: Desk) -> None:
    desk.register()
    asked = desk.registration.fields["situation.category"]
    assert isinstance(asked, Choices)
    asked.say("Choisissez une réponse.")
    heard = [one for one in tree(asked) if one.role is Role.RadioButton]
    assert {one.description for one in heard} == {"Choisissez une réponse."}
    assert all(", essentiel\u00a0: " in one.name for one in heard)
    asked.say("")
    assert all(one.description.startswith("Touche ") for one in [one for one in tree(asked) if control(one)])
    desk.registration.forget()


def test_a_chart_is_a_chart_and_says_its_figures(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("report")
    qtbot.waitUntil(lambda: any(one.role is Role.Chart and bool(one.description) for one in tree(desk.report)))
    charts = [one for one in tree(desk.report) if one.role is Role.Chart]
    assert len(charts) > 5 and all(one.name and re.search(r"\d", one.description) for one in charts)
