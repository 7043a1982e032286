"""What a state says is seen by whoever sees no colour: by light and dark, an icon, a word or a pattern (WCAG 2.2, 1.4.1)."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.charting import Chart, Kind, Mark, told
from milomobile.domain.display import Display, Theme
from milomobile.reports import charts
from milomobile.ui import icons, look, tokens
from milomobile.ui.desk import Desk
from milomobile.ui.parts import paint, rows
from milomobile.ui.parts.discs import Dot
from milomobile.ui.parts.rows import Line
from milomobile.ui.parts.rows import Mark as Sent
from tests.ui.pixels import contrast
from tests.ui.test_accessible import desk, filled  # noqa: F401
from tests.ui.test_order import SHOWN

_ENOUGH = 20
"""Pixels that are lighter or darker by 3:1."""


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def unlike(one: QImage, other: QImage) -> int:
    """How many pixels are lighter or darker in one of two pictures, by 3:1."""
    spots = (QPoint(x, y) for x in range(one.width()) for y in range(one.height()))
    return sum(
        one.pixel(at) != other.pixel(at) and contrast(QColor(one.pixel(at)), QColor(other.pixel(at))) >= 3
        for at in spots
    )


def drawn(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.window().grab(widget.rect().translated(widget.mapTo(widget.window(), QPoint(0, 0)))).toImage()


def indistinct(window: QWidget) -> list[str]:
    """Of each kind of button that stays pressed, one that looks alike when it is and when it is not."""
    found, kinds = [], set()
    for one in window.findChildren(QAbstractButton):
        kind = (type(one).__name__, one.property("kind"), one.property("discreet"))
        if not one.isVisible() or not one.isEnabled() or not one.isCheckable() or kind in kinds:
            continue
        if one.visibleRegion().boundingRect() != one.rect():
            continue
        kinds.add(kind)
        before, quiet = one.isChecked(), one.blockSignals(True)
        group = one.group()
        alone = group.exclusive() if group else one.autoExclusive()
        _leave_alone(one, False)
        pictures = []
        for checked in (True, False):
            one.setChecked(checked)
            pictures.append(drawn(one))
        one.setChecked(before)
        _leave_alone(one, alone)
        one.blockSignals(quiet)
        if (met := unlike(*pictures)) < _ENOUGH:
            found.append(f"{kind} {met}")
    return found


def _leave_alone(one: QAbstractButton, alone: bool) -> None:
    if group := one.group():
        group.setExclusive(alone)
    else:
        one.setAutoExclusive(alone)


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_what_is_chosen_is_lighter_or_darker_or_marked(desk: Desk, theme: Theme) -> None:  # noqa: F811
    look.show(Display(theme))
    for page, show in SHOWN.items():
        show(desk)
        QApplication.processEvents()
        assert indistinct(desk.window()) == [], page


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_a_step_that_is_over_on_or_to_come_is_told_by_its_form(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    look.apply(qapp, Display(theme))
    pictures = []
    for one in (Dot(False, True, 40), Dot(True, True, 40), Dot(False, True, 40, hollow=True)):
        qtbot.addWidget(one)
        pictures.append(one.grab().toImage())
    assert all(unlike(*pair) >= 9 for pair in combinations(pictures, 2))


def test_a_pill_of_a_tone_and_a_mark_of_a_row_have_a_form_of_their_own(qapp: QApplication) -> None:
    for names in ([drawn for _, _, drawn in paint._TONES.values() if drawn], [one.value[0] for one in Sent]):
        forms = [icons.pixmap(name, "text", 40).toImage() for name in names]
        assert len(forms) > 2
        assert all(one != other for one, other in combinations(forms, 2))
    assert [tone for tone, (_, _, drawn) in paint._TONES.items() if not drawn] == ["neutral"]


def test_every_pill_has_words(desk: Desk) -> None:  # noqa: F811
    for page, show in SHOWN.items():
        show(desk)
        pills = [one for one in desk.findChildren(QLabel) if one.property("pill") and one.isVisible()]
        assert all(one.text().strip() for one in pills), page


def test_parts_of_a_bar_are_hatched_and_counted_and_so_is_the_legend() -> None:
    """Of two series one has a pattern, in the bars and beside their names, and the numbers stand in them."""
    stacked = Chart(
        "weeks", Kind.STACK, "Rencontres", ("Inscrits", "Anonymes"), (Mark("1", (20, 30)), Mark("2", (25, 12)))
    )
    svg = charts.draw(stacked, tokens.LIGHT, 400, False).svg
    for said in ("Inscrits", "Anonymes", *(told(cell) for mark in stacked.marks for cell in mark.cells)):
        assert f">{said}<" in svg
    alone = Chart("weeks", Kind.STACK, "Rencontres", ("Inscrits",), (Mark("1", (20,)), Mark("2", (25,))))
    assert _slanted(svg) > 20 and _slanted(charts.draw(alone, tokens.LIGHT, 400, False).svg) == 0


def _slanted(svg: str) -> int:
    """Lines that are neither level nor upright."""
    lines = (map(float, one) for one in re.findall(r'<line x1="(.+?)" y1="(.+?)" x2="(.+?)" y2="(.+?)"', svg))
    return sum(left != right and top != bottom for left, top, right, bottom in lines)


@pytest.mark.parametrize("theme", ["light", "dark", "sun"])
def test_a_row_that_is_chosen_is_seen_though_the_keyboard_is_elsewhere(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    look.apply(qapp, Display(theme))
    view = QListWidget()
    qtbot.addWidget(view)
    rows.dress(view, rows.Rows(view))
    for name in ("Ines B.", "Yanis P."):
        rows.add(view, Line(name, name), name)
    view.resize(300, 200)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.show()
    before = drawn(view)
    view.setCurrentRow(0)
    assert unlike(drawn(view), before) > _ENOUGH
