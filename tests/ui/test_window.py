"""The window over a real encrypted profile: by keyboard, with wrong answers, and after a crash."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from milomobile import app
from milomobile.actions.open import open_profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Halt
from milomobile.store.tables import Outbox
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD, line
from tests.ui.texts import texts


@pytest.fixture
def window(tmp_path: Path, unused: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    shutil.copytree(unused, tmp_path / "profile")
    look.apply(qapp)
    made = app.build(tmp_path / "profile")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def unlock(window: Window, qtbot: QtBot, password: str = PASSWORD) -> None:
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    page.password.edit.clear()
    qtbot.keyClicks(page.password.edit, password)
    qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)


def desk_of(window: Window, qtbot: QtBot) -> Desk:
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk), timeout=10_000)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    qtbot.waitUntil(lambda: desk.isVisible() and desk.isActiveWindow())
    return desk


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def typed(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def go_to(qtbot: QtBot, target: object) -> None:
    """Tab until a widget has the focus: no mouse, no shortcut that a page does not have."""
    for _ in range(80):
        if QApplication.focusWidget() is target:
            return
        press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError("Tab never came there")


def test_wrong_passwords_say_so_and_then_wait(window: Window, qtbot: QtBot) -> None:
    page = window.centralWidget()
    assert isinstance(page, UnlockPage)
    for number in range(3):
        unlock(window, qtbot, f"faux {number}")
        said = "Nouvel essai" if number == 2 else "ne correspond pas"
        qtbot.waitUntil(lambda said=said: said in page.password.edit.accessibleDescription(), timeout=10_000)
        assert page.go.isEnabled() == (number < 2)
    qtbot.waitUntil(page.go.isEnabled, timeout=5000)
    desk_of(window, qtbot)


def test_a_registration_with_the_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window, qtbot)
    desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    qtbot.keyClick(desk, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = desk.registration
    qtbot.waitUntil(lambda: QApplication.focusWidget() is edit(form.fields["person.given_name"]))
    typed(qtbot, "Ines")
    press(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "Boussole")
    press(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "12/3/07")
    go_to(qtbot, edit(form.fields["person.phone"]))
    assert edit(form.fields["person.birth_date"]).text() == "12/03/2007"
    typed(qtbot, "0353011234")
    category = form.fields["situation.category"]
    assert isinstance(category, Choices)
    go_to(qtbot, category.first())
    typed(qtbot, "9")
    assert category.value() == "SANS_SITUATION"
    notice = form.fields["notice.how"]
    assert isinstance(notice, Choices)
    go_to(qtbot, notice.first())
    typed(qtbot, "&")
    assert notice.value() == "ORAL_AFFICHE"
    with qtbot.waitSignal(form.saved):
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    found = desk._verbs.search("bous")
    assert [one.name for one in found] == ["Ines Boussole"]
    assert desk._verbs.day().registrations == 1
    assert not desk._verbs.drafts()


def edit(asked: object) -> QLineEdit:
    assert isinstance(asked, Field)
    return asked.edit


def test_a_draft_is_kept_within_a_second_and_offered_after_a_crash(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_of(window, qtbot)
    desk.register()
    with qtbot.waitSignal(desk.news.drafts, timeout=1000):
        qtbot.keyClicks(edit(desk.registration.fields["person.given_name"]), "Yanis")
    kept = desk._verbs.drafts()[0]
    assert kept.answers["person.given_name"] == "Yanis"
    desk.show_place("today")
    assert "Brouillon" in desk.today.met.item(0).text()
    desk.writing.open(kept)
    assert edit(desk.registration.fields["person.given_name"]).text() == "Yanis"


def test_wrong_answers_stand_beside_their_field_and_nothing_is_lost(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window, qtbot)
    desk.register()
    form = desk.registration
    for name, text in (("person.given_name", "Léa"), ("person.birth_name", "N0m"), ("person.birth_date", "31/4/2007")):
        edit(form.fields[name]).setText(text)
    form.save()
    assert "chiffre" in edit(form.fields["person.birth_name"]).accessibleDescription()
    assert "n’existe pas" in edit(form.fields["person.birth_date"]).accessibleDescription()
    assert edit(form.fields["person.given_name"]).text() == "Léa"
    assert desk._verbs.count_people() == 0


def test_three_clicks_count_an_anonymous_contact_and_one_sheet_a_group(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window, qtbot)
    desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", None, None, Halt())
    sheet = AnonymousSheet(desk._verbs, desk.news, window)
    sheet._cells[("18-21", "M")].click()
    with qtbot.waitSignal(sheet.counted):
        sheet.needs.first().click()
    group = AnonymousSheet(desk._verbs, desk.news, window)
    group._women.edit.setText("3")
    group._men.edit.step(5)
    with qtbot.waitSignal(group.counted):
        group.save_group()
    day = desk._verbs.day()
    assert (day.encounters, day.anonymous, day.people_met) == (2, 1, 9)


def test_locking_drops_the_pages_and_frees_the_profile(window: Window, qtbot: QtBot) -> None:
    desk_of(window, qtbot)
    window.lock()
    assert isinstance(window.centralWidget(), UnlockPage)
    desk_of(window, qtbot)


def test_without_a_server_the_page_says_so(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window, qtbot)
    desk.show_place("sync")
    assert not desk.sync.go.isVisible()
    with qtbot.waitSignal(desk.sync.settings_asked):
        desk.sync.settings_asked.emit()
    assert desk._stack.currentWidget() is desk.settings


def test_a_refused_record_is_corrected_in_the_ordinary_form(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window, qtbot)
    record, _ = desk._verbs.read(line(at=datetime.now(LOCAL).isoformat()))
    assert record
    desk._verbs.register(record)
    folder = desk._verbs.profile
    window.lock()
    kept = open_profile(folder, ADVISER, PASSWORD, datetime.now(LOCAL))
    with kept.store.write() as session:
        wrong = {"state": "refused", "reason": "Il manque un moyen de contact.", "pointer": "/set/phone"}
        session.execute(update(Outbox).where(Outbox.entity == "person").values(**wrong))
    kept.close()
    desk = desk_of(window, qtbot)
    desk.show_place("sync")
    qtbot.waitUntil(lambda: bool(named(desk.sync, "Corriger")))
    refused = desk._verbs.waiting().refused[0]
    named(desk.sync, "Corriger")[0].click()
    form = desk.registration
    qtbot.waitUntil(edit(form.fields["person.phone"]).hasFocus)
    assert "Il manque un moyen de contact." in texts(form.fields["person.phone"])
    assert edit(form.fields["person.given_name"]).text() == "Inès"
    edit(form.fields["person.given_name"]).setText("Yanis")
    with qtbot.waitSignal(form.left) as left:
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert left.args and "reste à corriger" in left.args[0] and desk._verbs.drafts() == []
    desk.writing.correct(refused)
    edit(form.fields["person.given_name"]).setText("Ines")
    with qtbot.waitSignal(form.saved):
        form.save()
    assert desk._verbs.waiting().refused == ()
    desk.writing.correct(refused)
    assert not form.isVisible(), "what is no longer to be corrected is only said"
    assert [found.name for found in desk._verbs.search("boussole")] == ["Ines Boussole"]


def named(page: QWidget, text: str) -> list[QPushButton]:
    return [made for made in page.findChildren(QPushButton) if made.text().strip() == text and made.isVisible()]


def test_a_screen_with_no_room_for_the_frame_is_filled(window: Window) -> None:
    room = window.screen().availableGeometry().size()
    window.hide()
    window.setMinimumSize(0, 0)
    window.resize(room.width() // 2, room.height() // 2)
    app._appear(window)
    assert not window.isMaximized()
    window.hide()
    window.resize(room)
    app._appear(window)
    assert window.isMaximized()
