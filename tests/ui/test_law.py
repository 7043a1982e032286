"""What the law asks, on the screen: looking at a file is noted once, and the journal is read by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from milomobile.domain.reading import read
from milomobile.ui.desk import Desk
from milomobile.ui.parts.law import LawCard
from tests.conftest import line


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
