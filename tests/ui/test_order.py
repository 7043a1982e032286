"""Tab goes as one reads, and the control that has the keyboard is seen whole (WCAG 2.2, 2.4.3, 2.4.7, 2.4.11, 2.4.13)."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.display import Display
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.parts.boxes import button, card, column, holder, row
from milomobile.ui.parts.fold import Fold
from milomobile.ui.parts.sheet import Sheet
from tests.ui.sheets import SHEETS, opened
from tests.ui.tabbing import against_reading, left_and_come_back_to, walk
from tests.ui.test_accessible import desk, filled  # noqa: F401
from tests.ui.test_seen import PAGES

WIDE, LOW = (1366, 768), (1024, 600)


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def whole_form(desk: Desk) -> None:  # noqa: F811
    desk.register()
    for fold in desk.registration.findChildren(Fold):
        fold.open(True)


SHOWN: dict[str, Callable[[Desk], object]] = {**PAGES, "whole form": whole_form}


def wrong(window: QWidget) -> list[str]:
    steps = list(walk(window))
    return against_reading(steps) + left_and_come_back_to(steps)


@pytest.mark.parametrize("size", [WIDE, LOW], ids=str)
@pytest.mark.parametrize("page", SHOWN)
def test_tab_goes_as_one_reads(desk: Desk, qtbot: QtBot, page: str, size: tuple[int, int]) -> None:  # noqa: F811
    desk.window().resize(*size)
    SHOWN[page](desk)
    assert wrong(desk.window()) == []


def test_tab_goes_as_one_reads_in_the_settings(desk: Desk) -> None:  # noqa: F811
    desk.show_place("settings")
    for name in desk.settings._sections:
        desk.settings.show_section(name)
        assert wrong(desk.window()) == [], name


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.__name__)
def test_tab_goes_as_one_reads_in_a_sheet(desk: Desk, qtbot: QtBot, tmp_path: Path, kind: type[Sheet]) -> None:  # noqa: F811
    with opened(kind, desk, qtbot, tmp_path) as sheet:
        assert wrong(sheet) == []


@pytest.mark.parametrize(("size", "text"), [(WIDE, 100), (LOW, 100), (WIDE, 150), (LOW, 150)], ids=str)
@pytest.mark.parametrize("page", SHOWN)
def test_what_has_the_keyboard_is_seen_whole(
    desk: Desk,  # noqa: F811
    qtbot: QtBot,
    page: str,
    size: tuple[int, int],
    text: Literal[100, 150],
) -> None:
    """Whole, with its ring, and never under the bar at the foot; of what is higher than its room, a row's height."""
    look.show(Display("light", text))
    desk.window().resize(*size)
    SHOWN[page](desk)
    hidden = [(str(step), step.cut) for step in walk(desk.window()) if step.cut]
    assert hidden == []


@pytest.mark.parametrize("page", ["people", "sync", "report", "settings"])
def test_the_keyboard_comes_along_to_the_page_that_is_shown(desk: Desk, page: str) -> None:  # noqa: F811
    """Not to the navigation, where Espace would go somewhere else."""
    desk.today.new.setFocus()
    desk.show_place(page)
    QApplication.processEvents()
    at = QApplication.focusWidget()
    assert at and getattr(desk, page).isAncestorOf(at)


@pytest.mark.parametrize("order", ["acbd", "abdc", "adcb"])
def test_an_order_that_nobody_reads_in_is_found(qtbot: QtBot, order: str) -> None:
    """In a column, in a row; and of two cards beside each other, from one to the other and back."""
    for lay in (column, row):
        made = {name: button(name, lambda: None) for name in "abcd"}
        _show(qtbot, holder(lay(*made.values())), [made[name] for name in order])
    made = {name: button(name, lambda: None) for name in "abcd"}
    _show(qtbot, holder(row(card(made["a"], made["b"]), card(made["c"], made["d"]))), [made[name] for name in "acbd"])


def _show(qtbot: QtBot, window: QWidget, order: list[QWidget]) -> None:
    for one, other in pairwise(order):
        QWidget.setTabOrder(one, other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert wrong(window) != []
