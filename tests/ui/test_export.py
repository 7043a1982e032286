"""The export card: by hand and by keys, without names unless a password and a reason were given."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile.domain.periods import Period
from milomobile.ui.desk import Desk
from milomobile.ui.parts.asking_sheet import AskingSheet
from milomobile.ui.report.export import ExportCard
from tests.conftest import PASSWORD, line

HERE = {"place": "Marché de Borny", "setting": "ARRET_MILO_MOBILE", "age_band": "18-21", "sex": "M"}


def said(inside: QWidget) -> str:
    return " ".join(one.text() for one in inside.findChildren(QLabel) if one.isVisibleTo(inside))


@pytest.fixture
def card(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ExportCard:
    today = desk._verbs.now()
    record, _ = desk._verbs.read(line(at=today.isoformat()))
    assert record
    desk._verbs.register(record)
    desk.show_place("report")
    (tmp_path / "bureau").mkdir()
    desk.report.card.into(tmp_path / "bureau")
    qtbot.waitUntil(desk.report.card.isVisible)
    return desk.report.card


def box(card: ExportCard, title: str) -> QCheckBox:
    return next(one for one in card.findChildren(QCheckBox) if one.text() == title and not one.isHidden())


def cells(card: ExportCard) -> set[str]:
    table = card.lines.table
    places = ((down, across) for down in range(table.rowCount()) for across in range(table.columnCount()))
    return {item.text() for place in places if (item := table.item(*place))}


def finished(card: ExportCard, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Export terminé\u00a0: 1 ligne." in said(card), timeout=20_000)


def allow(card: ExportCard, qtbot: QtBot, password: str = PASSWORD) -> AskingSheet:
    sheet = card.sheet
    qtbot.waitUntil(sheet.isVisible)
    next(one for one in sheet.findChildren(QPushButton) if one.text() == "Saisie dans I-MILO").click()
    sheet.findChildren(QLineEdit)[0].setText(password)
    sheet.go.click()
    return sheet


def test_without_names_at_once(card: ExportCard, qtbot: QtBot) -> None:
    assert "Fichier sans nom ni téléphone" in said(card)
    assert "Marché de Borny" in cells(card) and "Boussole" not in cells(card)
    card.go.click()
    finished(card, qtbot)
    (file,) = (card._folder).iterdir()
    header = [cell.value for cell in next(load_workbook(file).worksheets[0].iter_rows())]
    assert "Lieu" in header and "Nom" not in header and "Téléphone" not in header


def test_a_file_that_is_there_is_never_replaced(card: ExportCard, qtbot: QtBot) -> None:
    for number in (1, 2, 3):
        card.export()
        finished(card, qtbot)
        first = next(file for file in card._folder.iterdir() if file.name.endswith("_v1.xlsx"))
        names = [first.name, *(first.name.replace("_v1", f"_v1_{more}") for more in range(2, number + 1))]
        assert sorted(file.name for file in card._folder.iterdir()) == sorted(names)
        assert first.name.replace("_v1", f"_v1_{number + 1}") in said(card).replace("\u200b", "")
        assert f"Écrit dans {names[-1]}." in said(card).replace("\u200b", "")
        first.write_text("les réponses du bureau", encoding="utf-8")
    assert first.read_text(encoding="utf-8") == "les réponses du bureau"


def test_names_ask_a_password_and_a_reason(card: ExportCard, desk: Desk, qtbot: QtBot) -> None:
    name = box(card, "Nom et téléphone")
    name.click()
    assert not name.isChecked()
    sheet = allow(card, qtbot, "pas le bon mot de passe")
    qtbot.waitUntil(lambda: sheet.wrong.isVisible(), timeout=20_000)
    assert not name.isChecked()
    allow(card, qtbot)
    qtbot.waitUntil(lambda: box(card, "Nom et téléphone").isChecked(), timeout=20_000)
    assert "Boussole" in cells(card) and "Fichier nominatif\u00a0: à garder sur le réseau du bureau" in said(card)
    card.export()
    finished(card, qtbot)
    assert not box(card, "Nom et téléphone").isChecked()
    assert "À effacer au plus tard" in said(card)
    entries, _ = desk._verbs.law.journal()
    assert "export contacts IMILO" in [entry.what for entry in entries]


def test_a_file_of_names_is_not_shown_before_and_is_written_once_allowed(card: ExportCard, qtbot: QtBot) -> None:
    card.what.setCurrentIndex(card.what.findData("rattachements"))
    assert card.ticks.isHidden() and card.lines.table.isHidden()
    assert "Aperçu après votre mot de passe." in said(card)
    card.export()
    allow(card, qtbot)
    finished(card, qtbot)
    (file,) = card._folder.glob("milo_rattachements_*.xlsx")
    assert load_workbook(file).worksheets[0]["C2"].value == "Boussole"


def test_discreet_the_first_lines_hide_who_it_is(card: ExportCard, desk: Desk, qtbot: QtBot) -> None:
    box(card, "Nom et téléphone").click()
    allow(card, qtbot)
    qtbot.waitUntil(lambda: box(card, "Nom et téléphone").isChecked(), timeout=20_000)
    desk.veil.switch(True)
    card._show()
    assert "Boussole" not in cells(card) and "Marché de Borny" in cells(card)


def test_by_keys_alone(card: ExportCard, desk: Desk, qtbot: QtBot) -> None:
    card.what.setFocus()
    qtbot.keyClick(card.what, Qt.Key.Key_Down)
    assert card.what.currentData() == "rattachements"
    qtbot.keyClick(card.what, Qt.Key.Key_Up)
    place = box(card, "Arrêt et date")
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_Space)
    assert not place.isChecked() and "Marché de Borny" not in cells(card)
    qtbot.keyClick(place, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    finished(card, qtbot)
    again = ExportCard(desk._verbs, card._tasks, (date(2026, 1, 1), date(2026, 1, 1)))
    qtbot.addWidget(again)
    empty = Period(date(2026, 1, 1), date(2026, 1, 1), "")
    again.show_period(empty, empty)
    assert not box(again, "Arrêt et date").isChecked()
    assert "Rien sur cette période." in said(again)


def test_stopped_half_way_it_says_so_leaves_nothing_and_can_begin_again(
    card: ExportCard, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(600):
        record, _problems = desk._verbs.read({"kind": "anonymous", **HERE, "at": desk._verbs.now().isoformat()})
        assert record
        desk._verbs.register(record)
    card.form.choose(["csv"])
    card._show()
    card.go.click()
    assert card.stop.isVisibleTo(card)
    card.stop.click()
    qtbot.waitUntil(lambda: "Export annulé" in said(card), timeout=20_000)
    assert list(card._folder.iterdir()) == [] and card.go.isVisible()
    card.go.click()
    qtbot.waitUntil(lambda: "Export terminé\u00a0: 601 lignes." in said(card), timeout=20_000)


def test_figures_are_not_counted_before_they_are_asked_for(card: ExportCard, qtbot: QtBot) -> None:
    card.what.setCurrentIndex(card.what.findData("statistiques"))
    assert "T1 à T11" in said(card) and "Fichier sans nom" in said(card)
    card.export()
    qtbot.waitUntil(lambda: "Export terminé" in said(card), timeout=20_000)
    (file,) = card._folder.iterdir()
    assert load_workbook(file).sheetnames[0].startswith("T1")


def test_a_folder_that_is_gone_is_one_sentence(card: ExportCard, qtbot: QtBot, tmp_path: Path) -> None:
    card.into(tmp_path / "absent")
    card.export()
    qtbot.waitUntil(lambda: "n’existe pas" in said(card), timeout=20_000)
    assert card.go.isVisible()


def test_ctrl_e_exports_wherever_the_keyboard_is_on_this_page_and_on_no_other(
    card: ExportCard, desk: Desk, qtbot: QtBot
) -> None:
    place = next(made for made in desk.side.findChildren(QPushButton) if made.isVisible())
    desk.show_place("people")
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desk.show_place("report")
    qtbot.waitUntil(card.go.isEnabled, timeout=10_000)
    assert not list(card._folder.iterdir())
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    finished(card, qtbot)
    assert [file.suffix for file in card._folder.iterdir()] == [".xlsx"]
