"""The situations of domain.md 7 registered over a real encrypted profile: by the keyboard alone, and by the mouse alone."""

import pytest
from pytestqt.qtbot import QtBot

from milomobile.ui.desk import Desk
from milomobile.ui.parts.fields import Field
from tests.ui.alone import Hands
from tests.ui.laptop import desk, fill, hand, hands, laptop, last_letter, letters, save  # noqa: F401
from tests.ui.situations import SITUATIONS, Situation


def sentence(desk: Desk, name: str) -> str:  # noqa: F811
    made = desk.registration.fields[name]
    assert isinstance(made, Field)
    return made.edit.accessibleDescription()


@pytest.mark.parametrize("case", SITUATIONS, ids=lambda case: case.name)
def test_a_situation_is_registered(case: Situation, desk: Desk, hands: Hands, qtbot: QtBot) -> None:  # noqa: F811
    before, met = last_letter(desk), desk._verbs.day()
    fill(desk, hands, *case.answers, phone=f"03 53 01 {SITUATIONS.index(case):02d} 00")
    name, words = case.said
    assert words in (sentence(desk, name) if name else "")
    assert set(case.facts) <= set(desk.registration.facts.texts())
    desk.registration.already.look()
    if desk.registration.already.isVisible():
        hands.known(desk, "Non, autre personne")
    sheet = save(desk, hands, qtbot)
    assert {name: getattr(sheet.person, name) for name in case.kept} == dict(case.kept)
    assert (sheet.encounters[0].place, len(sheet.encounters)) == ("Marché de Borny", 1)
    assert desk._verbs.day().registrations == met.registrations + 1
    sent = {letter["entity"]: letter["set"] for letter in letters(desk, before)}
    assert {name: sent["encounter"].get(name) for name in case.travels} == dict(case.travels)
    assert sent["person"]["handover"] == case.handover
    assert desk._verbs.drafts() == []
