"""Knowing someone again in the form and on their page: by keyboard, by mouse, over a real profile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.encounters import Anonymous, Named
from milomobile.ui.desk import Desk
from milomobile.ui.form.already import Already
from milomobile.ui.pages.compare import CompareSheet
from tests.ui.hands import Keyboard, choose, edit, essentials, put

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def ines(desk: Desk, qtbot: QtBot) -> str:
    """Inès Boussole was met, with her date of birth."""
    return meet(desk, qtbot, "Ines", "12/03/2007")


def meet(desk: Desk, qtbot: QtBot, name: str, born: str) -> str:
    desk.register()
    essentials(desk.registration, name)
    put(desk.registration, "person.birth_date", born)
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    found = next(row.person for row in desk._verbs.day().met)
    assert found
    return found


def buttons(panel: Already) -> list[str]:
    return [made.text() for made in panel.findChildren(QPushButton) if made.isVisibleTo(panel)]


def click(qtbot: QtBot, within: QWidget, text: str) -> None:
    def found() -> list[QPushButton]:
        return [one for one in within.findChildren(QPushButton) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def shown(desk: Desk, qtbot: QtBot) -> Already:
    qtbot.waitUntil(desk.registration.already.isVisible)
    return desk.registration.already


def test_someone_known_appears_while_typed_and_is_taken_up_by_keyboard(
    desk: Desk, ines: str, keys: Keyboard, qtbot: QtBot
) -> None:
    desk.register()
    form = desk.registration
    keys.type("ines")
    keys.press(Qt.Key.Key_Return)
    keys.type("Bousole")
    panel = shown(desk, qtbot)
    assert QApplication.focusWidget() is edit(form, "person.birth_name"), "the focus is never stolen"
    assert buttons(panel) == ["Oui, reprendre sa fiche", "Non, autre personne"]
    put(form, "person.email", "ines@example.org")
    keys.press(Qt.Key.Key_D, ALT)
    keys.press(Qt.Key.Key_Space)
    assert (edit(form, "person.given_name").text(), edit(form, "person.birth_name").text()) == ("Ines", "Boussole")
    assert edit(form, "person.birth_date").text() == "12/03/2007"
    assert edit(form, "person.email").text() == "ines@example.org", "what was typed stays"
    choose(form, "needs", "LOGEMENT")
    with qtbot.waitSignal(form.saved):
        keys.press(Qt.Key.Key_Return, CONTROL)
    sheet = desk._verbs.sheet(ines)
    assert len(sheet.encounters) == 2 and sheet.person.email == "ines@example.org"
    assert desk._verbs.count_people() == 1


def test_somebody_else_of_nearly_the_name_is_remembered_as_such(desk: Desk, ines: str, qtbot: QtBot) -> None:
    desk.register()
    form = desk.registration
    essentials(form, "Inez")
    put(form, "person.birth_date", "12/03/2007")
    click(qtbot, shown(desk, qtbot), "Non, autre personne")
    qtbot.waitUntil(lambda: not form.already.isVisible())
    put(form, "person.phone", "0353019999")
    form.already.look()
    assert not form.already.isVisible()
    form.keep()
    draft = desk._verbs.drafts()[0]
    desk.show_place("today")
    desk.writing.open(draft)
    form.already.look()
    assert not form.already.isVisible(), "a draft remembers it too"
    with qtbot.waitSignal(form.saved):
        form.save()
    assert desk._verbs.count_people() == 2
    other = next(one.id for one in desk._verbs.search("inez"))
    assert desk._verbs.doubles(other) == [] == desk._verbs.doubles(ines)


def test_a_file_taken_up_by_mistake_leaves_the_form_as_it_was(desk: Desk, ines: str, qtbot: QtBot) -> None:
    desk.register()
    form = desk.registration
    put(form, "person.given_name", "Inez")
    put(form, "person.birth_name", "Bousol")
    put(form, "person.phone", "0353010101")
    click(qtbot, shown(desk, qtbot), "Oui, reprendre sa fiche")
    assert form._head.title() == "Nouvelle rencontre" and edit(form, "person.given_name").text() == "Ines"
    click(qtbot, form.already, "Ce n’est pas cette personne")
    assert form._head.title() == "Nouvelle inscription"
    answers = {name: edit(form, name).text() for name in ("person.given_name", "person.birth_name", "person.phone")}
    assert list(answers.values()) == ["Inez", "Bousol", "03 53 01 01 01"]
    assert edit(form, "person.birth_date").text() == ""


def test_a_draft_of_a_file_taken_up_goes_on_as_that(desk: Desk, ines: str, qtbot: QtBot) -> None:
    desk.writing.meet_again(ines)
    choose(desk.registration, "needs", "EMPLOI")
    desk.show_place("today")
    desk.writing.open(desk._verbs.drafts()[0])
    assert desk.registration._head.title() == "Nouvelle rencontre" and desk.registration.already.isVisible()
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    assert len(desk._verbs.sheet(ines).encounters) == 2


def test_an_encounter_is_added_from_somebodys_page_by_keyboard(
    desk: Desk, ines: str, keys: Keyboard, qtbot: QtBot
) -> None:
    desk._show_person(ines)
    qtbot.waitUntil(lambda: desk.people.detail.person == ines)
    keys.press(Qt.Key.Key_R, CONTROL)
    focused = QApplication.focusWidget()
    assert focused and desk.registration.fields["needs"].isAncestorOf(focused)
    keys.press(Qt.Key.Key_1)
    with qtbot.waitSignal(desk.registration.saved):
        keys.press(Qt.Key.Key_Return, CONTROL)
    assert desk._stack.currentWidget() is desk.people and desk.people.detail.person == ines
    assert next(one.needs for one in desk._verbs.sheet(ines).encounters) == ("Emploi",)


def test_an_agreement_unticked_in_a_file_taken_up_is_withdrawn(desk: Desk, ines: str, qtbot: QtBot) -> None:
    desk.writing.meet_again(ines)
    box = desk.registration.fields["agrees.sms"]
    box.setChecked(True)  # type: ignore[union-attr]
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    assert desk._verbs.met_again(ines)["agrees.sms"] is True
    desk.writing.meet_again(ines)
    box.setChecked(False)  # type: ignore[union-attr]
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    assert "agrees.sms" not in desk._verbs.met_again(ines)


def test_an_encounter_is_corrected_from_the_line_of_encounters(desk: Desk, ines: str, qtbot: QtBot) -> None:
    desk._show_person(ines)
    qtbot.waitUntil(lambda: desk.people.detail.person == ines)
    line = desk.people.detail.findChild(QListWidget)
    assert line
    line.itemActivated.emit(line.item(0))
    form = desk.registration
    assert form._head.title() == "Correction" and not form.already.isVisible()
    put(form, "person.birth_name", "")
    form.save()
    assert form.isVisible(), "a refused correction stays in the form"
    put(form, "person.birth_name", "Boussole-Marin")
    choose(form, "needs", "FORMATION")
    with qtbot.waitSignal(form.saved):
        form.save()
    assert desk._stack.currentWidget() is desk.people and desk.people.detail.person == ines
    sheet = desk._verbs.sheet(ines)
    assert sheet.person.birth_name == "Boussole-Marin" and len(sheet.encounters) == 1
    assert [one.fields for one in sheet.corrections] == [("needs", "person.birth_name")]
    texts = [
        line.item(row).text() for line in desk.people.detail.findChildren(QListWidget) for row in range(line.count())
    ]
    assert any("Fiche corrigée, Demandes, Nom" in text for text in texts), texts


def test_a_correction_set_aside_is_a_draft_and_goes_on_as_a_correction(desk: Desk, ines: str, qtbot: QtBot) -> None:
    desk._show_person(ines)
    click(qtbot, desk.people.detail, "Modifier")
    put(desk.registration, "person.email", "ines@example.org")
    desk.registration._set_aside()
    [draft] = desk._verbs.drafts()
    desk.writing.open(draft)
    assert desk.registration._head.title() == "Correction"
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    assert desk._verbs.sheet(ines).person.email == "ines@example.org" and desk._verbs.drafts() == []
    assert desk._verbs.day().registrations == 1


def test_two_files_are_compared_merged_and_parted_from_the_page(desk: Desk, ines: str, qtbot: QtBot) -> None:
    other = meet(desk, qtbot, "Inez", "12/03/2007")
    assert other != ines
    desk._show_person(ines)
    click(qtbot, desk.people.detail, "Comparer")
    sheet = desk.window().findChild(CompareSheet)
    assert sheet
    with qtbot.waitSignal(sheet.told):
        click(qtbot, sheet, "Réunir les deux fiches")
    assert desk._verbs.count_people() == 1 and len(desk._verbs.sheet(ines).encounters) == 2
    click(qtbot, desk.people.detail, "Séparer")
    assert desk._verbs.count_people() == 2


def test_an_anonymous_contact_gives_a_name_and_is_counted_once(
    desk: Desk, keys: Keyboard, qtbot: QtBot, open_desk: Callable[[], Desk]
) -> None:
    at = desk._verbs.now()
    desk._verbs.register(Anonymous(at, "Marché de Borny", "ARRET_MILO_MOBILE", "18-21", "F", ("LOGEMENT",)))
    desk.today.refresh()
    desk.today.met.itemActivated.emit(desk.today.met.item(0))
    form = desk.registration
    assert form._head.title() == "Un nom pour un contact anonyme"
    assert form.fields["person.sex"].value() == "F" and form.fields["needs"].values() == ["LOGEMENT"]  # type: ignore[union-attr]
    essentials(form)
    with qtbot.waitSignal(form.saved):
        form.save()
    day = desk._verbs.day()
    assert (day.encounters, day.registrations, day.anonymous) == (1, 1, 0)
    assert [row.state for row in day.met] == ["incomplete"]


def test_a_line_read_by_the_form_is_the_one_registered(desk: Desk, ines: str) -> None:
    desk.writing.meet_again(ines)
    value = desk.registration.answers.read()[0]
    assert isinstance(value, Named) and value.same_as == ines


def test_somebody_of_an_office_s_list_is_proposed_and_taken(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "psad.csv"
    file.write_bytes("Nom;Prénom;Né le;Portable\nBoussole;Inès;12/03/2007;0353011234\n".encode("cp1252"))
    desk._verbs.import_list(file, "PSAD de novembre", desk._verbs.open_list(file).meanings, 12)
    desk.register()
    form = desk.registration
    put(form, "person.given_name", "Ines")
    put(form, "person.birth_name", "Bousole")
    qtbot.waitUntil(form.looked_for.isVisible)
    click(qtbot, form.looked_for, "Oui, c’est cette personne")
    shown = {name: edit(form, f"person.{name}").text() for name in ("given_name", "birth_name", "birth_date", "phone")}
    assert list(shown.values()) == ["Inès", "Boussole", "12/03/2007", "03 53 01 12 34"]
    assert not form.looked_for.isVisible()
    choose(form, "situation.category", "SANS_SITUATION")
    choose(form, "notice.how", "ORAL_AFFICHE")
    with qtbot.waitSignal(form.saved):
        form.save()
    [kept] = desk._verbs.sought_lists()
    assert (kept.people, kept.found) == (1, 1)
    assert desk._verbs.sought("Ines", "Boussole", "", "") == []


def test_nobody_under_16_is_offered_a_name(desk: Desk, qtbot: QtBot) -> None:
    for band in ("MOINS_16", "16-17"):
        desk._verbs.register(Anonymous(desk._verbs.now(), "Marché de Borny", "ARRET_MILO_MOBILE", band, "F"))
    assert {row.age: row.nameable for row in desk._verbs.day().met} == {"Moins de 16 ans": False, "16-17 ans": True}
    desk.register()
    put(desk.registration, "person.birth_date", f"01/01/{desk._verbs.now().year - 13}")
    assert not any("I-MILO" in fact for fact in desk.registration.facts.texts())
    assert desk.registration.fields["handover"].value() == "A_RATTACHER"  # type: ignore[union-attr]
