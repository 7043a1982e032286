"""Réglages: a list of people to look for is shown before it is imported; its columns are guessed and can be said."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from milomobile.ui.desk import Desk
from milomobile.ui.parts.sought import SoughtCard
from milomobile.ui.parts.sought_sheet import SoughtSheet


@pytest.fixture
def card(desk: Desk) -> SoughtCard:
    desk.show_place("settings")
    desk.settings.show_section("Listes et annuaire")
    return desk.settings.sought


def said(inside: QWidget) -> str:
    return " ".join(one.text() for one in inside.findChildren(QLabel) if one.isVisibleTo(inside))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system's question for a file answers."""
    made = tmp_path / "psad.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made), ""))
    return made


def opened(card: SoughtCard, qtbot: QtBot) -> SoughtSheet:
    card.go.click()
    qtbot.waitUntil(lambda: hasattr(card, "sheet") and card.sheet.isVisible(), timeout=10_000)
    return card.sheet


def test_by_keyboard_alone_from_the_file_to_the_report(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_bytes(
        "Nom;Prénom;Né le;Classe\r\nBoussole;Inès;39153;3e\r\nLampion;Noé;31/02/2008;\r\n".encode("cp1252")
    )
    card.go.setFocus()
    qtbot.keyClick(card.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hasattr(card, "sheet") and card.sheet.isVisible(), timeout=10_000)
    sheet = card.sheet
    assert [made.currentText() for made in sheet.meanings] == [
        "Nom de naissance",
        "Prénom",
        "Date de naissance",
        "Ignorée",
    ]
    qtbot.waitUntil(sheet.go.isEnabled, timeout=10_000)
    assert "1 personne à chercher, 1 ligne refusée." in said(sheet)
    qtbot.waitUntil(lambda: "Ligne 2\u00a0: Inès Boussole · 12/03/2007" in said(sheet))
    qtbot.waitUntil(sheet.purpose.edit.hasFocus)
    qtbot.keyClicks(sheet.purpose.edit, "PSAD de novembre")
    for _ in range(12):
        if QApplication.focusWidget() is sheet.go:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(sheet.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "1 personne à chercher, jusqu’au" in said(card), timeout=10_000)
    assert not sheet.isVisible() and "Colonnes non lues\u00a0: Classe." in said(card)
    assert "«\u00a0PSAD de novembre\u00a0»\u00a0: 1 personne (psad.csv, reçue le" in said(card)
    assert card.lines.isVisible() and card.lines.toPlainText().startswith(
        "Ligne 3, refusée : Le 31 février n’existe pas"
    )


def test_columns_that_no_word_tells_are_said_by_hand(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_text("zone;a;b\nX1;Boussole;Inès\nX2;Lampion;Noé\n", encoding="utf-8")
    sheet = opened(card, qtbot)
    assert "Dites quelle colonne est le nom" in said(sheet) and not sheet.go.isEnabled()
    for place, meaning in ((1, "birth_name"), (2, "given_name")):
        made = sheet.meanings[place]
        made.setCurrentIndex(made.findData(meaning))
    qtbot.waitUntil(sheet.go.isEnabled, timeout=10_000)
    qtbot.waitUntil(lambda: "Noé Lampion" in said(sheet))
    sheet.take()
    assert "Dites à quoi sert cette liste" in said(sheet) and sheet.isVisible()
    sheet.purpose.edit.setText("PSAD")
    sheet.kept.choose(["3"])
    sheet.take()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=10_000)
    [kept] = card._verbs.sought_lists()
    assert (kept.people, (kept.keep_until - kept.imported).days in range(88, 93)) == (3, True)


def test_numbers_of_social_security_are_neither_shown_nor_chosen(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_text("Nom;Prénom;N° INSEE\nBoussole;Inès;207035746300112\n", encoding="utf-8")
    sheet = opened(card, qtbot)
    assert not sheet.meanings[2].isEnabled()
    assert "2070357" not in said(sheet) and "jamais lu" in said(sheet)


def test_closing_the_sheet_keeps_nothing(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_text("Nom;Prénom\nBoussole;Inès\n", encoding="utf-8")
    sheet = opened(card, qtbot)
    sheet.reject()
    assert card._verbs.sought_lists() == [] and card.go.isEnabled()


def test_a_file_that_is_no_list_has_its_sentence(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_bytes(b"PK\x03\x04")
    card.go.click()
    qtbot.waitUntil(lambda: "Ce fichier n’est pas une liste lisible" in said(card), timeout=10_000)
    assert not card.lines.isVisible() and card.go.isEnabled()
