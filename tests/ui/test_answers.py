"""Answers in the form that are odd: too long, in capitals, impossible, or not fitting each other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from milomobile.ui.desk import Desk
from tests.ui.hands import Keyboard, edit, essentials, put


def test_ten_thousand_characters_pasted_say_so_and_stay_in_the_draft(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    essentials(form)
    QApplication.clipboard().setText("Ines " * 2000)
    edit(form, "person.given_name").selectAll()
    edit(form, "person.given_name").paste()
    edit(form, "person.given_name").editingFinished.emit()
    assert "80 au plus" in edit(form, "person.given_name").accessibleDescription()
    form.save()
    assert desk._verbs.count_people() == 0
    form.keep()
    assert len(str(desk._verbs.drafts()[0].answers["person.given_name"])) == 9999


def test_a_commune_and_a_postal_code_that_do_not_fit_are_warned_whichever_comes_last(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    put(form, "person.postal_code", "57140")
    assert edit(form, "person.postal_code").accessibleDescription() == ""
    put(form, "person.commune", "metz")
    assert "pas celui de la commune" in edit(form, "person.postal_code").accessibleDescription()
    assert form.folds["home"].is_open()
    put(form, "person.commune", "woippy")
    assert edit(form, "person.postal_code").accessibleDescription() == ""


def test_what_begins_one_answer_alone_is_that_answer(desk: Desk, keys: Keyboard) -> None:
    desk.register()
    form = desk.registration
    form.sections.focus_on("situation.diploma")
    keys.type("cap")
    keys.press(Qt.Key.Key_Return)
    assert edit(form, "situation.diploma").text() == "CAP / BEP"
    form.sections.focus_on("situation.level")
    keys.type("niveau")
    keys.press(Qt.Key.Key_Return)
    assert "Choisissez" in edit(form, "situation.level").accessibleDescription()


@pytest.mark.parametrize(
    ("typed", "shown", "said"),
    [
        ("29022008", "29/02/2008", ""),
        ("29/2/2007", "29/2/2007", "Le 29 février n’existe pas en 2007."),
        ("hier", "hier", "Écrivez la date"),
    ],
)
def test_dates_are_read_back(desk: Desk, typed: str, shown: str, said: str) -> None:
    desk.register()
    put(desk.registration, "person.birth_date", typed)
    asked = edit(desk.registration, "person.birth_date")
    assert asked.text() == shown
    assert asked.accessibleDescription().startswith(said) and bool(asked.accessibleDescription()) == bool(said)


def test_names_are_kept_as_said_and_matched_as_meant(desk: Desk) -> None:
    for given, born, name in (("Inès", "12/03/2007", "Boussole"), ("  INES ", "12 mars 2007", "BOUSSOLE  ")):
        desk.register()
        form = desk.registration
        essentials(form)
        put(form, "person.given_name", given)
        put(form, "person.birth_name", name)
        put(form, "person.birth_date", born)
        form.save()
    assert [one.name for one in desk._verbs.search("boussole")] == ["Inès Boussole"]
    assert desk._verbs.day().registrations == 2
