"""What a screen reader is told while the keyboard stays where it is: saved, kept, found, sent, failed."""

import re

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile.ui.desk import Desk
from milomobile.ui.pages.sync import SyncPage
from milomobile.ui.parts.boxes import banner
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.toast import toast
from tests.faults.proxy import Fault, Proxy
from tests.ui.hands import essentials, put
from tests.ui.test_end_of_day import laptop, page, press, said  # noqa: F401

URGENT, POLITE = QAccessible.AnnouncementPoliteness.Assertive, QAccessible.AnnouncementPoliteness.Polite
_FULL = "Il n’y a plus de place. Rien n’est perdu."
Heard = list[tuple[str, QAccessible.AnnouncementPoliteness]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Each announcement on its way to the system, which still gets it; PySide cannot listen behind that."""
    told: Heard = []
    tell = QAccessible.updateAccessibility

    def hear(event: object) -> None:
        if callable(message := getattr(event, "message", None)):
            told.append((str(message()), event.politeness()))  # type: ignore[attr-defined]
        tell(event)  # type: ignore[arg-type]

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return told


def test_a_form_kept_and_saved(desk: Desk, heard: Heard, qtbot: QtBot) -> None:
    desk.register()
    put(desk.registration, "person.given_name", "Inès")
    desk.registration.keep()
    put(desk.registration, "person.birth_name", "Boussole")
    desk.registration.keep()
    assert heard.count(("Brouillon gardé.", POLITE)) == 1
    put(desk.registration, "person.birth_date", "12/03/2007")
    essentials(desk.registration)
    with qtbot.waitSignal(desk.registration.saved):
        desk.registration.save()
    assert heard[-1] == ("Fiche enregistrée.", POLITE)


def test_what_is_wrong_with_an_answer_is_told_once(desk: Desk, heard: Heard) -> None:
    field = Field("Nom")
    desk.today.layout().addWidget(field)  # type: ignore[union-attr]
    field.show()
    for sentence in ("Écrivez le nom.", "Écrivez le nom.", ""):
        field.say(sentence)
    assert heard == [("Écrivez le nom.", POLITE)]


def test_a_refused_save_is_told_once_for_all_that_is_missing(desk: Desk, heard: Heard) -> None:
    """How many, and the first: the keyboard goes there."""
    desk.register()
    heard.clear()
    desk.registration.save()
    wrong = [one for one in desk.registration.fields.values() if isinstance(one, Field) and one.edit.property("wrong")]
    assert len(wrong) > 1 and QApplication.focusWidget() is wrong[0].edit
    (told,) = heard
    assert re.fullmatch(r"\d réponses à revoir\. La première\u00a0: Prénom\.", told[0])
    assert told[1] is POLITE
    essentials(desk.registration)
    put(desk.registration, "person.birth_date", "31/04/2007")
    heard.clear()
    desk.registration.save()
    assert heard == [("Une réponse à revoir\u00a0: Date de naissance.", POLITE)]


def test_a_draft_that_could_not_be_kept_is_told_at_once(desk: Desk, heard: Heard, qtbot: QtBot) -> None:
    desk.register()
    with qtbot.waitSignal(desk.registration._drafting.kept_now):
        put(desk.registration, "person.given_name", "Inès")
    desk.registration._drafting.failed.emit(_FULL)
    qtbot.waitUntil(lambda: (_FULL, URGENT) in heard)


def test_a_failure_is_told_at_once_and_what_went_well_when_there_is_time(desk: Desk, heard: Heard) -> None:
    toast(desk, "Arrêt clos.")
    toast(desk, _FULL, urgent=True)
    layout = desk.today.layout()
    assert layout
    for text, tone in (("C’est fait.", "ok"), ("Rien n’est perdu.", "err"), ("À savoir.", "warn")):
        layout.addWidget(banner(text, tone))
    QApplication.processEvents()
    desk.show_place("people")
    desk.show_place("today")
    assert heard == [
        ("Arrêt clos.", POLITE),
        (_FULL, URGENT),
        ("C’est fait.", POLITE),
        ("Rien n’est perdu.", URGENT),
    ]


def test_how_many_were_found(desk: Desk, heard: Heard, qtbot: QtBot) -> None:
    desk.show_place("people")
    desk.people.typed.setFocus()
    qtbot.keyClicks(desk.people.typed, "zzyzx")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[-1][0].startswith("Personne ne correspond")


def test_a_sending_is_told_from_its_beginning_to_its_end(page: SyncPage, heard: Heard, qtbot: QtBot) -> None:  # noqa: F811
    press(page, qtbot)
    told = [text for text, _ in heard]
    assert told[0].startswith("Envoi en cours. ")
    assert [text for text in told if text.endswith(" sur 6 éléments envoyés")] == sorted(told[1:-1])
    assert told[-1] == said(page)


def test_a_sending_that_fails_is_told_at_its_end(page: SyncPage, heard: Heard, proxy: Proxy, qtbot: QtBot) -> None:  # noqa: F811
    proxy.plan = lambda: Fault("bad_gateway_502")
    press(page, qtbot)
    assert heard[-1][0] == said(page)
