"""F6: through the parts of a page, to where one was in each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile.ui.desk import Desk
from tests.ui.test_accessible import desk, filled  # noqa: F401


def test_f6_goes_through_the_parts_of_a_page(desk: Desk, qtbot: QtBot) -> None:  # noqa: F811
    desk._show_person(desk._verbs.search("quintefeuille")[0].id)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.people.detail.findChildren(QPushButton)))
    desk.people.typed.setFocus()

    def press(shift: bool = False) -> QWidget:
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(QApplication.focusWidget() or desk, Qt.Key.Key_F6, held)
        at = QApplication.focusWidget()
        assert at
        return at

    assert desk.people.detail.isAncestorOf(press())
    assert desk.side.isAncestorOf(press())
    at = press()
    assert desk.people.isAncestorOf(at) and not desk.people.detail.isAncestorOf(at)
    assert desk.side.isAncestorOf(press(shift=True))
    desk.register()
    seen = set()
    for _ in range(4):
        at = press()
        seen |= {
            name
            for name, part in (("rail", desk.registration._rail), ("bar", desk.registration._bar), ("side", desk.side))
            if part.isAncestorOf(at)
        }
    assert seen == {"rail", "bar", "side"}
    desk.registration.forget()
