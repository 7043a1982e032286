"""What the law asks, on the screen: looking at a file is noted once, and the journal is read by keyboard alone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from milomobile.actions.open import Profile, open_profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.reading import read
from milomobile.ui.desk import Desk
from milomobile.ui.parts.law import LawCard
from milomobile.ui.parts.retention import RetentionCard
from milomobile.ui.person.erase import EraseSheet
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD, line
from tests.store.retained import age, keep


@pytest.fixture
def person(desk: Desk) -> str:
    verbs = desk._verbs
    record, _ = read(line(at=verbs.now().isoformat()), verbs.lists, verbs.now())
    assert record
    verbs.register(record)
    return str(verbs.search("")[0].id)


def looks(desk: Desk) -> int:
    return sum(entry.what == "read" for entry in desk._verbs.law.journal()[0])


def test_opening_a_file_is_noted_once_for_each_showing(desk: Desk, person: str) -> None:
    desk._show_person(person)
    assert looks(desk) == 1
    desk.people.refresh()
    desk.news.people.emit()
    assert looks(desk) == 1
    desk.show_place("today")
    desk.news.people.emit()
    assert looks(desk) == 1
    desk._show_person(person)
    assert looks(desk) == 2


def test_the_journal_is_read_by_keyboard(desk: Desk, person: str, qtbot: QtBot) -> None:
    desk._show_person(person)
    desk.show_place("settings")
    desk.settings.show_section("Données et confidentialité")
    card = desk.settings.findChild(LawCard)
    assert isinstance(card, LawCard)
    card.show_journal.setFocus()
    qtbot.keyClick(card.show_journal, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.lines.count() > 0)
    qtbot.keyClick(card.show_journal, Qt.Key.Key_Tab)
    assert card.lines.hasFocus()
    said = card.lines.item(0).text()
    assert "Fiche consultée" in said
    assert desk._verbs.adviser in said
    assert "Boussole" not in " ".join(card.lines.item(row).text() for row in range(card.lines.count()))


def test_a_file_is_erased_by_keyboard_and_kept_by_default(desk: Desk, person: str, qtbot: QtBot) -> None:
    desk._show_person(person)
    asked = next(one for one in desk.people.detail.findChildren(QPushButton) if one.text() == "Effacer la fiche…")
    asked.setFocus()
    qtbot.keyClick(asked, Qt.Key.Key_Space)
    sheet = desk.window().findChild(EraseSheet)
    assert isinstance(sheet, EraseSheet)
    qtbot.waitUntil(sheet.keep.hasFocus)
    assert "Boussole" in sheet.title.text() and "Inès" in sheet.title.text()
    sheet.go.setFocus()
    qtbot.keyClick(sheet.go, Qt.Key.Key_Space)
    assert desk._verbs.sheet(person)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_1)
    qtbot.keyClicks(sheet.word.edit, "effacer")
    sheet.go.click()
    assert "majuscules" in sheet.word.edit.accessibleDescription()
    sheet.word.edit.clear()
    qtbot.keyClicks(sheet.word.edit, "EFFACER")
    qtbot.keyClick(sheet.go, Qt.Key.Key_Space)
    assert desk._verbs.search("boussole") == []
    assert desk.people.detail.person != person


def test_what_has_to_go_is_counted_before_it_goes(desk: Desk, person: str, qtbot: QtBot) -> None:
    asked = desk._verbs.places
    assert isinstance(asked, partial) and isinstance(asked.args[0], Profile)
    desk.show_place("settings")
    desk.settings.show_section("Données et confidentialité")
    card = desk.settings.findChild(RetentionCard)
    assert isinstance(card, RetentionCard)
    card.look.setFocus()
    qtbot.keyClick(card.look, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Rien n’arrive à échéance" in words(card))
    assert not card.go.isVisible()
    age(asked.args[0], desk._verbs.now())
    qtbot.keyClick(card.look, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "1 fiche sera réduite à l’essentiel." in words(card))
    qtbot.keyClick(card.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "C’est fait\u00a0: 1 fiche réduite." in words(card))
    assert desk._verbs.sheet(person).person.phone
    card.names.choose(["24"])
    card.keep.click()
    assert desk._verbs.law.durations() == (24, 12)


def test_what_has_to_go_goes_when_the_profile_is_open_and_nobody_is_at_it(
    open_desk: Callable[[], Desk], folder: Path, qtbot: QtBot
) -> None:
    profile = open_profile(folder, ADVISER, PASSWORD, datetime.now(LOCAL))
    [person] = keep(profile, line(at=datetime.now(LOCAL).isoformat(), comment="mot"), now=datetime.now(LOCAL))
    age(profile, datetime.now(LOCAL))
    profile.close()
    desk = open_desk()
    assert desk._verbs.law.preview().some
    window = desk.window()
    assert isinstance(window, Window)
    window.idle.rested.emit()
    qtbot.waitUntil(lambda: desk._verbs.law.preview().some is False, timeout=10_000)
    assert desk._verbs.sheet(person).encounters[0].needs == ()


def words(card: RetentionCard) -> str:
    return " ".join(one.text() for one in card.findChildren(QLabel) if one.isVisible())
