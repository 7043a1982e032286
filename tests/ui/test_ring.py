"""The place of the keyboard is seen on every control, in every theme, as it is painted (WCAG 2.2, 2.4.7, 2.4.13, 1.4.11)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.charting import Chart, Kind, Mark
from milomobile.domain.display import Display, Theme
from milomobile.reports.charts import draw
from milomobile.ui import look, tokens
from milomobile.ui.desk import Desk
from milomobile.ui.gallery.__main__ import PAGES as PARTS
from milomobile.ui.gallery.__main__ import Gallery
from milomobile.ui.parts.boxes import column, holder
from milomobile.ui.parts.codes import Codes
from milomobile.ui.report.chart import ChartView
from tests.ui.ringed import unmarked, unringed
from tests.ui.sheets import SHEETS, opened
from tests.ui.tabbing import named, stops, walk
from tests.ui.test_accessible import desk, filled  # noqa: F401
from tests.ui.test_order import SHOWN

_WORDS = ("Bac", "Bac +2", "Sans diplôme")


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


def faint(controls: Iterable[QWidget]) -> list[str]:
    """What is wrong with the ring of each, once it has the keyboard."""
    found = []
    for one in controls:
        if wrong := unringed(one):
            found.append(f"{named(one)} {one.property('kind') or ''} {wrong}")
    return found


def come_to(window: QWidget) -> Iterator[QWidget]:
    """Every control that Tab comes to."""
    return (step.now for step in walk(window))


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize("page", SHOWN)
def test_on_a_page(desk: Desk, page: str, theme: Theme) -> None:  # noqa: F811
    look.show(Display(theme))
    desk.window().resize(1366, 768)
    SHOWN[page](desk)
    assert faint(come_to(desk.window())) == []


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_on_squares_of_every_shade_beside_every_other(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    """Each count from none to the most beside, above and below each other one, at widths that do not divide."""
    look.apply(qapp, Display(theme))
    marks = [Mark(f"Arrêt {row}", tuple((row * place) % 11 for place in range(11))) for row in range(11)]
    view = ChartView(draw)
    window = shown(qtbot, holder(column(view, margins=(20, 20, 20, 20))))
    view.show_chart(Chart("hours", Kind.HEAT, "Lieux et heures", tuple(map(str, range(11))), tuple(marks)))
    for wide in (700, 753):
        window.resize(wide, 500)
        view.setFocus()
        found = []
        for number in range(0, len(view.spots), 2):
            view._go_to(number)
            found += [f"{number}: {wrong}" for wrong in [unringed(view)] if wrong]
        assert found == []


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_in_the_settings(desk: Desk, theme: Theme) -> None:  # noqa: F811
    look.show(Display(theme))
    desk.show_place("settings")
    for name in desk.settings._sections:
        desk.settings.show_section(name)
        assert faint(come_to(desk.window())) == [], name


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_in_a_sheet(desk: Desk, qtbot: QtBot, tmp_path: Path, theme: Theme) -> None:  # noqa: F811
    look.show(Display(theme))
    for kind in SHEETS:
        with opened(kind, desk, qtbot, tmp_path) as sheet:
            assert faint(come_to(sheet)) == [], kind


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_on_every_part_there_is(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    look.apply(qapp, Display(theme))
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.resize(1366, 3000)
    gallery.show()
    for name in PARTS:
        gallery.show_page(name)
        gallery.activateWindow()
        qtbot.waitUntil(gallery.isActiveWindow)
        controls = [one for one in stops(gallery) if not one.property("ringed")]
        assert faint(map(reached, controls)) == [], name


def shown(qtbot: QtBot, window: QWidget) -> QWidget:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def reached(one: QWidget) -> QWidget:
    one.setFocus(Qt.FocusReason.TabFocusReason)
    return one


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_in_lists_that_drop_down(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    look.apply(qapp, Display(theme))
    boxed, written = QComboBox(), Codes("Diplôme", [(word, word) for word in _WORDS])
    boxed.addItems(_WORDS)
    window = shown(qtbot, holder(column(boxed, written, margins=(20, 20, 20, 20))))
    boxed.showPopup()
    assert unmarked(boxed.view()) == ""
    boxed.hidePopup()
    written.list_all()
    popup = written.edit.completer().popup()
    assert isinstance(popup, QListView) and unmarked(popup) == ""
    popup.hide()
    window.close()


def test_a_ring_that_is_not_there_or_faint_or_thin_is_found(qtbot: QtBot, qapp: QApplication) -> None:
    look.apply(qapp, Display("light"))
    made = QLabel("Envoyer")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window = shown(qtbot, holder(column(made, margins=(20, 20, 20, 20))))
    for edge, wrong in (
        ("none", "left: 0 pixels wide"),
        ("2px solid #CDD7D9", "left: 0 pixels wide"),
        ("1px solid #000000", "left: 1 pixels wide"),
        ("2px solid #0F1E22", ""),
    ):
        window.setStyleSheet(f"QLabel {{ border: 2px solid #FFFFFF; }} QLabel:focus {{ border: {edge}; }}")
        assert unringed(reached(made)) == wrong
