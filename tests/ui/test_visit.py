"""The guided tour: it sees each act done, is walked by keyboard, left with Échap, and stands on invented people alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.actions import demo
from milomobile.actions.open import create
from milomobile.domain.outings import Halt
from milomobile.ui.desk import Desk
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.visit import STAGES, Visit, beside
from milomobile.ui.window import Window
from tests.conftest import ADVISER, PASSWORD
from tests.ui.alone import write
from tests.ui.hands import at_the_sheet, essentials

Shown = Callable[[Path], Window]


@pytest.fixture
def window(window_on: Shown, tmp_path: Path, qtbot: QtBot) -> Window:
    """On the demonstration, with the tour begun."""
    made = window_on(tmp_path / "new")
    made.try_out(guided=True)
    qtbot.waitUntil(lambda: isinstance(made.centralWidget(), Desk), timeout=60_000)
    return made


def desk_of(window: Window) -> Desk:
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    return desk


def visit_of(window: Window) -> Visit:
    made: list[Visit] = [one for one in desk_of(window).findChildren(Visit) if not one.isHidden()]
    assert len(made) == 1
    return made[0]


def test_each_act_is_seen_and_leads_on(window: Window, qtbot: QtBot) -> None:
    desk, visit = desk_of(window), visit_of(window)
    titles = [one.title for one in STAGES]

    def at(stage: int) -> None:
        qtbot.waitUntil(lambda: visit._title.text() == titles[stage], timeout=10_000)
        assert visit._done.isVisible() == (stage > 0)

    at(0)
    desk.verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
    desk.news.outing.emit()
    at(1)
    desk.today.new.click()
    at(2)
    essentials(desk.registration)
    desk.registration.save()
    at(3)
    desk._search()
    write("bou")
    qtbot.waitUntil(lambda: bool(desk.people.model.rowCount()), timeout=10_000)
    desk.people.list.setCurrentIndex(desk.people.model.index(0, 0))
    at(4)
    kept = at_the_sheet(lambda sheet: (next(iter(sheet._cells.values())).click(), sheet.needs.first().click()))
    desk.count_anonymous()
    kept.stop()
    at(5)
    desk.side.discreet.click()
    at(6)
    desk.show_place("sync")
    at(7)
    window.lock()
    assert isinstance(window.centralWidget(), UnlockPage)
    window._opened(window._trial.gate_of().unlock(demo.ADVISER, demo.PASSWORD))  # type: ignore[union-attr]
    last = visit_of(window)
    assert last._title.text() == "La visite est finie"
    qtbot.waitUntil(last.leave.isVisible)
    last.leave.click()
    assert window._trial is None and window._toured == -1


def test_it_is_walked_and_left_by_keyboard(window: Window, qtbot: QtBot) -> None:
    visit = visit_of(window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is visit.on)
    for stage in STAGES[1:4]:
        qtbot.keyClick(visit.on, Qt.Key.Key_Return)
        assert visit._title.text() == stage.title
    qtbot.keyClick(visit.on, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert visit._title.text() == STAGES[2].title
    qtbot.keyClick(visit.on, Qt.Key.Key_Escape)
    assert visit.isHidden() and isinstance(window.centralWidget(), Desk)
    window._guide()
    assert visit_of(window)._title.text() == STAGES[0].title


def test_a_lock_in_the_middle_comes_back_to_the_same_stage(window: Window) -> None:
    visit_of(window).on.click()
    window.lock()
    window._opened(window._trial.gate_of().unlock(demo.ADVISER, demo.PASSWORD))  # type: ignore[union-attr]
    assert visit_of(window)._title.text() == STAGES[1].title


def test_from_a_real_profile_it_locks_that_one_first(window_on: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "own"
    create(folder, ADVISER, PASSWORD, app.now())
    window = window_on(folder)
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    own = desk_of(window)
    own.settings.locking.tour.click()
    qtbot.waitUntil(lambda: window._trial is not None, timeout=60_000)
    assert desk_of(window).verbs.profile != folder
    app.open_verbs(folder, ADVISER, PASSWORD).lock()
    window._end_trial()
    assert isinstance(window.centralWidget(), UnlockPage)
    assert app._gate(folder).hint is None


def test_the_help_offers_it(window: Window) -> None:
    visit_of(window).end()
    timer = at_the_sheet(lambda sheet: _pressed(sheet, "Visite guidée"))
    window.helping.show()
    timer.stop()
    assert visit_of(window)._title.text() == STAGES[0].title


def _pressed(sheet: QWidget, words: str) -> None:
    next(one for one in sheet.findChildren(QPushButton) if one.text() == words).click()


@pytest.mark.parametrize(
    "target", [QRect(0, 0, 60, 40), QRect(900, 500, 100, 60), QRect(300, 200, 200, 40), QRect(0, 0, 1000, 560), QRect()]
)
def test_the_card_stays_in_the_window(target: QRect) -> None:
    room, card = QSize(1024, 600), QSize(380, 220)
    spot = beside(target, card, room)
    assert QRect(QPoint(0, 0), room).contains(QRect(spot, card))
