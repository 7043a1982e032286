"""The window's part of the week: a laptop opened by an adviser, its form by keyboard, its evening's button."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.domain.outings import Halt
from milomobile.ui import look
from milomobile.ui.desk import Desk
from tests.ui.alone import KeyboardAlone
from tests.ui.hands import put
from tests.week import clock
from tests.week.people import Contact, Young
from tests.week.van import PASSWORD, Laptop

PLACE = {"place": "Marché de Borny", "setting": "ARRET_MILO_MOBILE"}


@contextmanager
def opened(laptop: Laptop, adviser: str, qtbot: QtBot) -> Iterator[Desk]:
    """An unlocked window over the laptop's profile, closed again."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    look.apply(application)
    window = app.build(laptop.folder)
    window.show()
    window._opened(app.open_verbs(laptop.folder, adviser, PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    try:
        yield desk
    finally:
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible())
        window.deleteLater()
        QApplication.processEvents()


def add_team(laptop: Laptop, first: str, others: Sequence[str], qtbot: QtBot) -> None:
    """More advisers on one laptop, each with a password of their own."""
    with opened(laptop, first, qtbot) as desk:
        for name in others:
            desk.verbs.team.add(name, PASSWORD)
        desk.show_place("settings")
        shown = [member.name for member in desk.verbs.team.members()]
    assert sorted(shown) == sorted([first, *others])


def register(desk: Desk, young: Young, adviser: str, laptop: str, many: int, qtbot: QtBot) -> list[Contact]:
    """So many new people, each by the shortest way of the keyboard, at the market."""
    place, setting = PLACE["place"], PLACE["setting"]
    if desk.verbs.day().open_stop is None:
        desk.verbs.open_stop(place, setting, "57463", "QN05720M", Halt())
    hand, made = KeyboardAlone(), list[Contact]()
    for _ in range(many):
        now = clock.now()
        number = young.somebody(now, sex="NSP", postal_code=None, commune=None, qpv=None, qpv_status=None)
        person = young.people[number]["person"]
        young.people[number] = {
            "kind": "named",
            "person": {key: said for key, said in person.items() if said is not None},
            "situation": {"category": "SANS_SITUATION"},
            "notice": {"version": "2026-1", "how": "ORAL_AFFICHE"},
        }
        born = "".join(reversed(person["birth_date"].split("-")))
        hand.shortest(desk, person["given_name"], person["birth_name"], born, person["phone"].replace(" ", ""))
        with qtbot.waitSignal(desk.registration.saved):
            hand.save(desk)
        made.append(young.contact(number, now, adviser, laptop, needs=[], **PLACE))
    return made


def send(desk: Desk, qtbot: QtBot) -> tuple[str, str]:
    """The button of Fin de journée; its headline, and all that the page says."""
    page = desk.sync
    desk.show_place("sync")
    page.start()
    qtbot.waitUntil(lambda: not page.running, timeout=60_000)
    return page.headline.text(), " ".join(one.text() for one in page.findChildren(type(page.headline)))


def correct(desk: Desk, words: str, qtbot: QtBot, **answers: str) -> None:
    """Somebody's last encounter opened for correction, some answers typed over, saved."""
    (found,) = desk.verbs.search(words)
    encounter = desk.verbs.sheet(found.id).encounters[0].id
    desk.people.detail.amend_asked.emit(found.id, encounter)
    form = desk.registration
    for name, said in answers.items():
        put(form, f"person.{name}", said)
    with qtbot.waitSignal(form.saved):
        KeyboardAlone().key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
