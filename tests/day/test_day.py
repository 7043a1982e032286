"""A whole day at the window, once by the keyboard alone and once by the mouse alone, with a real office: filmed, its strokes counted."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from milomobile.actions.open import open_profile
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.window import Window
from sync.server.tables import Entity
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.day.film import ROOT, Film
from tests.faults.office import Office, bind
from tests.faults.proxy import Proxy
from tests.ui.alone import CONTROL, HANDS, KeyboardAlone, MouseAlone, write
from tests.ui.conftest import folder, office, proxy, window_on  # noqa: F401
from tests.ui.hands import at_the_sheet

_PEOPLE = (
    ("Sacha", "Réverbère", "12032005", "0353011201"),
    ("Inès", "Boussole", "07112007", "0353011202"),
    ("Théo", "Passerelle", "23052003", "0353011203"),
    ("Nora", "Girouette", "30012008", "0353011204"),
    ("Lou", "Balise", "19082001", "0353011205"),
)
_MOST_FOR_ONE = 14
"""Strokes or clicks of a registration, beyond its words."""
Hand = KeyboardAlone | MouseAlone


class Day:
    """One window, one hand, one film; `counts` are the strokes or clicks of each step, beyond the words typed."""

    def __init__(self, window: Window, hand: Hand, film: Film, qtbot: QtBot) -> None:
        self.window, self.hand, self.film, self.qtbot = window, hand, film, qtbot
        self.counts: dict[str, int] = {}

    @property
    def desk(self) -> Desk:
        desk = self.window.centralWidget()
        assert isinstance(desk, Desk)
        return desk

    def step(self, name: str, act: Callable[[], object]) -> None:
        """One step of the day, counted and filmed."""
        before = self.hand.count
        act()
        self.counts[name] = self.hand.count - before
        self.film.take(self.window, name)

    def sheet(self, open_it: Callable[[], object], act: Callable[[Sheet], object], name: str) -> None:
        """A sheet from its opening to its end; the keyboard is the window's again."""

        def filmed(sheet: Sheet) -> None:
            self.film.take(self.window, name)
            act(sheet)

        timer = at_the_sheet(filmed)
        open_it()
        self.qtbot.waitUntil(lambda: not timer.isActive() and QApplication.activeModalWidget() is None)
        self.front()

    def front(self) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def go(self, key: Qt.Key, within: Callable[[], QWidget], words: str) -> None:
        """By its shortcut, or where it is seen."""
        if isinstance(self.hand, KeyboardAlone):
            self.hand.key(key, CONTROL)
        else:
            self.hand.press(within(), words)


@pytest.fixture(params=HANDS)
def day(
    request: pytest.FixtureRequest,
    folder: Path,  # noqa: F811
    office: Office,  # noqa: F811
    proxy: Proxy,  # noqa: F811
    window_on: Callable[[Path], Window],  # noqa: F811
    qtbot: QtBot,
) -> Iterator[Day]:
    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    bind(profile, office, proxy)
    profile.close()
    hand = HANDS[request.param]()
    assert isinstance(hand, KeyboardAlone | MouseAlone)
    made = Day(window_on(folder), hand, Film(ROOT / "build" / "film" / request.param), qtbot)
    made.window.resize(1366, 768)
    yield made
    told = {"hand": request.param, "all": hand.count, **made.counts}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (made.film.folder / "strokes.json").write_text(text, encoding="utf-8")
    print(text)


def test_a_day_from_the_first_word_to_the_report(
    day: Day,
    office: Office,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day.film.take(day.window, "fermé")
    day.step("ouvrir", lambda: _unlock(day))
    day.step("démarrer un arrêt", lambda: _start(day))
    for given, family, born, phone in _PEOPLE:
        day.step(f"inscrire {given}", lambda: _register(day, given, family, born, phone))  # noqa: B023
    day.step("contact anonyme", lambda: _anonymous(day))
    day.step("groupe", lambda: _group(day))
    day.step("retrouver", lambda: _find(day))
    day.step("nouvelle rencontre", lambda: _again(day))
    day.step("verrouiller", lambda: _lock(day))
    day.step("rouvrir", lambda: _unlock(day))
    day.step("envoyer", lambda: _send(day))
    day.step("exporter", lambda: _export(day, tmp_path))
    paper = tmp_path / "jour.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(paper), ""))
    day.step("compte rendu", lambda: _report(day, paper))
    told = day.desk.verbs.day()
    assert (day.desk.verbs.count_people(), told.anonymous, told.encounters) == (5, 1, 8)
    with office.store.read() as session:
        known = select(func.count()).select_from(Entity).where(Entity.entity == "person")
        assert session.execute(known).scalar_one() == 5
    assert max(many for name, many in day.counts.items() if name.startswith("inscrire")) <= _MOST_FOR_ONE


def _unlock(day: Day) -> None:
    page = day.window.centralWidget()
    assert isinstance(page, UnlockPage)
    write(PASSWORD)
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_Return)
    else:
        day.hand.click(page.go)
    day.qtbot.waitUntil(lambda: isinstance(day.window.centralWidget(), Desk))
    day.front()


