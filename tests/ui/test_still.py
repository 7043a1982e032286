"""Nothing flashes and nothing moves by itself, least of all where animations are reduced (WCAG 2.2, 2.2.2, 2.3.1, 2.3.3)."""

import ast
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.display import Display
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.parts.toast import Toast
from tests.ui.test_accessible import desk, filled  # noqa: F401
from tests.ui.test_seen import PAGES

_MOVING = {
    "QPropertyAnimation",
    "QVariantAnimation",
    "QTimeLine",
    "QMovie",
    "QGraphicsEffect",
    "QSequentialAnimationGroup",
}
_FLASH = 1000 / 3 / 2
"""Milliseconds under which what is switched on and off at each tick would flash more than three times a second."""

REPEATED = {
    "collecting.py": 1000,
    "idle.py": 1000,
    "network.py": 5000,
    "pages/unlock.py": 250,
    "parts/toast.py": 8000,
    "visit.py": 300,
}
"""Every timer that ticks again by itself, and its milliseconds; all others tick once."""


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def sources() -> Iterator[tuple[str, ast.Module]]:
    top = Path("milomobile/ui")
    for file in sorted(top.rglob("*.py")):
        yield file.relative_to(top).as_posix(), ast.parse(file.read_text("utf-8"))


def called(node: ast.AST) -> str:
    """The dotted name of what is called."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def milliseconds(file: str, said: ast.expr) -> int:
    """A number, or one that the file names."""
    if isinstance(said, ast.Constant):
        return int(str(said.value))
    module = import_module("milomobile.ui." + file.removesuffix(".py").replace("/", "."))
    return int(getattr(module, ast.unparse(said)))


def test_every_timer_that_ticks_again_is_slower_than_a_flash() -> None:
    found: dict[str, int] = {}
    for file, tree in sources():
        for node in ast.walk(tree):
            if called(node) != "QTimer":
                continue
            assert isinstance(node, ast.Call)
            asked = {one.arg: one.value for one in node.keywords}
            if "singleShot" not in asked:
                assert file not in found, f"{file} has two"
                found[file] = milliseconds(file, asked["interval"])
    assert found == REPEATED
    assert min(found.values()) > _FLASH


def test_nothing_is_animated_and_no_timer_is_begun_otherwise() -> None:
    for file, tree in sources():
        names = {
            ast.unparse(node).split(".")[-1] for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)
        }
        assert names & (_MOVING | {"startTimer", "setInterval", "timerEvent"}) == set(), file


class _Painted(QObject):
    """`happened` says what was painted, but for the cursor of a field, which is the system's."""

    happened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.last = time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and not isinstance(watched, QLineEdit):
            self.last = time.monotonic()
            self.happened.emit(f"{type(watched).__name__} {watched.accessibleName()}")
        return False

    def settled(self, window: QWidget) -> bool:
        """What a page asks for when it is shown is there, and what was said in passing is gone."""
        said = any(one.isVisible() for one in window.findChildren(Toast))
        return not said and time.monotonic() - self.last > 0.5


@pytest.mark.parametrize("page", PAGES)
def test_a_page_left_alone_stays_as_it_is(desk: Desk, qtbot: QtBot, qapp: QApplication, page: str) -> None:  # noqa: F811
    """For a second, with animations reduced."""
    look.show(Display("light", motion="less"))
    PAGES[page](desk)
    desk.side.place("today").setFocus()
    painted = _Painted()
    qapp.installEventFilter(painted)
    try:
        qtbot.waitUntil(lambda: painted.settled(desk), timeout=30_000)
        with qtbot.assertNotEmitted(painted.happened, wait=1000):
            assert not moving()
    finally:
        qapp.removeEventFilter(painted)
    assert not moving()


def moving() -> list[QAbstractAnimation]:
    """What runs by itself in any window, Qt's own included."""
    return [
        one
        for widget in QApplication.allWidgets()
        for one in [*widget.findChildren(QAbstractAnimation), *widget.style().findChildren(QAbstractAnimation)]
        if one.state() == QAbstractAnimation.State.Running
    ]


def test_what_waits_does_not_move_where_animations_are_reduced(desk: Desk, qtbot: QtBot) -> None:  # noqa: F811
    """An export says how far it is in lines, and its bar stands; menus and lists open at once."""
    look.show(Display("light", motion="less"))
    desk.show_place("report")
    desk.report.card._work(True)
    QApplication.processEvents()
    try:
        assert desk.report.card.progress.maximum() > 0 and not moving()
    finally:
        desk.report.card._work(False)
    assert not any(
        QApplication.isEffectEnabled(effect) for effect in (Qt.UIEffect.UI_General, Qt.UIEffect.UI_AnimateMenu)
    )
