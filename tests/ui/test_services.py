"""The directory on screen: imported in Réglages with each broken line told, searched, and somebody sent to a service."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from milomobile.paths import RESOURCES
from milomobile.ui.desk import Desk
from milomobile.ui.pages.services import ServicesSheet
from milomobile.ui.parts.rows import LINE
from milomobile.ui.window import Window
from tests.conftest import line
from tests.ui.test_window import desk_of, named, window  # noqa: F401

EXAMPLE = RESOURCES / "directory" / "exemple_fictif.json"
HEADER = "source;id;nom;date_maj;structure_id;description\n"


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Desk:  # noqa: F811
    made = desk_of(window, qtbot)
    record, _ = made._verbs.read(line(at=made._verbs.now().isoformat()))
    assert record
    made._verbs.register(record)
    return made


def import_in_settings(desk: Desk, qtbot: QtBot, file: Path) -> str:
    desk.show_place("settings")
    card = desk.settings.directory
    card.take(file)
    qtbot.waitUntil(lambda: card.go.isEnabled() and card._said.count() > 0, timeout=10_000)
    return card._known.text()


def test_a_file_is_imported_and_its_broken_lines_are_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show_place("settings")
    assert desk.settings.directory._known.text() == "Aucun service sur ce poste."
    assert import_in_settings(desk, qtbot, EXAMPLE) == "5 services sur ce poste"
    assert desk.settings.directory.faults.isHidden()
    file = tmp_path / "a.csv"
    file.write_text(HEADER + "x;s1;Antenne;2026-01-01;;\n" + "x;v;;2026-01-01;s1;Une aide.\n" * 3, encoding="utf-8")
    import_in_settings(desk, qtbot, file)
    qtbot.waitUntil(lambda: "ligne 4" in desk.settings.directory.faults.toPlainText())
    assert "ligne 3 : Il manque « nom »." in desk.settings.directory.faults.toPlainText()


def test_somebody_is_sent_to_a_service_by_keyboard(desk: Desk, qtbot: QtBot) -> None:
    import_in_settings(desk, qtbot, EXAMPLE)
    desk.show_place("people")
    desk.people.show_person(desk._verbs.day().met[0].person or "")
    qtbot.waitUntil(lambda: bool(named(desk.people, "Orienter vers un service")))
    named(desk.people, "Orienter vers un service")[0].click()
    sheet = desk.window().findChild(ServicesSheet)
    assert sheet is not None
    assert not sheet.go.isEnabled()
    qtbot.keyClicks(sheet.words.edit, "foyer")
    qtbot.waitUntil(lambda: sheet.list.count() == 1)
    sheet.list.setFocus()
    sheet.list.setCurrentRow(0)
    with qtbot.waitSignal(sheet.referred):
        qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    person = desk._verbs.day().met[0].person or ""
    assert [one.service for one in desk._verbs.referrals(person)] == ["demo--v2"]
    assert desk._verbs.waiting().total > 0


def test_old_services_are_marked_and_the_oldest_asked_for(desk: Desk, qtbot: QtBot) -> None:
    sheet = ServicesSheet(desk._verbs, "nobody", "57463", desk)
    assert "vide" in sheet._count.text()
    desk._verbs.import_directory(EXAMPLE)
    sheet.refresh()
    few = sheet.list.count()
    sheet.old.setChecked(True)
    assert sheet.list.count() > few
    pills = {sheet.list.item(place).data(LINE).pill for place in range(sheet.list.count())}
    assert "Ancien" in pills
    sheet.need.setCurrentIndex(sheet.need.findData("sante"))
    assert all("sante" in str(offer.service.themes) for offer in sheet._offers)
    sheet.list.setCurrentRow(0)
    sheet.refer()
    assert sheet._said.count() == 1
    sheet.reject()
