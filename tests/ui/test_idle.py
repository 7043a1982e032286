"""The clock of the lock: what is a hand, in any window of the program, and what is not."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from milomobile.ui.idle import Idle
from milomobile.ui.parts.boxes import column


class Clock:
    """Both clocks of the lock: one stands still in a sleep."""

    def __init__(self) -> None:
        self.awake = self.wall = 1000.0

    def idle(self, parent: QObject) -> Idle:
        return Idle(parent, (lambda: self.awake, lambda: self.wall))

    def pass_by(self, seconds: float) -> None:
        self.awake += seconds
        self.wall += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def idle(clock: Clock, qapp: QApplication) -> Iterator[Idle]:
    made = clock.idle(qapp)
    made.start(5)
    yield made
    made.stop()
    made.deleteLater()


def heard(idle: Idle) -> list[str]:
    said: list[str] = []
    for name in ("warned", "back", "over"):
        getattr(idle, name).connect(lambda name=name: said.append(name))
    return said


def test_five_minutes_without_a_hand_warn_and_then_lock(idle: Idle, clock: Clock) -> None:
    said = heard(idle)
    clock.pass_by(269)
    idle.look()
    assert said == []
    clock.pass_by(1)
    idle.look()
    idle.look()
    assert said == ["warned"]
    clock.pass_by(30)
    idle.look()
    assert said == ["warned", "over"]


def test_a_minute_without_a_hand_is_told_once_until_the_next(idle: Idle, clock: Clock) -> None:
    rests: list[float] = []
    idle.rested.connect(lambda: rests.append(clock.awake))
    for _ in range(2):
        for _ in range(89):
            clock.pass_by(1)
            idle.look()
        idle.start(5)
    assert rests == [1060.0, 1149.0]


@pytest.fixture
def where(idle: Idle, qtbot: QtBot) -> QWidget:
    """A window with a field in it."""
    made = QWidget()
    made.setLayout(column(QLineEdit()))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def hand(kind: str, window: QWindow) -> None:
    """As the system tells of one."""
    spot = QPoint(5, 5)
    if kind == "key":
        QTest.keyClick(window, Qt.Key.Key_A)
    elif kind == "shortcut":
        QTest.keyClick(window, Qt.Key.Key_F8)
    elif kind == "move":
        QTest.mouseMove(window, spot)
    elif kind == "click":
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    elif kind == "wheel":
        QTest.wheelEvent(window, QPointF(spot), QPoint(0, 120))
    else:
        QTest.touchEvent(window, QTest.createTouchDevice()).press(0, spot, window).commit()


@pytest.mark.parametrize("kind", ["key", "shortcut", "move", "click", "wheel", "touch"])
@pytest.mark.parametrize("in_dialog", [False, True])
def test_a_hand_keeps_it_open(
    kind: str, in_dialog: bool, where: QWidget, idle: Idle, clock: Clock, qtbot: QtBot
) -> None:
    said = heard(idle)
    QShortcut(QKeySequence("F8"), where)
    over = where
    if in_dialog:
        over = QDialog(where)
        over.open()
        QShortcut(QKeySequence("F8"), over)
        qtbot.waitUntil(over.isActiveWindow)
    clock.pass_by(290)
    idle.look()
    hand(kind, over.windowHandle())
    clock.pass_by(200)
    idle.look()
    assert said == ["warned", "back"]


def test_what_the_program_does_itself_is_no_hand(where: QWidget, idle: Idle, clock: Clock) -> None:
    said = heard(idle)
    clock.pass_by(269)
    where.resize(300, 300)
    where.repaint()
    QCoreApplication.processEvents()
    clock.pass_by(31)
    idle.look()
    assert said == ["over"]


def test_a_sleep_of_five_minutes_locks_at_the_first_key(where: QWidget, idle: Idle, clock: Clock) -> None:
    said = heard(idle)
    clock.wall += 300
    hand("key", where.windowHandle())
    assert said == ["over"]
