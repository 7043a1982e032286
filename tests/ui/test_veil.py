"""Mode discret: on every page, nobody's name, telephone or birth date in any text, tip, row or word for screen readers."""

import pkgutil
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from milomobile import app, ui
from milomobile.actions import demo
from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.outings import Halt
from milomobile.domain.people import Person, short_name
from milomobile.domain.periods import Period
from milomobile.domain.phones import show_phone
from milomobile.ui.desk import Desk
from milomobile.ui.form import already
from milomobile.ui.pages.compare import CompareSheet
from milomobile.ui.parts.hidden import HIDDEN, Hidden, initials_of
from milomobile.ui.parts.rows import LINE
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.sought_sheet import SoughtSheet
from milomobile.ui.parts.spoken import full_day
from milomobile.ui.parts.toast import Toast
from milomobile.ui.report.export import ExportCard
from milomobile.ui.veil import veiled
from milomobile.ui.verbs import Verbs
from milomobile.ui.window import Window
from tests.ui.hands import essentials, put
from tests.ui.marked import keep_marked
from tests.ui.sheets import SHEETS
from tests.ui.texts import texts


@pytest.fixture
def window(demonstrated: Callable[..., Window]) -> Window:
    return demonstrated(60, 90, 3)


@pytest.fixture
def raw(window: Window) -> Verbs:
    assert window._verbs
    verbs = window._verbs
    if not verbs.day().open_stop:
        verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    keep_marked(verbs)
    return verbs


@pytest.fixture
def desk(window: Window, raw: Verbs, qtbot: QtBot) -> Desk:
    made = window.centralWidget()
    assert isinstance(made, Desk)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.show_place("today")
    return made


def secrets(verbs: Verbs) -> set[str]:
    """How anybody of this laptop may be read: in full, as lists show them, by telephone and by birth date."""
    people = [verbs.sheet(one.id).person for one in verbs.people_at(verbs.listed("", "all")) if one]
    people.append(Person("Odilon", "Tournevire"))
    found: set[str] = set()
    for one in people:
        if one.given_name and one.birth_name:
            found |= {one.name, f"{one.given_name} {one.birth_name}", short_name(one.given_name, one.birth_name)}
        if one.phone:
            found |= {one.phone, show_phone(one.phone)}
        if one.birth_date:
            found |= {full_day(one.birth_date), french_date(one.birth_date), one.birth_date.isoformat()}
    return {text for text in found if len(text) > 5}


