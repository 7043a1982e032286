"""One unlocked and enrolled laptop at a stop, for all that one hand registers there; what it then holds and would send."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from milomobile import app
from milomobile.actions.open import Profile, create, open_profile
from milomobile.domain.outings import Halt
from milomobile.domain.people import Sheet
from milomobile.store import settings
from milomobile.store.tables import Outbox
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.questions import QUESTIONS
from tests.conftest import ADVISER, PASSWORD
from tests.ui.alone import HANDS, Hands

SEALING = X25519PrivateKey.generate()
ORDER = [question.name for question in QUESTIONS]
USUAL = {"situation.category": "SANS_SITUATION", "notice.how": "ORAL_AFFICHE"}


@pytest.fixture(scope="module", params=HANDS)
def hand(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def laptop(hand: str, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp(hand) / "profile"
    create(folder, ADVISER, PASSWORD, app.now())
    profile = open_profile(folder, ADVISER, PASSWORD, app.now())
    with profile.store.write() as session:
        key = SEALING.public_key().public_bytes_raw().hex()
        settings.put(session, {"server": "https://milo.exemple", "sealing_key": key})
    profile.close()
    look.apply(qapp)
    window = app.build(folder)
    window.resize(1366, 768)
    window.show()
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    yield desk
    window.close()
    window.deleteLater()


@pytest.fixture
def hands(hand: str) -> Hands:
    return HANDS[hand]()


@pytest.fixture
def desk(laptop: Desk, qtbot: QtBot) -> Desk:
    """The laptop at the page of the day, whatever happened before."""
    laptop.registration.forget()
    for draft in laptop._verbs.drafts():
        laptop._verbs.drop_draft(draft.id)
    laptop.show_place("today")
    laptop.window().activateWindow()
    qtbot.waitUntil(laptop.window().isActiveWindow)
    laptop.today.new.setFocus()
    return laptop


def last_letter(desk: Desk) -> int:
    """The number of the last record that waits to be sent."""
    with _profile(desk).store.read() as session:
        return max(session.scalars(select(Outbox.seq)).all(), default=0)


def letters(desk: Desk, after: int) -> list[dict[str, Any]]:
    """The records beyond a number, as they travel."""
    with _profile(desk).store.read() as session:
        lines = session.scalars(select(Outbox.line).where(Outbox.seq > after).order_by(Outbox.seq)).all()
    return [json.loads(line) for line in lines if line]


def _profile(desk: Desk) -> Profile:
    asked = desk._verbs.places
    assert isinstance(asked, partial) and isinstance(asked.args[0], Profile)
    return asked.args[0]


def fill(desk: Desk, hands: Hands, *answers: tuple[str, str], phone: str = "03 53 01 12 34") -> None:
    """A new form with these answers, in its own order; what is essential besides is the same for all."""
    hands.begin(desk)
    said = {"person.phone": phone, **USUAL, **dict(answers)}
    for name in sorted(said, key=ORDER.index):
        hands.answer(desk, name, said[name])


def save(desk: Desk, hands: Hands, qtbot: QtBot) -> Sheet:
    """Saves the form; who is then known."""
    with qtbot.waitSignal(desk.registration.saved):
        hands.save(desk)
    assert QApplication.focusWidget() is desk.today.new, "the next one can come"
    return desk._verbs.sheet(next(row.person for row in desk._verbs.day().met if row.person))
