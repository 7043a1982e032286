"""Aujourd’hui by hand: stops and their hours, what is planned, who is to be called, what is taken back."""

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile import handed
from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.outings import Halt, Place, Planned
from milomobile.ui.day.closing import CloseSheet
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.other_day import OtherDaySheet
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.toast import Toast, toast
from tests.conftest import line
from tests.ui.hands import Keyboard, at_the_sheet, edit, essentials
from tests.ui.texts import texts

NOW = datetime(2026, 11, 24, 15, 52, tzinfo=LOCAL)
BORNY = ("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M")


@pytest.fixture(autouse=True)
def afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock that the pages are handed: a Tuesday at 15 h 52."""
    monkeypatch.setattr(handed, "now", lambda: NOW)


def named(page: QWidget, words: str) -> QPushButton:
    """The visible button of that name."""
    QApplication.processEvents()
    (made,) = (
        one
        for one in page.findChildren(QPushButton)
        if words in (one.accessibleName(), one.text()) and one.isVisibleTo(page)
    )
    return made


def shown_toast(desk: Desk) -> Toast:
    (made,) = (one for one in desk.window().findChildren(Toast) if one.isVisibleTo(desk.window()))
    return made


def test_a_stop_is_started_late_with_the_keyboard_alone(desk: Desk, keys: Keyboard) -> None:
    sheet = StopSheet(desk._verbs, desk.window())
    sheet.show()
    QApplication.processEvents()
    keys.type("Place de la Patrotte")
    keys.press(Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.opened.edit.setFocus()
    sheet.opened.edit.selectAll()
    keys.type("15h30")
    sheet.go.setFocus()
    keys.press(Qt.Key.Key_Return)
    first, second = desk._verbs.day().stops
    assert not sheet.isVisible()
    assert (first.place.name, second.place.name) == ("Place de la Patrotte", "Marché de Borny")
    assert second.closed_at is None


def test_a_known_place_brings_where_it_lies(desk: Desk) -> None:
    sheet = StopSheet(desk._verbs, desk.window())
    sheet.place.edit.setText("marche de borny")
    sheet.place.edit.editingFinished.emit()
    assert (sheet.commune.value(), sheet.district.value()) == ("57463", "QN05720M")
    sheet.reject()


@pytest.mark.parametrize(
    ("opened", "closed", "field", "sentence"),
    [
        ("15 h", "14 h", "closed", "L’arrêt finit avant de commencer."),
        ("17 h", "", "opened", "plus tard que maintenant"),
        ("11h", "13h", "opened", "recouvrent celles de l’arrêt Gare"),
        ("9 h", "20 h", "closed", "pas encore passée"),
        ("midi", "", "opened", "14 h 30"),
    ],
)
def test_wrong_hours_stand_beside_their_field(opened: str, closed: str, field: str, sentence: str, desk: Desk) -> None:
    hours = (NOW.replace(hour=10, minute=0), NOW.replace(hour=12, minute=0))
    desk._verbs.open_stop("Gare", "RUE", None, None, Halt(*hours))
    sheet = StopSheet(desk._verbs, desk.window())
    sheet.place.edit.setText("Bellecroix")
    sheet.opened.edit.setText(opened)
    sheet.closed.edit.setText(closed)
    sheet.go.click()
    assert sentence in getattr(sheet, field).edit.accessibleDescription()
    assert len(desk._verbs.day().stops) == 2
    sheet.reject()


def test_a_stop_is_corrected_from_the_tour(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("today")

    def correct(sheet: Sheet) -> None:
        assert isinstance(sheet, StopSheet)
        sheet.opened.edit.setText("14 h 05")
        sheet.remark.edit.setText("Pluie")
        sheet.team.others.edit.setText("Malik  Tambour, ")
        named(sheet, "Enregistrer").click()

    timer = at_the_sheet(correct)
    qtbot.mouseClick(named(desk.today, "Corriger l’arrêt Marché de Borny"), Qt.MouseButton.LeftButton)
    stop = desk._verbs.day().open_stop
    assert stop
    assert not timer.isActive()
    assert (stop.opened_at.astimezone(LOCAL).time(), stop.remark) == (time(14, 5), "Pluie")
    assert stop.team == ("Camille Lanterne", "Malik Tambour")


def test_closing_says_what_it_counted_and_is_taken_back(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    desk.show_place("today")
    stop = desk._verbs.day().open_stop
    assert stop
    timer = at_the_sheet(lambda _: keys.press(Qt.Key.Key_Return))
    desk.today._close_stop(stop)
    assert not timer.isActive()
    assert desk._verbs.day().open_stop is None
    desk.window().activateWindow()
    qtbot.waitUntil(desk.window().isActiveWindow)
    qtbot.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again = desk._verbs.day().open_stop
    assert again and again.id == stop.id


def test_a_stop_left_open_is_asked_about_and_blocks_nothing(desk: Desk) -> None:
    stop = desk._verbs.day().open_stop
    assert stop
    yesterday = NOW - timedelta(days=1)
    desk._verbs.correct_stop(stop.id, Halt(yesterday.replace(hour=14, minute=5)))
    desk.show_place("today")
    assert named(desk.today, "Donner l’heure de fin")
    desk.register()
    assert desk.registration._where.asks()
    left = desk._verbs.day().left_open
    assert left
    sheet = CloseSheet(desk._verbs, left, desk.window())
    sheet.go.click()
    assert "heure de fin" in sheet.closed.edit.accessibleDescription()
    sheet.closed.edit.setText("17h")
    sheet.go.click()
    assert desk._verbs.day().left_open is None
    (closed,) = desk._verbs.tour(yesterday.date()).stops
    assert closed.closed_at == yesterday.replace(hour=17, minute=0)


def test_a_stop_is_planned_started_and_taken_out_with_a_way_back(desk: Desk, qtbot: QtBot) -> None:
    sheet = StopSheet(desk._verbs, desk.window())
    sheet.place.edit.setText("Parvis de la gare")
    sheet.later.click()
    assert sheet.opened.text() == "" and not sheet.day.isHidden()
    sheet.day.edit.setText(french_date(NOW.date()))
    sheet.opened.edit.setText("17h30")
    sheet.go.click()
    desk.show_place("today")
    named(desk.today, "Retirer l’arrêt prévu Parvis de la gare").click()
    assert desk._verbs.day().tour.planned == ()
    back = shown_toast(desk).back
    assert back
    back.click()
    start = named(desk.today, "Démarrer l’arrêt Parvis de la gare")
    start.setFocus()
    qtbot.keyClick(start, Qt.Key.Key_Space)
    day = desk._verbs.day()
    assert day.open_stop and day.open_stop.place.name == "Parvis de la gare"
    assert day.tour.planned == ()


def test_another_day_is_planned_and_looked_back_at(desk: Desk) -> None:
    verbs = desk._verbs
    sheet = OtherDaySheet(verbs, desk.news, desk.window())
    named(sheet, "Reprendre la tournée d’aujourd’hui").click()
    tomorrow = NOW.date() + timedelta(days=1)
    assert [one.place.name for one in verbs.tour(tomorrow).planned] == ["Marché de Borny"]
    sheet.before.click()
    sheet.before.click()
    assert sheet.add.text() == "Ajouter un arrêt"
    sheet.asked.edit.setText("31/11/2026")
    sheet.asked.edit.editingFinished.emit()
    assert "n’existe pas" in sheet.asked.edit.accessibleDescription()
    yesterday = StopSheet(verbs, desk.window(), day=sheet.day)
    yesterday.place.edit.setText("Bellecroix")
    yesterday.go.click()
    assert "heure de début" in yesterday.opened.edit.accessibleDescription()
    yesterday.opened.edit.setText("10h")
    yesterday.closed.edit.setText("12h")
    yesterday.go.click()
    assert [one.place.name for one in verbs.tour(sheet.day).stops] == ["Bellecroix"]
    sheet.reject()


def test_an_empty_day_offers_the_last_tour(desk: Desk) -> None:
    stop = desk._verbs.day().open_stop
    assert stop
    week = timedelta(days=7)
    desk._verbs.correct_stop(stop.id, Halt(NOW - week - timedelta(hours=2), NOW - week))
    desk.show_place("today")
    named(desk.today, "Reprendre la tournée de mardi dernier").click()
    assert [one.starts for one in desk._verbs.day().tour.planned] == [time(13, 52)]
    back = shown_toast(desk).back
    assert back
    back.click()
    assert desk._verbs.day().tour.planned == ()


def test_who_is_to_be_called_is_listed_and_opens(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    yesterday = NOW - timedelta(days=1)
    record, _ = desk._verbs.read(line(at=yesterday.isoformat(), recall_on=NOW.date().isoformat()))
    assert record
    desk._verbs.register(record)
    desk.show_place("today")
    people = desk.today.recalls.people
    assert "Inès B., à rappeler aujourd’hui" in people.item(0).text()
    people.setFocus()
    people.setCurrentRow(0)
    with qtbot.waitSignal(desk.today.person_asked):
        keys.press(Qt.Key.Key_Return)
    record, _ = desk._verbs.read(line(at=NOW.isoformat()))
    assert record
    desk._verbs.register(record)
    desk.show_place("today")
    assert people.count() == 0


def test_an_anonymous_contact_is_taken_back_with_ctrl_z(desk: Desk, qtbot: QtBot) -> None:
    def three_clicks(sheet: Sheet) -> None:
        assert isinstance(sheet, AnonymousSheet)
        sheet._cells[("18-21", "F")].click()
        sheet.needs.first().click()

    desk.show_place("today")
    timer = at_the_sheet(three_clicks)
    qtbot.keyClick(desk, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not timer.isActive() and desk._verbs.day().anonymous == 1
    assert shown_toast(desk).text == "Contact anonyme enregistré."
    desk.window().activateWindow()
    qtbot.waitUntil(desk.window().isActiveWindow)
    qtbot.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk._verbs.day().anonymous == 0
    assert desk.today._counters["anonymous"].text() == "0"


def test_without_a_stop_an_anonymous_contact_by_telephone_needs_no_place(desk: Desk) -> None:
    stop = desk._verbs.day().open_stop
    assert stop
    desk._verbs.correct_stop(stop.id, Halt(closed_at=NOW))
    sheet = AnonymousSheet(desk._verbs, desk.news, desk.window())
    sheet.spot.setting._buttons["TELEPHONE"].click()
    sheet._cells[("18-21", "F")].click()
    sheet.needs.first().click()
    assert [place.setting for place in desk._verbs.places() if place.name == "Téléphone"] == ["TELEPHONE"]


def test_someone_telephones_while_a_stop_is_open(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    desk.register()
    form = desk.registration
    keys.press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form._where.place.edit)
    keys.press(Qt.Key.Key_Return)
    keys.type("7")
    keys.press(Qt.Key.Key_Return)
    assert form._where.answers() == ("Téléphone", "TELEPHONE")
    essentials(form)
    form.save()
    day = desk._verbs.day()
    assert (day.registrations, day.stops[0].registrations) == (1, 0)


def test_looking_elsewhere_and_leaving_keeps_no_draft(desk: Desk) -> None:
    desk.register()
    desk.registration._where.elsewhere.click()
    desk.registration._set_aside()
    assert desk._verbs.drafts() == []


@pytest.mark.parametrize("size", [(1366, 768), (1280, 640), (1024, 600)])
def test_without_a_stop_the_place_is_seen_and_never_in_the_way(size: tuple[int, int], desk: Desk) -> None:
    stop = desk._verbs.day().open_stop
    assert stop
    desk._verbs.correct_stop(stop.id, Halt(closed_at=NOW))
    desk.window().resize(*size)
    desk.register()
    QApplication.processEvents()
    form, place = desk.registration, desk.registration._where.place
    assert QApplication.focusWidget() is edit(form, "person.given_name")
    assert not place.edit.visibleRegion().isEmpty()
    named(form, "Hors arrêt").click()
    essentials(form)
    form.save()
    assert ("Hors arrêt", "RUE") in [(one.name, one.setting) for one in desk._verbs.places()]
    assert desk._verbs.day().registrations == 1


def test_a_name_typed_at_once_is_no_place_and_the_place_is_asked_last(desk: Desk, keys: Keyboard) -> None:
    stop = desk._verbs.day().open_stop
    assert stop
    desk._verbs.correct_stop(stop.id, Halt(closed_at=NOW))
    desk.register()
    form, place = desk.registration, desk.registration._where.place
    keys.type("Ines")
    assert (place.text(), edit(form, "person.given_name").text()) == ("", "Ines")
    essentials(form)
    assert "Il reste 1 réponse essentielle" in texts(form)
    keys.press(Qt.Key.Key_F3)
    assert QApplication.focusWidget() is place.edit
    keys.type("Gare")
    assert "Prête à enregistrer" in texts(form)


def test_in_a_narrow_window_the_tour_scrolls_with_the_page_alone(desk: Desk, qtbot: QtBot) -> None:
    for minute in range(5):
        place = Place("", f"Lieu {minute}", "RUE")
        desk._verbs.plan_stop(Planned("", NOW.date(), place, time(17, minute)))
    desk.window().resize(1024, 600)
    desk.show_place("today")
    right = desk.today._right
    qtbot.waitUntil(lambda: desk.today.tour.isVisible() and right.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize("size", [(1366, 768), (1280, 640), (1024, 600)])
def test_the_sheets_fit_the_window(size: tuple[int, int], desk: Desk) -> None:
    desk._verbs.plan_stop(Planned("", NOW.date(), Place("", "Parvis de la gare", "RUE"), time(17, 30), time(19)))
    desk.window().resize(*size)
    stop = desk._verbs.day().open_stop
    assert stop
    sheets = (
        StopSheet(desk._verbs, desk.window()),
        StopSheet(desk._verbs, desk.window(), stop=stop),
        CloseSheet(desk._verbs, stop, desk.window()),
        OtherDaySheet(desk._verbs, desk.news, desk.window()),
        AnonymousSheet(desk._verbs, desk.news, desk.window()),
    )
    for sheet in sheets:
        sheet.show()
        QApplication.processEvents()
        assert sheet.height() <= size[1]
        assert sheet._area.widget().width() <= sheet._area.viewport().width()
        sheet.reject()


def test_one_toast_at_a_time_whichever_page_shows_it_and_ctrl_z_is_the_last_s(desk: Desk, qtbot: QtBot) -> None:
    """An anonymous contact counted just after a stop was begun."""
    toast(desk.window(), "Arrêt démarré\u00a0: Gare.", lambda: pytest.fail("the stop was taken back"))
    timer = at_the_sheet(_count_one)
    desk.count_anonymous()
    timer.stop()
    assert desk._verbs.day().anonymous == 1
    assert "anonyme" in shown_toast(desk).text
    desk.window().activateWindow()
    qtbot.waitUntil(desk.window().isActiveWindow)
    qtbot.keyClick(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk._verbs.day().anonymous == 0


@pytest.mark.parametrize("size", [(1366, 768), (1280, 640), (1024, 600)])
def test_what_is_said_in_passing_covers_no_field(size: tuple[int, int], desk: Desk, keys: Keyboard) -> None:
    desk.window().resize(*size)
    said = toast(desk.window(), "Arrêt démarré\u00a0: Marché de Borny.", lambda: None)
    desk.register()
    QApplication.processEvents()
    for again in range(2):
        over = [one for one in desk.registration.findChildren(QWidget) if isinstance(one, QLineEdit | QPushButton)]
        over = [one for one in over if one.isVisible() and not one.visibleRegion().isEmpty()]
        seen = [one.visibleRegion().boundingRect().translated(one.mapTo(desk, QPoint())) for one in over]
        assert not [one for one in seen if one.intersects(said.geometry())]
        assert desk.rect().contains(said.geometry())
        if not again:
            said = toast(desk.window(), "Rien de neuf.", lambda: None)
            desk.registration._head.say("Un nom pour un contact anonyme")
            QApplication.processEvents()
    desk.show_place("today")
    assert shown_toast(desk).y() > desk.height() // 2


def _count_one(sheet: AnonymousSheet) -> None:
    sheet._cells["18-21", "F"].click()
    sheet.needs._buttons["EMPLOI"].click()


def test_tab_comes_to_the_stop_before_what_is_done_at_it(desk: Desk, keys: Keyboard) -> None:
    desk.show_place("today")
    for words in ("Clore l’arrêt", "Démarrer un arrêt"):
        QApplication.processEvents()
        desk.today.new.setFocus()
        keys.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is named(desk.today, words)
        stop = desk._verbs.day().open_stop
        if stop:
            desk._verbs.correct_stop(stop.id, Halt(closed_at=NOW))
            desk.today.refresh()