def leaks(known: set[str], *but: QWidget) -> set[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {secret for text in texts(but=but) for secret in known if secret in text}


def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers are told meanwhile."""
    said: list[str] = []
    tell = QAccessible.updateAccessibility

    def hear(event: object) -> None:
        if callable(message := getattr(event, "message", None)):
            said.append(str(message()))
        tell(event)  # type: ignore[arg-type]

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return said


def test_no_page_tells_of_anybody_until_it_is_over(
    desk: Desk, raw: Verbs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, said = secrets(raw), spoken(monkeypatch)
    person = next(one for one in raw.search("quintefeuille"))
    assert leaks(known)
    qtbot.keyClick(desk, Qt.Key.Key_F8)
    assert desk.veil.on
    for place in ("today", "people", "sync", "report", "settings"):
        desk.show_place(place)
        assert leaks(known) == set(), place
    desk._show_person(person.id)
    assert desk.people.detail.person == person.id
    assert HIDDEN in list(texts(desk.people.detail))
    assert leaks(known) == set()
    one, other = raw.known(person.id), raw.doubles(person.id)[0]
    sheet = CompareSheet(desk._verbs, desk._verbs.known(one.id), desk._verbs.doubles(one.id)[0], desk.window())
    sheet.show()
    assert {one.person.name, other.person.name} == {"Zéphyrine Quintefeuille", "Zephirine Quintefeuille"}
    assert leaks(known) == set()
    sheet.reject()
    sheet.deleteLater()
    desk.writing.meet_again(person.id)
    assert leaks(known, desk.registration.sections) == set()
    desk.registration._set_aside()
    assert said and not [text for text in said for secret in known if secret in text]
    qtbot.keyClick(desk, Qt.Key.Key_F8)
    desk.show_place("today")
    assert leaks(known) & {short_name("Zéphyrine", "Quintefeuille"), "Zéphyrine Quintefeuille"}
    assert desk.veil.on is False


def test_the_form_says_who_it_may_be_by_initials(
    desk: Desk, raw: Verbs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = spoken(monkeypatch)
    desk.veil.switch(True)
    desk.register()
    put(desk.registration, "person.given_name", "Zéphyrine")
    put(desk.registration, "person.birth_name", "Quintefeuille")
    desk.registration.already.look()
    assert desk.registration.already.isVisible()
    assert not any("Quintefeuille" in text for text in texts(desk.registration.already))
    assert any("Z. Q." in text for text in said) and not any("Quintefeuille" in text for text in said)
    assert already.HIDDEN in list(texts(desk.registration.already))


def test_a_form_keeps_what_it_was_given(desk: Desk, raw: Verbs, qtbot: QtBot) -> None:
    """What is hidden is only told: a draft, a file taken up and a correction are saved as they were."""
    desk.veil.switch(True)
    shown = next(one for one in desk._verbs.drafts() if one.id == "d1")
    assert shown.answers == {"person.birth_name": "O. T."}
    desk.writing.open(shown)
    assert desk.registration.fields["person.birth_name"].text() == "Tournevire"  # type: ignore[union-attr]
    desk.registration._set_aside()
    person = raw.search("quintefeuille")[0]
    desk.writing.meet_again(person.id)
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    kept = raw.sheet(person.id)
    assert (kept.person.birth_name, len(kept.encounters)) == ("Quintefeuille", 2)


def test_sections_that_are_done_fold_and_open_again(desk: Desk, qtbot: QtBot) -> None:
    desk.veil.switch(True)
    desk.register()
    form = desk.registration
    put(form, "person.birth_date", "12/03/2007")
    essentials(form)
    assert form.fields["person.given_name"].isVisible(), "the section at hand stays"
    form.sections.focus_on("needs")
    assert not form.fields["person.given_name"].isVisible()
    closed = form.sections._closed[0]
    assert (closed.text(), closed.isVisible()) == ("Complet", True)
    closed.click()
    assert form.fields["person.given_name"].isVisible() and not closed.isVisible()
    form.sections.focus_on("needs")
    desk.veil.switch(False)
    assert form.fields["person.given_name"].isVisible()


@pytest.mark.parametrize("years", [15, 17])
def test_the_form_tells_no_age(desk: Desk, qtbot: QtBot, years: int) -> None:
    """Of somebody only counted, and of a minor: as the mode comes on, and typed in it, once the hand has gone on;
    the questions about who they are have folded away."""
    now = desk._verbs.now().astimezone(LOCAL).date()

    def ages() -> list[str]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shown = [one.text() for one in desk.registration.findChildren(QLabel) if one.isVisible()]
        return [text for text in shown if str(years) in text]

    desk.register()
    put(desk.registration, "person.birth_date", f"01/01/{now.year - years}")
    desk.registration.sections.focus_on("needs")
    assert ages()
    for on in (True, False, True):
        desk.veil.switch(on)
        assert bool(ages()) is not on
    put(desk.registration, "person.birth_date", f"01/01/{now.year - years - 1}")
    put(desk.registration, "person.birth_date", f"01/01/{now.year - years}")
    desk.registration.sections.focus_on("needs")
    assert ages() == []
    desk.registration.forget()


def name_at(view: QAbstractItemView, row: int) -> str:
    shown = view.model().index(row, 0).data(LINE).name
    return ("hidden " if isinstance(shown, Hidden) else "") + shown


def test_espace_held_shows_the_row_chosen_alone(desk: Desk, qtbot: QtBot) -> None:
    view = desk.today.met
    names = [name_at(view, row) for row in range(view.model().rowCount())]
    place = next(row for row, name in enumerate(names) if "Zéphyrine" in name)
    desk.veil.switch(True)
    view.setFocus()
    view.setCurrentRow(place)
    hidden = [name_at(view, row) for row in range(view.model().rowCount())]
    assert hidden[place] == "hidden Z. Q."
    qtbot.keyPress(view, Qt.Key.Key_Space)
    assert name_at(view, place) == names[place]
    assert [name_at(view, row) for row in range(len(names)) if row != place] == [
        name for row, name in enumerate(hidden) if row != place
    ]
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    assert name_at(view, place) == "hidden Z. Q."


def test_it_stays_after_a_lock_and_begins_at_a_stop(window: Window, desk: Desk, raw: Verbs) -> None:
    folder = raw.profile
    assert not desk.veil.on
    desk.settings.locking.at_stops.setChecked(True)
    desk._verbs.open_stop("Gare de Metz", "ARRET_MILO_MOBILE", "57463", None, Halt())
    assert desk.veil.on and desk.today.findChildren(QWidget)
    assert any("Mode discret" in made.text for made in desk.findChildren(Toast))
    window.lock()
    window._opened(app.open_verbs(folder, demo.ADVISER, demo.PASSWORD))
    again = window.centralWidget()
    assert isinstance(again, Desk) and again.veil.on


def test_every_verb_that_tells_of_people_is_veiled(desk: Desk, raw: Verbs) -> None:
    """A new verb has to say which it is."""
    hidden = {name for name in vars(raw) if getattr(desk._verbs, name) is not getattr(raw, name)}
    assert hidden == {
        "day", "people_at", "sheet", "waiting", "known", "open_list", "preview_list", "import_list", "open_stop",
        "start_planned", "search", "to_call", "alike", "doubles", "sought", "drafts", "referrals", "files", "bilan",
    }  # fmt: skip
    assert veiled(raw, desk.veil).prefer is raw.prefer


def test_initials() -> None:
    said = [initials_of(name) for name in ("Inès Boussole", "Inès B.", "Inès", "", "Олена Ліхтар")]
    assert said == ["I. B.", "I. B.", "I.", "", "О. Л."]


def test_switching_is_quick(desk: Desk) -> None:
    times = []
    for on in (True, False) * 3:
        begun = time.perf_counter()
        desk.veil.switch(on)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[3] < 0.5


def every_sheet(kind: type[Sheet] = Sheet) -> set[type[Sheet]]:
    for module in pkgutil.walk_packages(ui.__path__, "milomobile.ui."):
        import_module(module.name)
    return {kind, *(below for one in kind.__subclasses__() for below in every_sheet(one))}


def test_no_sheet_is_forgotten() -> None:
    assert every_sheet() == set(SHEETS)


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.__name__)
def test_f8_works_in_a_sheet_that_is_open_and_hides_who_it_names(
    desk: Desk, raw: Verbs, qtbot: QtBot, tmp_path: Path, kind: type[Sheet]
) -> None:
    desk.show_place("report")
    qtbot.waitUntil(lambda: desk.report.summary is not None)
    sheet = SHEETS[kind](desk, tmp_path)
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitUntil(sheet.isActiveWindow)

    def named() -> bool:
        return any(mark in text for text in texts(sheet) for mark in ("Quintefeuille", "0353011299", "03 53 01 12 99"))

    if not kind.nameless:
        qtbot.waitUntil(named)
    qtbot.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_F8)
    assert desk.veil.on
    if kind.nameless:
        assert sheet.isVisible()
    qtbot.waitUntil(lambda: not sheet.isVisible() or not named())
    if kind is SoughtSheet:
        qtbot.waitUntil(lambda: any("Z. Q." in text for text in texts(sheet)))
        assert sheet.isVisible() and not named()


def cells(card: ExportCard) -> set[str]:
    table = card.lines.table
    places = ((down, across) for down in range(table.rowCount()) for across in range(table.columnCount()))
    return {item.text() for place in places if (item := table.item(*place))}


def test_the_first_lines_of_a_file_by_name_are_hidden_too(desk: Desk, raw: Verbs, qtbot: QtBot) -> None:
    desk.show_place("report")
    card = desk.report.card
    people = [raw.sheet(one.id).person for one in raw.people_at(raw.listed("", "all")) if one]
    names = {one.birth_name for one in people if one.birth_name}
    qtbot.waitUntil(card.isVisible)
    card.show_period(*[Period(raw.now().date(), raw.now().date(), "")] * 2)
    card.what.setCurrentIndex(card.what.findData("rattachements"))
    card._reason = "SAISIE_IMILO"
    card._show()
    assert names & cells(card)
    qtbot.keyClick(desk, Qt.Key.Key_F8)
    assert desk.veil.on and not names & cells(card) and leaks(secrets(raw)) == set()
    qtbot.keyClick(desk, Qt.Key.Key_F8)
    desk.show_place("today")
    desk.veil.switch(True)
    assert card.lines.table.rowCount() == 0
