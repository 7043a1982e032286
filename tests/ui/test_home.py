"""Where somebody lives, in the form: by keyboard and by mouse, over a real profile and the office's lists."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from milomobile.actions.open import open_profile
from milomobile.domain.people import Sheet
from milomobile.store.inbox import Inbox
from milomobile.ui.desk import Desk
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.fields import Field
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.ui.hands import Keyboard, choose, edit, essentials, put

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(desk: Desk) -> RegistrationPage:
    desk.register()
    return desk.registration


@pytest.fixture
def told(folder: Path) -> None:
    """The office's streets and Missions Locales were read before the window opens."""
    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    street = {"commune": "57463", "street": "Boulevard de Provence", "from": None, "to": None, "parity": None}
    items = [
        {"kind": "street", "id": "1", "set": {**street, "qpv": "QN05720M"}},
        {"kind": "mission", "id": "57672S00", "set": {"name": "Nord Mosellan", "rank": "1", "communes": "57672"}},
        {"kind": "mission", "id": "57606S00", "set": {"name": "Moselle Centre", "rank": "2"}},
    ]
    Inbox(profile.store).take("reference", items, "c", whole=False)
    profile.close()


def value(form: RegistrationPage, name: str) -> str | None:
    made = form.fields[name]
    assert isinstance(made, Codes | Choices)
    return made.value()


def listed(form: RegistrationPage, name: str) -> list[str]:
    completer = edit(form, name).completer()
    model: QAbstractItemModel = completer.completionModel()
    return [str(model.index(line, 0).data()) for line in range(model.rowCount())]


def click(qtbot: QtBot, form: RegistrationPage, name: str) -> None:
    made = form.fields[name]
    assert isinstance(made, QCheckBox)
    form.sections.focus_on(name)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(12, made.height() // 2))


def saved(desk: Desk, qtbot: QtBot, form: RegistrationPage) -> Sheet:
    essentials(form)
    with qtbot.waitSignal(form.saved):
        form.save()
    return desk._verbs.sheet(desk._verbs.search("boussole")[0].id)


def test_a_commune_by_its_name_is_shown_with_its_postal_code(
    desk: Desk, form: RegistrationPage, keys: Keyboard, qtbot: QtBot
) -> None:
    form.sections.focus_on("person.commune")
    keys.type("st julien les me")
    keys.press(Qt.Key.Key_Return)
    assert edit(form, "person.commune").text() == "Saint-Julien-lès-Metz (57070)"
    assert QApplication.focusWidget() is not edit(form, "person.commune")
    assert value(form, "person.commune") == "57616"
    assert edit(form, "person.postal_code").text() == "", "nobody typed one"
    assert saved(desk, qtbot, form).person.commune == "57616"


def test_a_postal_code_lists_its_communes_and_is_kept_with_the_one_chosen(
    form: RegistrationPage, keys: Keyboard, qtbot: QtBot
) -> None:
    form.sections.focus_on("person.commune")
    keys.type("57050")
    popup = edit(form, "person.commune").completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert len(listed(form, "person.commune")) > 3
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    chosen = listed(form, "person.commune")[1]
    qtbot.waitUntil(lambda: edit(form, "person.commune").text() == chosen)
    edit(form, "person.commune").editingFinished.emit()
    assert value(form, "person.commune")
    assert edit(form, "person.postal_code").text() == "57050"
    put(form, "person.commune", "thionville")
    assert edit(form, "person.postal_code").text() == "", "it goes with the commune it was typed for"


def test_a_commune_is_chosen_by_the_mouse(form: RegistrationPage, keys: Keyboard, qtbot: QtBot) -> None:
    form.sections.focus_on("person.commune")
    keys.type("57220")
    popup = edit(form, "person.commune").completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert len(listed(form, "person.commune")) == 32
    third = popup.model().index(2, 0)
    popup.scrollTo(third)
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualRect(third).center())
    assert edit(form, "person.commune").text() == third.data()
    assert value(form, "person.commune")


def test_a_name_of_many_communes_or_of_none_is_asked_again(form: RegistrationPage) -> None:
    for typed in ("saint-aubin", "nulle part"):
        put(form, "person.commune", typed)
        assert edit(form, "person.commune").accessibleDescription() == "Choisissez une réponse de la liste."
    put(form, "person.commune", "Saint-Aubin (39410)")
    assert edit(form, "person.commune").accessibleDescription() == "" and value(form, "person.commune") == "39476"


