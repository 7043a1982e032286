"""Contrast and targets as they are painted, on every page in every theme."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.display import Display, Theme
from milomobile.ui import look, tokens
from milomobile.ui.desk import Desk
from tests.ui.pixels import Seen
from tests.ui.test_accessible import desk, filled  # noqa: F401

PAGES: dict[str, Callable[[Desk], object]] = {
    "today": lambda it: it.show_place("today"),
    "people": lambda it: it._show_person(it._verbs.search("quintefeuille")[0].id),
    "sync": lambda it: it.show_place("sync"),
    "report": lambda it: it.show_place("report"),
    "settings": lambda it: it.show_place("settings"),
    "form": lambda it: (it.register(), it.registration.save()),
}
_TARGETS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
_EDGED = ("secondary", "choice", "cell", "chip", "find")
_INSIDE = 8
"""Pixels of a button's edge, which are not its words."""


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def faint(window: QWidget) -> list[str]:
    """Words under 4.5:1, edges of fields and buttons under 3:1; what is partly scrolled away is left out."""
    seen, found = Seen(window), []
    for one in window.findChildren(QWidget):
        if not (one.isVisible() and isinstance(one, QLabel | QAbstractButton | QLineEdit)):
            continue
        if one.visibleRegion().boundingRect() != one.rect():
            continue
        rect = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
        drawn = isinstance(one.parentWidget(), QLineEdit)
        words = one.text().strip() if isinstance(one, QLabel | QAbstractButton) and not drawn else ""
        inset = 0 if isinstance(one, QLabel) else _INSIDE
        if words and (met := seen.strongest(rect.adjusted(inset, inset, -inset, -inset))) < 4.5:
            found.append(f"« {words[:40]} » {met:.1f}")
        edged = isinstance(one, QLineEdit) or one.property("kind") in _EDGED
        side = QRect(rect.left() - 4, rect.center().y(), 12, 1)
        if edged and one.isEnabled() and (met := seen.strongest(side)) < 3:
            found.append(f"edge of {one.accessibleName() or words} {met:.1f}")
    return found


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_words_and_edges_stand_out_as_they_are_painted(desk: Desk, qtbot: QtBot, theme: Theme) -> None:  # noqa: F811
    look.show(Display(theme))
    for name, show in PAGES.items():
        show(desk)
        QApplication.processEvents()
        assert faint(desk.window()) == [], name


def test_every_target_is_large_enough(desk: Desk) -> None:  # noqa: F811
    """What stands inside a field (the glass, the cross of a search) is left out: keys do the same."""
    for name, show in PAGES.items():
        show(desk)
        QApplication.processEvents()
        for one in desk.window().findChildren(QWidget):
            if not (one.isVisible() and isinstance(one, _TARGETS)) or isinstance(one.parentWidget(), QLineEdit):
                continue
            assert min(one.width(), one.height()) >= 24, f"{name}: {one.accessibleName()} {one.size()}"
            if one.property("kind") in ("hero", "primary"):
                assert one.height() >= 44, f"{name}: {one.accessibleName()} {one.height()}"
