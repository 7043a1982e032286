"""The directory on screen: imported in Réglages with each broken line told, searched, and somebody sent to a service."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from milomobile.domain.outings import Halt
from milomobile.paths import RESOURCES
from milomobile.ui.desk import Desk
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.rows import LINE
from milomobile.ui.parts.services import ServicesSheet
from milomobile.ui.window import Window
from tests.conftest import line
from tests.ui.hands import essentials, put
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
    desk.settings.show_section("Listes et annuaire")
    card = desk.settings.directory
    card.take(file)
    qtbot.waitUntil(lambda: card.go.isEnabled() and card._said.count() > 0, timeout=10_000)
    return card._known.text()


def test_a_file_is_imported_and_its_broken_lines_are_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show_place("settings")
    desk.settings.show_section("Listes et annuaire")
    assert desk.settings.directory._known.text().startswith("Aucun service sur ce poste. Demandez")
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
    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    person = desk._verbs.day().met[0].person or ""
    assert [one.service for one in desk._verbs.referrals(person)] == ["demo--v2"]
    assert desk._verbs.waiting().total > 0


def test_old_services_are_marked_and_the_oldest_asked_for(desk: Desk, qtbot: QtBot) -> None:
    sheet = ServicesSheet(desk._verbs, lambda offer: desk._verbs.refer("nobody", offer.service.id), "57463", (), desk)
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


def open_form(desk: Desk) -> RegistrationPage:
    desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", None, Halt())
    desk.register()
    return desk.registration


def outcome(form: RegistrationPage) -> str | None:
    made = form.fields["outcome"]
    assert isinstance(made, Codes)
    return made.value()


def tick(form: RegistrationPage, name: str, *codes: str) -> None:
    made = form.fields[name]
    assert isinstance(made, Choices)
    made.choose(list(codes))


def ask(form: RegistrationPage, qtbot: QtBot) -> ServicesSheet:
    """Opens the directory from section 5, by keyboard."""
    form.referring.ask.setFocus()
    qtbot.keyClick(form.referring.ask, Qt.Key.Key_Space)
    sheet = [made for made in form.window().findChildren(ServicesSheet) if made.isVisible()][-1]
    return sheet


def choose(sheet: ServicesSheet, qtbot: QtBot, name: str) -> None:
    names = [sheet.list.item(place).data(LINE).name for place in range(sheet.list.count())]
    sheet.list.setFocus()
    sheet.list.setCurrentRow(names.index(name))
    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(sheet.list, Qt.Key.Key_Return)


def test_a_service_chosen_in_the_form_is_kept_taken_away_and_saved_with_it(desk: Desk, qtbot: QtBot) -> None:
    desk._verbs.import_directory(EXAMPLE)
    form = open_form(desk)
    essentials(form)
    put(form, "person.commune", "Metz")
    tick(form, "needs", "LOGEMENT")
    sheet = ask(form, qtbot)
    assert sheet.need.currentData() == "logement-hebergement" and sheet._commune == "57463"
    name = sheet._offers[0].service.name
    choose(sheet, qtbot, name)
    assert outcome(form) == "ORIENTE_PARTENAIRE"
    form.keep()
    (draft,) = desk._verbs.drafts()
    form.open(draft)
    assert form.answers.kept()["referral"] == {
        "id": "demo--v2",
        "name": name,
        "structure": form.referring._chosen["structure"],
    }
    away = next(made for made in form.referring.findChildren(QPushButton) if made.text() == "Retirer")
    assert name in away.accessibleName()
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert outcome(form) == "INFORMATION_SIMPLE" and QApplication.focusWidget() is form.referring.ask
    choose(ask(form, qtbot), qtbot, name)
    with qtbot.waitSignal(form.saved):
        form.save()
    person = next(one.person for one in desk._verbs.day().met if one.name.startswith("Ines"))
    assert [one.service for one in desk._verbs.referrals(person or "")] == ["demo--v2"]
    desk.register()
    assert form.referring.answers() == {} and outcome(form) == "INFORMATION_SIMPLE"


def test_several_needs_are_looked_for_at_once_and_an_outcome_chosen_stays(desk: Desk, qtbot: QtBot) -> None:
    form = open_form(desk)
    empty = ask(form, qtbot)
    assert "vide" in empty._count.text()
    empty.reject()
    desk._verbs.import_directory(EXAMPLE)
    tick(form, "needs", "SANTE")
    tick(form, "barriers", "mobilite", "sante")
    made = form.fields["outcome"]
    assert isinstance(made, Codes)
    made.choose("RDV_PRIS")
    sheet = ask(form, qtbot)
    sheet.old.setChecked(True)
    found = {theme.split("--")[0] for offer in sheet._offers for theme in offer.service.themes}
    assert found >= {"mobilite", "sante"} and sheet.need.currentText() == "Les 2 besoins cochés"
    choose(sheet, qtbot, sheet._offers[0].service.name)
    assert outcome(form) == "RDV_PRIS"


def test_a_service_that_left_the_directory_meanwhile_is_said_and_nothing_is_lost(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk._verbs.import_directory(EXAMPLE)
    form = open_form(desk)
    essentials(form)
    sheet = ask(form, qtbot)
    choose(sheet, qtbot, next(one.service.name for one in sheet._offers if one.service.id == "demo--v2"))
    shorter = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    shorter["services"] = [one for one in shorter["services"] if one["id"] != "demo--v2"]
    (tmp_path / "a.json").write_text(json.dumps(shorter), encoding="utf-8")
    desk._verbs.import_directory(tmp_path / "a.json")
    met = len(desk._verbs.day().met)
    form.save()
    assert len(desk._verbs.day().met) == met
    shown = [made.text() for made in form.sections.findChildren(QLabel)]
    assert any("plus dans l’annuaire" in text for text in shown)
    assert form._form.answers()["person.given_name"] == "Ines"
