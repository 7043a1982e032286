"""The form and the turned screen together: F7 there and back, what was chosen is saved, kept in drafts, and can be taken back."""

import json

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from milomobile.actions.open import open_profile
from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.outings import Halt
from milomobile.store.tables import Outbox
from milomobile.ui.desk import Desk
from milomobile.ui.pages.turned import TurnedPage
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD
from tests.ui.test_window import desk_of, window  # noqa: F401


def form_of(window: Window, qtbot: QtBot, age: int) -> Desk:  # noqa: F811
    desk = desk_of(window, qtbot)
    desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", None, Halt())
    desk.register()
    born = desk._verbs.now().astimezone(LOCAL).date()
    texts = {"given_name": "Inès", "birth_name": "Boussole", "phone": "03 53 01 12 34"}
    texts["birth_date"] = french_date(born.replace(year=born.year - age, day=1))
    for name, text in texts.items():
        field = desk.registration.fields[f"person.{name}"]
        assert isinstance(field, Field)
        field.edit.setText(text)
    category = desk.registration.fields["situation.category"]
    assert isinstance(category, Choices)
    category.choose(["SANS_SITUATION"])
    return desk


def turned(window: Window, qtbot: QtBot) -> TurnedPage:  # noqa: F811
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_F7)
    page = window.centralWidget()
    assert isinstance(page, TurnedPage)
    qtbot.waitUntil(page.isVisible)
    return page


def sign(page: TurnedPage, qtbot: QtBot) -> None:
    qtbot.mousePress(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    qtbot.mouseMove(page.pad, QPoint(140, 70))
    qtbot.mouseRelease(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(140, 70))


def test_what_was_chosen_on_the_turned_screen_is_saved(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = form_of(window, qtbot, 20)
    form = desk.registration
    form.turning.partner.setCurrentIndex(form.turning.partner.findData("APSIS-Émergence"))
    page = turned(window, qtbot)
    page.languages["uk"].click()
    page.agreements["sms"].click()
    page.agreements["partner"].click()
    sign(page, qtbot)
    page.done.click()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    assert window.centralWidget() is desk
    how, sms = form.fields["notice.how"], form.fields["agrees.sms"]
    assert isinstance(how, Choices) and isinstance(sms, Check)
    assert (how.value(), sms.isChecked()) == ("ECRAN", True)
    assert "en ukrainien, signature reçue. Accepte le partage avec APSIS-Émergence." in form.turning._said._text.text()
    with qtbot.waitSignal(form.saved):
        form.save()
    folder = desk._verbs.profile
    window.lock()
    profile = open_profile(folder, ADVISER, PASSWORD, desk._verbs.now())
    with profile.store.read() as session:
        lines = session.execute(select(Outbox.entity, Outbox.line))
        sent = {entity: json.loads(line or b"")["set"] for entity, line in lines}
    profile.close()
    notice = sent["encounter"]["notice"]
    assert (notice["how"], notice["language"], notice["version"]) == ("ECRAN", "uk", "2026-1")
    assert notice["signature"].startswith("1:")
    agreed = {"sms": True, "call": False, "email": False, "partner APSIS-Émergence": True}
    assert sent["person"]["agrees"] == agreed


def test_a_draft_keeps_it_and_another_form_does_not(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = form_of(window, qtbot, 20)
    form = desk.registration
    page = turned(window, qtbot)
    page.languages["ar"].click()
    page.unsigned["NE_PEUT_PAS"].click()
    page.done.click()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    form.keep()
    desk.register()
    assert form.turning.answers() == {}
    desk.writing.open(desk._verbs.drafts()[0])
    assert form.turning.answers()["notice.language"] == "ar"
    assert "en arabe, ne peut pas signer" in form.turning._said._text.text()


def test_taken_back_unfinished_changes_nothing(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = form_of(window, qtbot, 20)
    page = turned(window, qtbot)
    page.agreements["sms"].click()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    assert "notice.how" not in desk.registration._form.answers()
    assert desk.registration.turning.answers() == {}


def test_minors_read_the_plain_version_and_a_signature_can_be_taken_away(
    window: Window,  # noqa: F811
    qtbot: QtBot,
) -> None:
    desk = form_of(window, qtbot, 17)
    page = turned(window, qtbot)
    assert page.notice._title.text() == "Vos informations, c’est à vous"
    sign(page, qtbot)
    page.done.click()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    turning = desk.registration.turning
    assert "notice.signature" in turning.answers()
    turning._again.click()
    assert "notice.signature" not in turning.answers()


def test_a_holiday_is_said_under_the_day_of_the_appointment(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = form_of(window, qtbot, 20)
    form = desk.registration
    year = desk._verbs.now().year + 1
    for name, text in (("day", f"26/12/{year}"), ("time", "10 h"), ("place", "Antenne")):
        field = form.fields[f"appointment.{name}"]
        assert isinstance(field, Field)
        field.edit.setText(text)
    form._judge("appointment.day")
    day = form.fields["appointment.day"]
    assert isinstance(day, Field)
    assert "Saint-Étienne" in day.edit.accessibleDescription()
