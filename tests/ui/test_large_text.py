"""Nothing is cut off, however large the text, in the windows of ux/DESIGN 4."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.display import SIZES, Display
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.sidebar import PLACES
from tests.ui.cut import cut

WINDOWS = [(1366, 768), (1280, 640), (1024, 600)]
"""Width and height in logical pixels."""


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def _settled(find: Callable[[], list[str]], qtbot: QtBot, where: str) -> None:
    try:
        qtbot.waitUntil(lambda: not find(), timeout=3_000)
    except qtbot.TimeoutError:
        pytest.fail(f"{where}: {find()}")


@pytest.mark.parametrize(("wide", "high"), WINDOWS)
def test_no_word_is_cut_on_any_page(desk: Desk, qtbot: QtBot, wide: int, high: int) -> None:
    window = desk.window()
    pages: dict[str, Callable[[], object]] = {key: (lambda key=key: desk.show_place(key)) for key, *_ in PLACES}  # type: ignore[misc]
    for name in desk.settings._sections:
        pages[name] = lambda name=name: (desk.show_place("settings"), desk.settings.show_section(name))  # type: ignore[misc]
    pages["form"] = desk.register
    for size in SIZES:
        look.show(Display(size=size))
        window.resize(wide, high)
        for name, show in pages.items():
            show()
            _settled(lambda: cut(window), qtbot, f"{name} at {size} % in {wide} × {high}")
        assert (window.width(), window.height()) == (wide, high)


def _anonymous(desk: Desk) -> QWidget:
    return AnonymousSheet(desk._verbs, desk.news, desk.window(), None)


def _stop(desk: Desk) -> QWidget:
    return StopSheet(desk._verbs, desk.window())


@pytest.mark.parametrize("make", [_anonymous, _stop])
@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut_in_a_sheet(desk: Desk, qtbot: QtBot, make: Callable[[Desk], QWidget], size: int) -> None:
    look.show(Display(size=size))
    desk.window().resize(1366, 768)
    sheet = make(desk)
    sheet.show()
    _settled(lambda: cut(sheet), qtbot, f"{size} %")
    assert sheet.height() <= 768 and sheet.width() <= 1366
    sheet.close()