def _start(day: Day) -> None:
    def start(sheet: Sheet) -> None:
        assert isinstance(sheet, StopSheet)
        write("Marché de Borny")
        _back_or_press(day, sheet, "Démarrer l’arrêt")

    day.sheet(lambda: _back_or_press(day, day.desk.today, "Démarrer un arrêt"), start, "où")
    stop = day.desk.verbs.day().open_stop
    assert stop and stop.place.name == "Marché de Borny"


def _back_or_press(day: Day, within: QWidget, words: str) -> None:
    """What stands just before the keyboard."""
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        at = QApplication.focusWidget()
        assert isinstance(at, QPushButton) and at.text() == words
        day.hand.key(Qt.Key.Key_Space)
    else:
        day.hand.press(within, words)


def _register(day: Day, *person: str) -> None:
    day.hand.shortest(day.desk, *person)
    day.film.take(day.window, f"{person[0]} avant d’enregistrer")
    with day.qtbot.waitSignal(day.desk.registration.saved):
        day.hand.save(day.desk)


def _anonymous(day: Day) -> None:
    def choose(sheet: Sheet) -> None:
        assert isinstance(sheet, AnonymousSheet)
        day.hand.press(sheet, "18–21 ans, Femme")
        day.hand.choose(sheet.needs, "EMPLOI")

    day.sheet(lambda: day.hand.anonymous(day.desk), choose, "âge et besoin")


def _group(day: Day) -> None:
    def count(sheet: Sheet) -> None:
        assert isinstance(sheet, AnonymousSheet)
        day.hand.count_to(sheet._women, 2)
        day.hand.count_to(sheet._men, 3)
        day.hand.press(sheet, "Garder le groupe")

    day.sheet(lambda: day.hand.anonymous(day.desk), count, "un groupe")


def _find(day: Day) -> None:
    day.go(Qt.Key.Key_K, lambda: day.desk.today, "Rechercher un jeune")
    write("revérb")
    page = day.desk.people
    day.qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_Return)
    else:
        view = page.list
        day.hand.click(view.viewport(), view.visualRect(view.model().index(0, 0)).center())
    day.qtbot.waitUntil(lambda: bool(page.detail.person))


def _again(day: Day) -> None:
    day.go(Qt.Key.Key_R, lambda: day.desk.people, "Ajouter une rencontre")
    form = day.desk.registration
    day.qtbot.waitUntil(form.isVisible)
    for name, code in (("needs", "EMPLOI"), ("notice.how", "ORAL_AFFICHE")):
        asked = form.fields[name]
        assert isinstance(asked, Choices)
        if not asked.values():
            day.hand.answer(day.desk, name, code)
    day.film.take(day.window, "rencontre avant d’enregistrer")
    with day.qtbot.waitSignal(form.saved):
        day.hand.save(day.desk)


def _lock(day: Day) -> None:
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_L, CONTROL)
    else:
        day.hand.click(day.desk.side.lock)
    day.qtbot.waitUntil(lambda: isinstance(day.window.centralWidget(), UnlockPage))
    day.front()


def _send(day: Day) -> None:
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_S, CONTROL)
    else:
        day.hand.click(day.desk.side.place("sync"))
        day.hand.click(day.desk.sync.go)
    page = day.desk.sync
    day.qtbot.waitUntil(lambda: not page.running and page.headline.text() == "Tout est envoyé", timeout=20_000)


def _export(day: Day, place: Path) -> None:
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_4, CONTROL)
    else:
        day.hand.click(day.desk.side.place("report"))
    page = day.desk.report
    day.qtbot.waitUntil(lambda: page.summary is not None and page._wanted is None)
    page.card.into(place)
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_E, CONTROL)
    else:
        day.hand.click(page.card.go)
    day.qtbot.waitUntil(lambda: bool(list(place.glob("milo_*.xlsx"))) and page.card.go.isVisible(), timeout=10_000)


def _report(day: Day, paper: Path) -> None:
    if isinstance(day.hand, KeyboardAlone):
        day.hand.key(Qt.Key.Key_3, CONTROL)
    else:
        day.hand.click(day.desk.side.place("sync"))
    day.hand.press(day.desk.sync, "Compte rendu en PDF")
    day.qtbot.waitUntil(lambda: paper.exists() and day.desk.sync.paper.write.isEnabled(), timeout=20_000)
    assert paper.read_bytes().startswith(b"%PDF")
