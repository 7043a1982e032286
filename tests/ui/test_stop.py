"""The sheet of a stop: where it was, corrected later, and a stop begun by mistake taken back."""

from collections import Counter
from datetime import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from milomobile.domain.outings import Halt, Place, Planned
from milomobile.ui.desk import Desk
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.parts.sheet import Sheet
from tests.conftest import line
from tests.ui.hands import Keyboard, at_the_sheet, put
from tests.ui.test_the_day import BORNY, NOW, afternoon, named, shown_toast  # noqa: F401


def test_communes_of_one_name_are_told_apart_in_the_sheet(desk: Desk) -> None:
    far = {one.code: one for one in desk._verbs.communes if not one.code.startswith("57")}.values()
    name = next(name for name, times in Counter(one.name for one in far).items() if times == 2)
    one, other = (one for one in far if one.name == name)
    sheet = StopSheet(desk._verbs, desk.window())
    sheet.place.edit.setText("Salle des fêtes")
    for chosen in (one, other):
        sheet.commune.choose(chosen.code)
        assert sheet.commune.value() == chosen.code
    sheet.commune.edit.setText(one.name)
    sheet.go.click()
    assert sheet.commune.edit.accessibleDescription() and len(desk._verbs.day().stops) == 1
    sheet.commune.choose(other.code)
    sheet.go.click()
    assert other.code in [stop.place.commune for stop in desk._verbs.day().stops]


def test_the_place_of_a_stop_is_corrected(desk: Desk) -> None:
    record, _ = desk._verbs.read(line(at=NOW.isoformat()))
    assert record
    desk._verbs.register(record)
    stop = desk._verbs.day().open_stop
    assert stop
    sheet = StopSheet(desk._verbs, desk.window(), stop=stop)
    assert (sheet.place.text(), sheet.commune.value(), sheet.district.value()) == (BORNY[0], *BORNY[2:])
    sheet.place.edit.setText("Place de la Patrotte")
    sheet.district.edit.clear()
    sheet.go.click()
    moved = desk._verbs.day().open_stop
    assert moved and (moved.place.name, moved.place.qpv, moved.encounters) == ("Place de la Patrotte", None, 1)
    assert next(place.qpv for place in desk._verbs.places() if place.name == BORNY[0]) == BORNY[3]


def at_the_place(desk: Desk, qtbot: QtBot) -> StopSheet:
    sheet = StopSheet(desk._verbs, desk.window())
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.place.edit.hasFocus)
    return sheet


@pytest.mark.parametrize(
    "typed, kept", [("marche de b", "Marché de Borny"), ("Ma", "Marché de Borny"), ("arche", "arche")]
)
def test_entree_takes_the_only_known_place_that_begins_so(
    typed: str, kept: str, desk: Desk, keys: Keyboard, qtbot: QtBot
) -> None:
    sheet = at_the_place(desk, qtbot)
    keys.type(typed)
    keys.press(Qt.Key.Key_Return)
    assert sheet.place.text() == kept
    assert (sheet.commune.value() == BORNY[2]) == (kept == BORNY[0])


def test_a_known_place_is_written_as_it_is_known(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    sheet = at_the_place(desk, qtbot)
    keys.type("MARCHE de borny")
    qtbot.keyClick(sheet.place.edit.completer().popup(), Qt.Key.Key_Tab)
    assert (sheet.place.text(), sheet.commune.value()) == (BORNY[0], BORNY[2])


def test_a_new_place_stays_as_typed_once_the_list_is_closed(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    sheet = at_the_place(desk, qtbot)
    keys.type("Marche")
    sheet.place.edit.completer().popup().hide()
    keys.press(Qt.Key.Key_Return)
    assert sheet.place.text() == "Marche"


def test_a_stop_begun_by_mistake_is_taken_back(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("today")
    before = desk._verbs.day().open_stop
    assert before
    desk._verbs.correct_stop(before.id, Halt(NOW.replace(hour=14)))

    def start(sheet: Sheet) -> None:
        assert isinstance(sheet, StopSheet)
        sheet.place.edit.setText("Gare")
        sheet.opened.edit.setText("15 h 30")
        named(sheet, "Démarrer l’arrêt").click()

    timer = at_the_sheet(start)
    desk.today.open_stop()
    assert not timer.isActive()
    assert [stop.place.name for stop in desk._verbs.day().stops][-1] == "Gare"
    assert shown_toast(desk).text == "Arrêt démarré\u00a0: Gare."
    desk.window().activateWindow()
    qtbot.waitUntil(desk.window().isActiveWindow)
    qtbot.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again = desk._verbs.day()
    assert again.open_stop and again.open_stop.id == before.id and len(again.stops) == 1


def test_a_stop_where_somebody_was_met_meanwhile_is_not_taken_back(desk: Desk) -> None:
    desk._verbs.plan_stop(Planned("", NOW.date(), Place("", "Parvis de la gare", "RUE"), time(15, 30)))
    desk.show_place("today")
    named(desk.today, "Démarrer l’arrêt Parvis de la gare").click()
    first = shown_toast(desk).back
    assert first
    first.click()
    (planned,) = desk._verbs.day().tour.planned
    assert (planned.place.name, planned.starts) == ("Parvis de la gare", time(15, 30))
    named(desk.today, "Démarrer l’arrêt Parvis de la gare").click()
    record, _ = desk._verbs.read(line(at=NOW.isoformat(), place="Parvis de la gare"))
    assert record
    desk._verbs.register(record)
    again = shown_toast(desk).back
    assert again
    again.click()
    assert "Quelqu’un a été rencontré" in shown_toast(desk).text
    now = desk._verbs.day().open_stop
    assert now and now.place.name == "Parvis de la gare"


def test_a_stop_started_from_the_form_and_taken_back_leaves_the_place_to_be_said(desk: Desk) -> None:
    before = desk._verbs.day().open_stop
    assert before
    desk._verbs.correct_stop(before.id, Halt(NOW.replace(hour=10), NOW.replace(hour=12)))
    desk.register()
    form = desk.registration
    put(form, "person.given_name", "Ines")

    def start(sheet: Sheet) -> None:
        assert isinstance(sheet, StopSheet)
        sheet.place.edit.setText("Gare")
        named(sheet, "Démarrer l’arrêt").click()

    timer = at_the_sheet(start)
    named(form, "Démarrer un arrêt").click()
    assert not timer.isActive() and form._where.answers()[0] == "Gare"
    back = shown_toast(desk).back
    assert back
    back.click()
    assert form._where.asks() and desk._verbs.day().open_stop is None
    assert form._form.answers()["person.given_name"] == "Ines"


def test_ctrl_enter_starts_the_stop_from_any_field(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("today")

    def start(sheet: Sheet) -> None:
        qtbot.keyClicks(sheet.focusWidget(), "Gare")
        qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert not sheet.isVisible()

    sheet = StopSheet(desk._verbs, desk.window())
    timer = at_the_sheet(start)
    sheet.exec()
    assert not timer.isActive()
    assert {stop.place.name for stop in desk._verbs.day().stops} == {BORNY[0], "Gare"}
