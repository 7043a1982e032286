"""The form over a real encrypted profile, driven by the keyboard: its shortest path, its drafts, what it asks and hides."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from milomobile.actions.open import open_profile
from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.outings import Halt
from milomobile.store import settings
from milomobile.store.tables import Draft, Outbox
from milomobile.ui.desk import Desk
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.fold import Fold
from sync import records
from tests.conftest import ADVISER, PASSWORD
from tests.ui.hands import Keyboard, choose, edit, essentials, put

CONTROL = Qt.KeyboardModifier.ControlModifier
SEALING = X25519PrivateKey.generate()


def test_the_shortest_path_takes_at_most_14_strokes_beyond_the_words(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    desk.show_place("today")
    desk.today.new.setFocus()
    keys.press(Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is edit(desk.registration, "person.given_name"))
    keys.type("Ines")
    keys.press(Qt.Key.Key_Return)
    keys.type("Boussole")
    keys.press(Qt.Key.Key_Return)
    keys.type("12032007")
    keys.press(Qt.Key.Key_F3)
    keys.type("0353011234")
    keys.press(Qt.Key.Key_F3)
    keys.press(Qt.Key.Key_9)
    keys.press(Qt.Key.Key_F3)
    keys.press(Qt.Key.Key_1)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Space)
    with qtbot.waitSignal(desk.registration.saved):
        keys.press(Qt.Key.Key_Return, CONTROL)
    assert keys.strokes <= 14
    found = desk._verbs.search("boussole")[0]
    person = desk._verbs.sheet(found.id).person
    assert (found.complete, person.birth_date, person.phone) == (True, datetime(2007, 3, 12).date(), "+33353011234")
    assert QApplication.focusWidget() is desk.today.new


def test_enter_goes_through_what_is_shown_and_never_saves(desk: Desk, keys: Keyboard) -> None:
    desk.register()
    form = desk.registration
    seen = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        seen += [
            name for name, made in form.fields.items() if focused and (made is focused or made.isAncestorOf(focused))
        ]
        if focused is form._bar.saving:
            break
        keys.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form._bar.saving
    assert seen[:3] == ["person.given_name", "person.birth_name", "person.birth_date"]
    assert "person.stated_age" in seen, "asked once the date was left empty"
    assert "notice.how" in seen and "agrees.email" in seen
    assert not {"person.usual_name", "situation.housing", "reserved.ase", "guardian.name"} & set(seen)
    assert desk._verbs.count_people() == 0


def test_three_youths_arrive_together_and_each_is_taken_up_again(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    for name in ("Ines", "Yanis", "Noe"):
        desk.register()
        keys.type(name)
        keys.press(Qt.Key.Key_Escape)
        assert desk._stack.currentWidget() is desk.today
    assert {draft.answers["person.given_name"] for draft in desk._verbs.drafts()} == {"Ines", "Yanis", "Noe"}
    for name in ("Yanis", "Ines", "Noe"):
        draft = next(one for one in desk._verbs.drafts() if one.answers["person.given_name"] == name)
        desk.today.draft_asked.emit(draft)
        assert edit(desk.registration, "person.given_name").text() == name
        essentials(desk.registration, name)
        with qtbot.waitSignal(desk.registration.saved):
            desk.registration.save()
    assert desk._verbs.drafts() == []
    assert desk._verbs.day().registrations == 3


def test_a_new_form_does_not_overwrite_the_one_begun(desk: Desk, keys: Keyboard) -> None:
    desk.register()
    keys.type("Ines")
    keys.press(Qt.Key.Key_N, CONTROL)
    assert edit(desk.registration, "person.given_name").text() == ""
    keys.type("Yanis")
    desk.registration.keep()
    assert {draft.answers["person.given_name"] for draft in desk._verbs.drafts()} == {"Ines", "Yanis"}


def test_an_empty_form_set_aside_leaves_no_draft(desk: Desk, keys: Keyboard, qtbot: QtBot) -> None:
    desk.register()
    with qtbot.waitSignal(desk.registration.left) as told:
        keys.press(Qt.Key.Key_Escape)
    assert told.args == [""]
    assert desk._verbs.drafts() == []


def test_a_draft_stays_at_the_stop_and_the_time_it_was_begun(desk: Desk, keys: Keyboard) -> None:
    desk.register()
    keys.type("Ines")
    begun = desk.registration._where.at
    keys.press(Qt.Key.Key_Escape)
    desk._verbs.open_stop("Place de la Patrotte", "RUE", None, None, Halt())
    desk.writing.open(desk._verbs.drafts()[0])
    essentials(desk.registration)
    desk.registration.save()
    met = desk._verbs.sheet(desk._verbs.search("boussole")[0].id).encounters[0]
    assert (met.place, met.at.replace(microsecond=0)) == ("Marché de Borny", begun and begun.replace(microsecond=0))
    assert [stop.registrations for stop in desk._verbs.day().stops] == [1, 0]


def test_without_a_stop_place_and_setting_are_asked(desk: Desk) -> None:
    stop = desk._verbs.day().open_stop
    assert stop
    desk._verbs.correct_stop(stop.id, Halt(closed_at=desk._verbs.now()))
    desk.register()
    form = desk.registration
    essentials(form)
    form.save()
    assert desk._verbs.count_people() == 0
    assert "lieu" in form._where.place.edit.accessibleDescription()
    form._where.place.edit.setText("Forum de l’alternance")
    form._where.setting._buttons["EVENEMENT"].click()
    form.save()
    assert [place.setting for place in desk._verbs.places() if place.name == "Forum de l’alternance"] == ["EVENEMENT"]


def test_what_follows_is_said_at_once_and_what_it_asks_appears(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    today = form._where.at or datetime.now(LOCAL)
    assert not form.fields["guardian.name"].isVisible()
    put(form, "person.birth_date", french_date(today.date().replace(year=today.year - 17, day=1)))
    choose(form, "situation.category", "SANS_SITUATION")
    assert form.fields["guardian.name"].isVisible()
    assert not form.fields["situation.last_class"].isVisible()
    put(form, "situation.diploma", "CFG")
    assert form.fields["situation.last_class"].isVisible()
    choose(form, "situation.registered_ft", "N")
    assert form.facts.texts() == [
        "17\u00a0ans le jour de la rencontre",
        "Moins de 18\u00a0ans",
        "Obligation de formation des 16-18\u00a0ans",
        "Ni emploi, ni études, ni formation",
        "A quitté l’école sans diplôme",
        "Sans suivi du service public de l’emploi",
    ]
    put(form, "handover", "Refus du jeune")
    assert not form.fields["guardian.name"].isVisible()


def test_answers_of_questions_no_longer_asked_do_not_count(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    today = form._where.at or datetime.now(LOCAL)
    essentials(form)
    put(form, "person.birth_date", french_date(today.date().replace(year=today.year - 17, day=1)))
    put(form, "guardian.name", "Olga Lanterne")
    assert form._form.answers()["guardian.name"] == "Olga Lanterne"
    put(form, "person.birth_date", "12/03/2002")
    assert "guardian.name" not in form._form.answers() and form._form.kept()["guardian.name"] == "Olga Lanterne"


def test_out_of_reach_the_handover_follows_until_somebody_says_otherwise(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    put(form, "person.birth_date", "12/03/1998")
    assert edit(form, "handover").text().startswith("Hors périmètre")
    put(form, "person.birth_date", "12/03/2007")
    assert edit(form, "handover").text() == "À rattacher"
    put(form, "handover", "Refus du jeune")
    put(form, "person.birth_date", "12/03/1998")
    assert edit(form, "handover").text() == "Refus du jeune"


def test_an_answer_in_a_fold_opens_it_when_the_draft_is_taken_up(desk: Desk) -> None:
    desk.register()
    form = desk.registration
    put(form, "person.given_name", "Ines")
    form.folds["life"].open(True)
    put(form, "situation.housing", "Chez ses parents")
    form._set_aside()
    desk.writing.open(desk._verbs.drafts()[0])
    assert form.folds["life"].is_open() and not form.folds["barriers"].is_open()
    assert edit(form, "situation.housing").text() == "Chez ses parents"


def test_before_enrolment_protected_criteria_cannot_be_noted_and_the_form_says_so(desk: Desk) -> None:
    desk.register()
    fold = desk.registration.folds["reserved"]
    fold.toggle.click()
    assert "relié au serveur" in fold._note.text() and fold._note.isVisible()
    assert not desk.registration.fields["reserved.justice"].isVisible()


@pytest.fixture
def enrolled(folder: Path, open_desk: Callable[[], Desk]) -> Desk:
    profile = open_profile(folder, ADVISER, PASSWORD, datetime.now(LOCAL))
    sealing = SEALING.public_key().public_bytes_raw().hex()
    with profile.store.write() as session:
        settings.put(session, {"server": "https://milo.exemple", "sealing_key": sealing})
    profile.close()
    return open_desk()


def test_protected_criteria_are_sealed_and_never_shown_again(enrolled: Desk, folder: Path) -> None:
    enrolled.register()
    form = enrolled.registration
    essentials(form)
    choose(form, "reserved.justice", "OUI")
    choose(form, "reserved.rqth", "OUI")
    form.save()
    assert enrolled._verbs.count_people() == 0, "without the explicit consent nothing is kept"
    consent = form.fields["reserved.rqth_consent"]
    assert isinstance(consent, Check) and consent.isVisible() and QApplication.focusWidget() is consent
    assert form._form._said["reserved.rqth_consent"].isVisible()
    consent.click()
    form.keep()
    assert not [name for name in enrolled._verbs.drafts()[0].answers if name.startswith("reserved")]
    form.save()
    assert enrolled._verbs.count_people() == 1
    assert not form._form.holds_reserved()
    window = enrolled.window()
    window.close()
    profile = open_profile(folder, ADVISER, PASSWORD, datetime.now(LOCAL))
    with profile.store.read() as session:
        lines = session.execute(select(Outbox.line, Outbox.entity, Outbox.entity_id)).all()
        assert session.execute(select(Draft.id)).all() == []
    profile.close()
    sealed = next(json.loads(row.line) for row in lines if row.entity == "reserved")
    criteria = {"justice": "OUI", "ase": "NON_DEMANDE", "rqth": "OUI", "rqth_consent": "OUI"}
    assert records.unseal(SEALING.private_bytes_raw(), sealed["entity_id"], sealed["set"]) == criteria
    assert not [row for row in lines if b"justice" in row.line or b"rqth" in row.line]


def test_set_aside_says_that_a_draft_keeps_no_protected_criterion(enrolled: Desk, qtbot: QtBot) -> None:
    enrolled.register()
    form = enrolled.registration
    put(form, "person.given_name", "Ines")
    choose(form, "reserved.ase", "OUI")
    with qtbot.waitSignal(form.left) as told:
        form._set_aside()
    assert "sans les critères protégés" in told.args[0]
    enrolled.writing.open(enrolled._verbs.drafts()[0])
    assert not form._form.holds_reserved()


@pytest.mark.parametrize("size", [(1366, 768), (1280, 640), (1100, 640)])
@pytest.mark.parametrize("born", ["", "12/03/2010"])
def test_nothing_is_cut_off_at_the_right(size: tuple[int, int], born: str, desk: Desk, qtbot: QtBot) -> None:
    """With the place asked for, every fold open, and all that is asked about someone of 16."""
    stop = desk._verbs.day().open_stop
    assert stop
    desk._verbs.correct_stop(stop.id, Halt(closed_at=desk._verbs.now()))
    desk.register()
    page = desk.registration
    edit(page, "person.birth_date").setText(born)
    for fold in page.findChildren(Fold):
        fold.toggle.click()
    desk.window().resize(*size)
    areas = [area for area in page.findChildren(QScrollArea) if area.widget() and area.isVisible()]
    assert areas
    for area in areas:
        qtbot.waitUntil(lambda area=area: area.widget().width() <= area.viewport().width())
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