def test_a_draft_brings_commune_and_all_of_the_home_back(desk: Desk, form: RegistrationPage, keys: Keyboard) -> None:
    put(form, "person.given_name", "Ines")
    put(form, "person.commune", "metz")
    put(form, "person.qpv", "borny")
    choose(form, "person.qpv_status", "A_VERIFIER")
    form._set_aside()
    desk.register()
    put(desk.registration, "person.commune", "thionville")
    desk.writing.open(desk._verbs.drafts()[0])
    found = [value(form, f"person.{name}") for name in ("commune", "qpv", "qpv_status")]
    assert found == ["57463", "QN05720M", "A_VERIFIER"]
    assert edit(form, "person.commune").text() == "Metz (57000)"


def test_no_qpv_in_the_commune_is_a_no_until_somebody_says_otherwise(form: RegistrationPage) -> None:
    for commune, status in (("montigny-les-metz", "NON"), ("metz", None), ("thionville", None), ("peltre", "NON")):
        put(form, "person.commune", commune)
        assert value(form, "person.qpv_status") == status, commune
        assert form.fields["person.qpv"].isEnabled() == (commune == "metz")
    choose(form, "person.qpv_status", "A_VERIFIER")
    put(form, "person.commune", "metz")
    assert value(form, "person.qpv_status") == "A_VERIFIER"


def test_the_qpv_are_those_of_the_commune_and_one_chosen_says_yes(form: RegistrationPage) -> None:
    put(form, "person.qpv", "roi")
    assert (value(form, "person.commune"), value(form, "person.qpv_status")) == ("57751", "OUI")
    edit(form, "person.qpv").textEdited.emit("")
    assert listed(form, "person.qpv") == ["Saint-Éloy – Boileau – Pré Génie", "Roi"]
    put(form, "person.commune", "metz")
    assert (value(form, "person.qpv"), value(form, "person.qpv_status")) == (None, None)
    edit(form, "person.qpv").textEdited.emit("")
    assert len(listed(form, "person.qpv")) == 7
    put(form, "person.qpv", "borny")
    choose(form, "person.qpv_status", "NON")
    assert edit(form, "person.qpv").text() == ""


def test_the_stop_says_nothing_of_where_somebody_lives(desk: Desk, form: RegistrationPage, qtbot: QtBot) -> None:
    person = saved(desk, qtbot, form).person
    assert (person.commune, person.qpv, person.qpv_status, person.qpv_generation) == (None, None, None, None)


@pytest.mark.usefixtures("told")
def test_an_address_proposes_its_qpv_and_the_keyboard_says_yes(
    desk: Desk, form: RegistrationPage, keys: Keyboard, qtbot: QtBot
) -> None:
    put(form, "person.commune", "metz")
    form.sections.focus_on("person.address")
    keys.type("12 bd de provance")
    offer = form._home.offer
    assert offer.isVisible()
    assert offer.text() == "Cette adresse est sans doute dans le quartier Borny (QPV)."
    assert value(form, "person.qpv_status") is None, "nothing is decided"
    keys.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is offer.yes
    keys.press(Qt.Key.Key_Space)
    assert (value(form, "person.qpv"), value(form, "person.qpv_status")) == ("QN05720M", "OUI")
    assert not offer.isVisible() and QApplication.focusWidget() is form.fields["person.no_address"]
    person = saved(desk, qtbot, form).person
    assert (person.qpv, person.qpv_status, person.qpv_generation) == ("QN05720M", "OUI", "2024")


@pytest.mark.usefixtures("told")
def test_the_mouse_says_no_and_is_not_asked_again(form: RegistrationPage, qtbot: QtBot) -> None:
    put(form, "person.commune", "metz")
    form.sections.focus_on("person.address")
    put(form, "person.address", "12 boulevard de Provence")
    offer = form._home.offer
    qtbot.mouseClick(offer.no, Qt.MouseButton.LeftButton)
    assert value(form, "person.qpv_status") == "NON" and not offer.isVisible()
    put(form, "person.address", "14 boulevard de Provence")
    assert not offer.isVisible(), "the answer stands"
    choose(form, "person.qpv_status", "A_VERIFIER")
    assert offer.isVisible()
    put(form, "person.address", "14 rue de nulle part")
    assert not offer.isVisible()


