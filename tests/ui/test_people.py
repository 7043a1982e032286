"""Jeunes: the list, its search and its chips, by keyboard and by mouse, over a real encrypted profile."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from milomobile.actions import invent
from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Found
from milomobile.domain.reading import read
from milomobile.ui.desk import Desk
from milomobile.ui.models.people import PAGE, People
from milomobile.ui.pages.people import PeoplePage
from milomobile.ui.parts.rows import LINE
from tests.conftest import line

PEOPLE = 230


@pytest.fixture
def page(desk: Desk) -> PeoplePage:
    verbs = desk._verbs
    for answers in invent.lines(PEOPLE, PEOPLE, 3, verbs.now()):
        record, _ = read(answers, verbs.lists, verbs.now())
        assert record
        verbs.register(record)
    desk.show_place("people")
    return desk.people


def names(page: PeoplePage) -> list[str]:
    return [page.model.index(row).data(LINE).name for row in range(page.model.rowCount())]


def type_words(qtbot: QtBot, page: PeoplePage, words: str) -> None:
    with qtbot.waitSignal(page.model.modelReset):
        qtbot.keyClicks(page.typed, words)


def test_the_whole_list_is_reached_and_the_view_asks_for_what_it_shows(page: PeoplePage, qtbot: QtBot) -> None:
    assert page.model.rowCount() == PEOPLE
    assert len(page.model._pages) == 1
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    assert page.list.currentIndex().row() == PEOPLE - 1
    assert page.list.visualRect(page.list.currentIndex()).bottom() <= page.list.viewport().height()
    last = page.list.currentIndex().data(LINE)
    qtbot.waitUntil(lambda: last.name in {label.text() for label in page.detail.findChildren(type(page._count))})
    qtbot.keyClick(page.list, Qt.Key.Key_Home)
    qtbot.keyClick(page.list, Qt.Key.Key_PageDown)
    assert 0 < page.list.currentIndex().row() < PAGE
    assert len(page.model._pages) == 2
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: len(page.model._pages) == 3)


def test_every_row_once_in_the_order_of_meeting(page: PeoplePage, desk: Desk) -> None:
    ids = [page.model.index(row).data(Qt.ItemDataRole.UserRole) for row in range(PEOPLE)]
    assert len(set(ids)) == PEOPLE
    last = [desk._verbs.sheet(id).encounters[0].at.date() for id in ids[:60]]
    assert last == sorted(last, reverse=True)


def test_by_keyboard_from_the_search_to_somebody(page: PeoplePage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert page.typed.hasFocus()
    type_words(qtbot, page, "bous")
    found = names(page)
    assert found[-1] == "Pas trouvé\u00a0?" and len(found) > 1
    assert all("Boussole" in name for name in found[:-1])
    assert page._count.text() == f"{len(found) - 1} résultats"
    qtbot.keyClick(page.typed, Qt.Key.Key_Down)
    assert page.list.hasFocus() and page.list.currentIndex().row() == 0
    assert page.list.selectionModel().isSelected(page.list.currentIndex())
    qtbot.keyClicks(page.list, "so")
    assert page.typed.hasFocus() and page.typed.text() == "bousso", "letters go on with the search"
    qtbot.keyClick(page.typed, Qt.Key.Key_Return)
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    with qtbot.waitSignal(page.register_asked) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == ["bousso"]


def test_a_click_chooses_and_the_last_row_asks_for_a_new_file(page: PeoplePage, qtbot: QtBot) -> None:
    type_words(qtbot, page, "marelle")
    first, last = page.model.index(0), page.model.index(page.model.rowCount() - 1)
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(first).center())
    qtbot.waitUntil(
        lambda: first.data(LINE).name in {label.text() for label in page.detail.findChildren(type(page._count))}
    )
    page.list.scrollToBottom()
    with qtbot.waitSignal(page.register_asked) as asked:
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(last).center())
    assert asked.args == ["marelle"]


def test_chips_narrow_and_combine_with_what_is_typed(page: PeoplePage, desk: Desk, qtbot: QtBot) -> None:
    counts = desk._verbs.count_chips()
    buttons = page.chips.buttons
    assert [one.isChecked() for one in buttons.values()] == [True] + [False] * (len(buttons) - 1)
    for name, made in buttons.items():
        assert made.accessibleName().endswith(f", {counts[name]}"), name
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        assert made.isChecked() and page.model.rowCount() == counts[name], name
        assert sum(one.isChecked() for one in buttons.values()) == 1
        assert page._count.text(), name
    qtbot.mouseClick(buttons["minor"], Qt.MouseButton.LeftButton)
    type_words(qtbot, page, "metz")
    today = desk._verbs.now().astimezone(LOCAL).date()
    people = [desk._verbs.sheet(page.model.index(row).data(Qt.ItemDataRole.UserRole)) for row in range(8)]
    assert all("Metz" in (sheet.commune or "") for sheet in people)
    assert all((sheet.person.age(today) or 99) < 18 for sheet in people)
    assert "parmi" in page._count.text()
    qtbot.keyClick(desk, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert buttons["all"].isChecked(), "a search from anywhere is among everybody"


def test_chips_by_keyboard_alone(page: PeoplePage, qtbot: QtBot) -> None:
    """Tab goes to the chip that is on, the arrows to the next and the one before, which is then on."""
    page.typed.setFocus()
    qtbot.keyClick(page.typed, Qt.Key.Key_Tab)
    names = list(page.chips.buttons)
    right, left, down = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down
    for key, expected in (
        (None, 0),
        (right, 1),
        (down, 2),
        (right, 3),
        (right, 4),
        (right, 5),
        (right, 6),
        (right, 6),
        (left, 5),
    ):
        focused = QApplication.focusWidget()
        assert focused is not None
        if key:
            qtbot.keyClick(focused, key)
        assert page.chips.name == names[expected]
        assert QApplication.focusWidget() is page.chips.buttons[names[expected]]


def test_somebody_stays_chosen_while_the_list_changes(page: PeoplePage, desk: Desk, qtbot: QtBot) -> None:
    id = page.model.index(77).data(Qt.ItemDataRole.UserRole)
    page.show_person(id)
    assert page.list.currentIndex().row() == 77
    assert page.list.viewport().rect().contains(page.list.visualRect(page.list.currentIndex()).center() + QPoint(0, 0))
    sheet = desk._verbs.sheet(id)
    type_words(qtbot, page, sheet.person.given_name[:1].encode("ascii", "ignore").decode() or "m")
    if page.model.row_of(desk._verbs.rank_of(id)) is not None:
        assert page.list.currentIndex().data(Qt.ItemDataRole.UserRole) == id
    page.show_person(id)
    desk.news.people.emit()
    assert page.list.currentIndex().data(Qt.ItemDataRole.UserRole) == id


def test_nothing_found_and_nobody_at_all_are_told(page: PeoplePage, desk: Desk, qtbot: QtBot) -> None:
    type_words(qtbot, page, "zzz")
    assert page._count.text().startswith("Personne ne correspond à «\u00a0zzz\u00a0»")
    assert names(page) == ["Pas trouvé\u00a0?"]
    page.typed.clear()
    page.chips.buttons["recall"].click()
    assert names(page) == [] and page._count.text() == "Personne n’est à rappeler."


def test_a_page_is_asked_for_once_and_few_are_kept() -> None:
    """The model alone: 100,000 ranks, any row of them."""
    asked: list[Sequence[int]] = []

    def rows(ranks: Sequence[int]) -> list[tuple[str | None, object]]:
        asked.append(ranks)
        return [(f"id {rank}", Found(str(rank), "Inès", None, None, None, None, None, True, True)) for rank in ranks]

    model = People(rows, lambda shown, _: shown)
    model.show(range(100_000, 0, -1), [(None, "end")])
    assert model.rowCount() == 100_001 and model.rowCount(model.index(0)) == 0
    assert model.index(100_000).data() == "end" and asked == []
    for row in (99_999, 0, 50_000, 50_001, 0):
        assert model.index(row).data(Qt.ItemDataRole.UserRole) == f"id {100_000 - row}"
    assert [len(ranks) for ranks in asked] == [PAGE] * 3
    for row in range(0, 100_000, PAGE):
        model.index(row).data()
    assert len(model._pages) <= 20
    assert model.data(QModelIndex()) is None
    assert model.row_of(1) == 99_999 and model.row_of(0) is None and model.row_of(None) is None


def test_who_is_opened_from_another_page_has_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    """Entrée there would else press what stands first on the page: a new file."""
    record, _ = desk._verbs.read(line())
    assert record
    desk._verbs.register(record)
    desk.show_place("today")
    desk.today.person_asked.emit(desk._verbs.search("boussole")[0].id)
    qtbot.waitUntil(desk.people.list.hasFocus)
    assert desk.people.detail.person
