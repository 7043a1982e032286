"""Bilan: counts and charts of a period, who is behind a bar, the table and the picture of a chart, the reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from milomobile import handed
from milomobile.domain.charting import Kind
from milomobile.domain.dates import LOCAL
from milomobile.domain.display import Display
from milomobile.domain.figures import HIDDEN_NOTE
from milomobile.domain.programme import Forecast, Goal, Programme
from milomobile.domain.summary import Summary
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.report import ReportPage
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.report.chart import ChartView
from milomobile.ui.report.charts import ChartCard
from milomobile.ui.report.figures import BehindSheet, FiguresSheet
from milomobile.ui.window import Window
from tests.conftest import line
from tests.ui.hands import at_the_sheet

NOON = datetime.now(LOCAL).replace(hour=12, minute=0)


def now() -> datetime:
    """Noon of the day on which this runs: a minute ago is the same day, at midnight too."""
    return NOON


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed, "now", now)


def register(desk: Desk, given: str, phone: str, **changes: object) -> str:
    made = line(person__given_name=given, person__phone=phone, at=(now() - timedelta(minutes=1)).isoformat(), **changes)
    record, wrong = desk._verbs.read(made)
    assert record, wrong
    return desk._verbs.register(record)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ReportPage:
    """Three who gave a name and one who did not, met a minute ago."""
    for number, (given, sex) in enumerate((("Ines", "F"), ("Lina", "F"), ("Marc", "M"))):
        register(desk, given, f"03530112{number}0", person__sex=sex)
    desk._verbs.register(_anonymous(desk))
    desk.show_place("report")
    counted(desk.report, qtbot)
    return desk.report


def counted(page: ReportPage, qtbot: QtBot) -> None:
    """The figures asked for are those shown."""
    qtbot.waitUntil(lambda: page._wanted is None)


def _anonymous(desk: Desk) -> "object":
    made = {"kind": "anonymous", "at": now().isoformat(), "place": "Marché de Borny", "setting": "ARRET_MILO_MOBILE"}
    record, wrong = desk._verbs.read({**made, "age_band": "18-21", "sex": "F", "needs": ["EMPLOI"]})
    assert record, wrong
    return record


def card(page: ReportPage, title: str) -> ChartCard:
    return next(one for one in page.charts.cards if one._chart and one._chart.title == title)


def tell_programmes(desk: Desk, *names: str) -> None:
    """As if the office had told them."""
    read = desk._verbs.bilan
    made = [Programme(str(place), name, {}) for place, name in enumerate(names)]
    goal = Goal(1126, 2000, 0.7, names[-1], date(2025, 7, 1), date(2027, 6, 30))
    told = replace(read, programmes=lambda: made)

    def counted(first: date, last: date, left: Callable[[], bool]) -> Summary:
        return replace(read.read(first, last, left), goal=goal, forecast=Forecast(date(2027, 6, 30), 1700, 2150))

    desk.report._bilan = replace(told, read=counted)


def test_the_page_counts_and_draws_what_was_met(page: ReportPage) -> None:
    told = page.summary
    assert told is not None
    assert (told.encounters, told.registrations) == (4, 3)
    shown = {one._chart.title for one in page.charts.cards if one.isVisible() and one._chart}
    assert {"Par semaine", "Âge et sexe", "Publics du projet", "Arrêts", "Communes", "Lieux et heures"} <= shown
    sexes = card(page, "Âge et sexe").view
    assert "Femmes\u00a0: 2, soit 67\u00a0%" in [spot.words for spot in sexes.spots]
    assert "Femmes" in sexes.accessibleDescription()
    assert "Données de ce poste" in page._caption.text()


def test_the_keyboard_goes_from_bar_to_bar_and_opens_who_is_behind_one(
    desk: Desk, page: ReportPage, qtbot: QtBot
) -> None:
    view = card(page, "Âge et sexe").view
    view.setFocus()
    women = next(number for number, spot in enumerate(view.spots) if spot.words.startswith("Femmes"))
    for _ in range(women):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    names: list[str] = []

    def choose(sheet: BehindSheet) -> None:
        names.extend(sheet.list.item(row).text().split(",")[0] for row in range(sheet.list.count()))
        qtbot.keyClick(sheet.list, Qt.Key.Key_Return)

    timer = at_the_sheet(choose)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    timer.stop()
    assert sorted(names) == ["Ines Boussole", "Lina Boussole"]
    assert desk._stack.currentWidget() is desk.people
    assert desk.people.detail.person


def test_arrows_cross_places_and_hours(page: ReportPage, qtbot: QtBot) -> None:
    view = card(page, "Lieux et heures").view
    view.setFocus()
    assert view.spots[view._at].words.startswith("Marché de Borny, ")
    qtbot.keyClick(view, Qt.Key.Key_End)
    last = view._at
    assert last == len(view.spots) - 1
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view._at == last
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view._at == 0


def test_the_mouse_opens_the_same_and_mode_discret_hides_the_names(desk: Desk, page: ReportPage, qtbot: QtBot) -> None:
    desk.veil.switch(True)
    view = card(page, "Arrêts").view
    spot = view.spots[0]
    names: list[str] = []

    def look(sheet: BehindSheet) -> None:
        names.extend(sheet.list.item(row).text() for row in range(sheet.list.count()))

    timer = at_the_sheet(look)
    at = QPoint(round(spot.left + 20), round(spot.top + spot.height / 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    timer.stop()
    assert len(names) == 3
    assert not any("Boussole" in name for name in names)


def test_every_chart_has_its_table_and_its_picture(page: ReportPage, qtbot: QtBot) -> None:
    shown = [one for one in page.charts.cards if one.isVisible()]
    assert shown
    for one in shown:
        cells: list[str] = []

        def read(sheet: FiguresSheet, cells: list[str] = cells) -> None:
            table = sheet.table
            assert table.accessibleName()
            assert QApplication.focusWidget() is table
            qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            cells.extend(QApplication.clipboard().text().split("\n"))

        timer = at_the_sheet(read)
        one.table.click()
        timer.stop()
        assert one._chart and len(cells) == len(one._chart.marks)
        met = {"weeks": 99, "hours": 99, "stops": 99, "ground": 99, "funnel": 2}.get(one._chart.code, 0)
        assert not any(cell in ("1", "2", "3", "4") for line in cells[met:] for cell in line.split("\t")[1:]), cells
        assert one.view._leaving
        assert not any(0 < (cell or 0) < 5 for mark in one.view._leaving.marks[met:] for cell in mark.cells)
        one.view.setFocus()
        qtbot.keyClick(one.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        picture = QApplication.clipboard().image()
        assert picture.width() > 2 * one.view.spots[0].width
        places = ((x, y) for y in range(0, picture.height(), 2) for x in range(0, picture.width(), 9))
        assert len({picture.pixel(*place) for place in places}) > 5


def test_a_hidden_figure_in_the_window_says_what_that_means(desk: Desk, page: ReportPage, qtbot: QtBot) -> None:
    """Reserved audiences alone: what others are is shown as it is."""
    register(desk, "Nadia", "0353011299", audiences=["PI"], situation__category="SANS_SITUATION")
    page.refresh()
    counted(page, qtbot)
    publics = card(page, "Publics du projet")
    texts: list[str] = []
    timer = at_the_sheet(lambda sheet: texts.extend(one.text() for one in sheet.findChildren(QLabel)))
    publics.table.click()
    timer.stop()
    assert HIDDEN_NOTE in texts
    shown = {mark.label: mark.cells for mark in publics._chart.marks} if publics._chart else {}
    assert shown["Parent isolé"] == (None,) and None not in shown["Sans emploi ni formation"]


def test_another_theme_draws_the_chart_anew(page: ReportPage) -> None:
    view: ChartView = card(page, "Âge et sexe").view
    before = view.grab().toImage()
    look.show(Display("dark"))
    assert view.grab().toImage() != before
    assert "#5CB8CE" in view._drawn.svg
    look.show(Display())


def test_an_empty_period_says_so_and_leads_to_the_project(page: ReportPage, qtbot: QtBot) -> None:
    page.picker.before.click()
    counted(page, qtbot)
    assert page._nothing.isVisible() and not page.charts.isVisible()
    assert page.picker.after.isEnabled()
    whole = next(made for made in page._nothing.findChildren(QPushButton) if made.text() == "Voir tout le projet")
    whole.click()
    qtbot.waitUntil(page.charts.isVisible)
    assert page.summary is not None and page.summary.encounters == 4


def test_dates_are_typed_and_wrong_ones_said(page: ReportPage, qtbot: QtBot) -> None:
    page.picker.kind._buttons["dates"].click()
    assert page.picker.dates.isVisible() and page.picker.first.edit.hasFocus()
    page.picker.first.edit.setText("31/02/2026")
    page.picker.first.edit.editingFinished.emit()
    assert "n’existe pas" in page.picker.first.edit.accessibleDescription()
    today = now().date()
    page.picker.first.edit.setText(f"{today:%d/%m/%Y}")
    page.picker.first.edit.editingFinished.emit()
    counted(page, qtbot)
    assert page.summary is not None and page.summary.first == today
    assert page.summary.encounters == 4


def _type(page: ReportPage, first: str, last: str) -> None:
    for field, typed in ((page.picker.first, first), (page.picker.last, last)):
        field.edit.setText(typed)
        field.edit.editingFinished.emit()


def test_a_period_that_is_none_shows_and_exports_nothing(desk: Desk, page: ReportPage, qtbot: QtBot) -> None:
    """Ended before it begins, or not begun: no figures and no file of the one before."""
    page.picker.kind._buttons["dates"].click()
    today = now().date()
    days = [f"{today + timedelta(days=days):%d/%m/%Y}" for days in (-3, 0, 2, 5)]
    for first, last, field, said in (
        (days[1], days[0], page.picker.last, "La période finit avant de commencer."),
        (days[2], days[3], page.picker.first, "Cette période n’a pas commencé."),
    ):
        _type(page, first, last)
        assert field.edit.accessibleDescription() == said
        assert page.picker.first.edit.mapTo(page, QPoint()).y() == page.picker.last.edit.mapTo(page, QPoint()).y()
        assert page.summary is None and page._undated.isVisible()
        assert not page.indicators.isVisible() and not page.charts.isVisible() and not page._nothing.isVisible()
        assert not page.card.go.isEnabled() and not page.papers.isEnabled()
        page.card.form.choose(["csv"])
        page.card._show()
        page.card.export()
        assert not page.card._busy.isVisible() and page.card.lines.table.rowCount() == 0
        _type(page, days[0], days[1])
        counted(page, qtbot)
        assert page.summary is not None and page.indicators.isVisible() and not page._undated.isVisible()
        qtbot.waitUntil(page.card.go.isEnabled)
    _type(page, days[0], days[3])
    counted(page, qtbot)
    assert page.summary is not None and page.summary.last == today


def test_calls_to_come_are_in_the_file_of_calls(desk: Desk, page: ReportPage, qtbot: QtBot) -> None:
    """A period stops at today; whom to call back is told to its end, without an end where it has none."""
    soon = now().date() + timedelta(days=40)
    register(desk, "Nadia", "0353011299", recall_on=soon.isoformat())
    page.card.what.setCurrentIndex(page.card.what.findData("rappels"))
    page.card._reason = "RAPPEL"
    for kind, there in (("project", True), ("dates", True), ("week", False), ("project", True)):
        page.picker.kind._buttons[kind].click()
        qtbot.waitUntil(lambda there=there: (page.card.lines.table.rowCount() == 1) == there)
        assert page.card._days.text().startswith("prévus dès le" if there else "prévus ")
    assert "_depuis_" in page.card.name.text().replace("\u200b", "")
    page.picker.kind._buttons["dates"].click()
    _type(page, f"{now():%d/%m/%Y}", f"{soon:%d/%m/%Y}")
    qtbot.waitUntil(lambda: page.card.asked().last == soon)
    assert page.card.lines.table.rowCount() == 1


def test_nothing_is_cut_off_and_every_part_is_reached(desk: Desk, page: ReportPage, qtbot: QtBot) -> None:
    tell_programmes(desk, "#ConstruisTonAvenir", "Un programme d’été au nom bien plus long que les autres")
    page.refresh()
    counted(page, qtbot)
    assert page.indicators.other.isVisible()
    area = page.findChild(QScrollArea)
    assert area is not None
    for size in ((1366, 768), (1280, 640), (1024, 600)):
        desk.window().resize(*size)
        qtbot.waitUntil(lambda size=size: desk.window().width() == size[0])
        qtbot.waitUntil(lambda: area.widget().minimumSizeHint().width() <= area.viewport().width())
        for one in page.charts.cards:
            if one.isVisible():
                assert one.view.width() >= one.view._drawn.width
                right = one.mapTo(page, QPoint(one.width(), 0)).x()
                assert right <= page.width()
        assert {one._chart.kind for one in page.charts.cards if one._chart} >= {Kind.STACK, Kind.BARS, Kind.HEAT}
    reached = set()
    page.picker.kind.first().setFocus()
    for _ in range(80):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    shown = [one for one in page.charts.cards if one.isVisible()]
    assert {one.view for one in shown} | {one.table for one in shown} <= reached
    assert {page.papers.month, page.papers.day} <= reached


def test_reports_are_written_where_somebody_wants_them(
    desk: Desk, page: ReportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = desk.sync.paper.write
    for made, name in ((page.papers.day, "jour"), (page.papers.month, "mois.pdf"), (evening, "soir.pdf")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        made.click()
        file = (tmp_path / name).with_suffix(".pdf")
        qtbot.waitUntil(file.exists, timeout=20_000)
        assert file.read_bytes().startswith(b"%PDF")
        qtbot.waitUntil(made.isEnabled)
    qtbot.waitUntil(lambda: page.papers._said.count() == 1)


def test_a_lock_while_the_project_is_counted_ends_well(desk: Desk, page: ReportPage, qtbot: QtBot) -> None:
    window = desk.window()
    assert isinstance(window, Window)
    page.picker.kind._buttons["dates"].click()
    page.picker.first.edit.setText("01/01/2020")
    page.picker.first.edit.editingFinished.emit()
    assert page._wanted is not None
    window.lock()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), UnlockPage))


def test_the_project_counted_ahead_is_shown_at_once_and_never_older_than_the_page(
    desk: Desk, page: ReportPage, qtbot: QtBot
) -> None:
    def register_long_ago(phone: str) -> None:
        made = line(person__given_name="Nadia", person__phone=phone, at=(now() - timedelta(days=200)).isoformat())
        record, wrong = desk._verbs.read(made)
        assert record, wrong
        desk._verbs.register(record)

    for number in (1, 2):
        register_long_ago(f"035301124{number}")
        desk.show_place("report")
        qtbot.waitUntil(lambda: page.picker.project() in page._ahead)
        page.picker.kind._buttons["project"].click()
        assert page.summary is not None and page.summary.first < now().date() - timedelta(days=190)
        assert page.summary.encounters == 4 + number
        page.picker.kind._buttons["month"].click()