def test_abroad_the_country_is_asked_instead_of_the_commune(
    desk: Desk, form: RegistrationPage, keys: Keyboard, qtbot: QtBot
) -> None:
    put(form, "person.commune", "metz")
    form.folds["home"].open(True)
    form.sections.focus_on("abroad")
    keys.press(Qt.Key.Key_Space)
    for name in ("person.commune", "person.qpv", "person.qpv_status", "person.postal_code"):
        assert not form.fields[name].isVisible()
    form.sections.focus_on("person.country")
    keys.type("lux")
    assert listed(form, "person.country") == ["Luxembourg"]
    put(form, "person.country", "Luxembourg")
    put(form, "person.address", "3 rue de la Gare, Esch")
    assert "choisissez plus bas" in form._home.outside.text()
    sheet = saved(desk, qtbot, form)
    assert (sheet.person.country, sheet.person.commune, sheet.outside) == ("Luxembourg", None, True)
    assert sheet.handover and sheet.handover.startswith("Hors périmètre")


def test_without_a_stable_address_one_asks_where_to_reach_them(
    desk: Desk, form: RegistrationPage, qtbot: QtBot
) -> None:
    address = form.fields["person.address"]
    assert isinstance(address, Field)
    click(qtbot, form, "person.no_address")
    assert address.edit.accessibleName() == "Où joindre la personne\u00a0?"
    put(form, "person.address", "Foyer Carrefour")
    sheet = saved(desk, qtbot, form)
    assert sheet.person.no_address
    desk.people.show_person(sheet.id)
    shown = {made.text() for made in desk.people.findChildren(QLabel)}
    assert "Sans adresse stable. À joindre\u00a0: Foyer Carrefour" in shown
    desk.register()
    assert address.edit.accessibleName() == "Adresse" and not made_checked(form, "person.no_address")


def made_checked(form: RegistrationPage, name: str) -> bool:
    made = form.fields[name]
    assert isinstance(made, Check)
    return made.isChecked()


def test_outside_the_pays_messin_the_competent_mission_locale_is_proposed(
    desk: Desk, form: RegistrationPage, qtbot: QtBot
) -> None:
    put(form, "person.commune", "thionville")
    assert form._home.outside.text() == (
        "Hors du Pays Messin\u00a0: la Mission Locale du Nord Mosellan pourra prendre le relais."
    )
    assert (value(form, "structure"), value(form, "handover")) == ("57672S00", "HORS_PERIMETRE")
    put(form, "person.commune", "metz")
    assert form._home.outside.isHidden() and not form.fields["structure"].isVisible()
    assert (value(form, "structure"), value(form, "handover")) == (None, "A_RATTACHER")
    put(form, "person.commune", "thionville")
    put(form, "structure", "Mission Locale du Bassin de Longwy")
    put(form, "person.commune", "nancy")
    assert value(form, "structure") == "54323S00", "somebody chose it"
    sheet = saved(desk, qtbot, form)
    assert (sheet.outside, sheet.structure) == (True, "Mission Locale du Bassin de Longwy")
    desk.people.show_person(sheet.id)
    shown = {made.text() for made in desk.people.findChildren(QLabel)}
    assert {"Hors Pays Messin", "Mission Locale du Bassin de Longwy"} <= shown
    desk.show_place("report")
    words = "Dont 1 jeune hors du Pays Messin, d’une autre Mission Locale"
    qtbot.waitUntil(lambda: any(words in made.text() for made in desk.report.findChildren(QLabel)), timeout=10_000)


@pytest.mark.usefixtures("told")
def test_the_offices_missions_locales_are_those_proposed(form: RegistrationPage) -> None:
    put(form, "person.commune", "nancy")
    assert value(form, "structure") is None and form.fields["structure"].isVisible()
    assert listed(form, "structure")[:2] == ["Nord Mosellan", "Moselle Centre"]
    put(form, "person.commune", "thionville")
    assert value(form, "structure") == "57672S00"


def test_who_says_ours_all_the_same_is_ours(form: RegistrationPage) -> None:
    put(form, "person.commune", "thionville")
    put(form, "structure", "Mission Locale du Pays Messin")
    assert value(form, "handover") == "A_RATTACHER" and form._home.outside.isHidden()


def test_what_is_proposed_is_found_without_accents_and_said_at_once(
    form: RegistrationPage, keys: Keyboard, qtbot: QtBot
) -> None:
    form.sections.focus_on("person.qpv")
    keys.type("vallieres")
    popup = edit(form, "person.qpv").completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert listed(form, "person.qpv") == ["Hauts de Vallières"]
    assert popup.objectName() == "completions", "dressed as a list, whatever the field"
    qtbot.mouseClick(
        popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualRect(popup.model().index(0, 0)).center()
    )
    assert value(form, "person.qpv_status") == "OUI", "what is clicked counts without leaving the field"
    put(form, "person.commune", "woippy")
    form.sections.focus_on("person.qpv")
    keys.type("patrotte")
    keys.press(Qt.Key.Key_Return)
    assert value(form, "person.qpv") is None, "it lies in Metz"
