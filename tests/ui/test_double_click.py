"""A hand that presses twice: what came up under it hears the first press alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet


@pytest.fixture(autouse=True)
def away() -> Iterator[None]:
    before = QCursor.pos()
    yield
    QCursor.setPos(before)


@pytest.mark.parametrize("again", ["there", "elsewhere"])
def test_a_double_click_never_presses_what_came_up_under_it(again: str, desk: Desk, qtbot: QtBot) -> None:
    """A need chosen with two presses: the second one would land on the list beneath the sheet."""
    desk.show_place("today")
    heard: list[str] = []
    desk.today.new.clicked.connect(lambda: heard.append("new"))
    handle, spot = desk.window().windowHandle(), desk.today.new.rect().center()
    within = desk.today.new.mapTo(desk.window(), spot)
    QCursor.setPos(desk.window().mapToGlobal(within))
    sheet = AnonymousSheet(desk._verbs, desk.news, desk.window(), None)
    sheet.show()
    sheet.reject()
    if again == "elsewhere":
        within += QPoint(60, 0)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, within)
    assert heard == (["new"] if again == "elsewhere" else [])
    desk.show_place("today")
    qtbot.waitUntil(lambda: not handle.findChildren(QObject, "passing"))
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, within)
    assert heard == (["new", "new"] if again == "elsewhere" else ["new"])
