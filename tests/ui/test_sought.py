"""Réglages: a list of people to look for is imported once it was said what it is for; its lines are told."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from milomobile.ui.desk import Desk
from milomobile.ui.parts.sought import SoughtCard


@pytest.fixture
def card(desk: Desk) -> SoughtCard:
    desk.show_place("settings")
    desk.settings.show_section("Listes et annuaire")
    return desk.settings.sought


def said(card: SoughtCard) -> str:
    return " ".join(one.text() for one in card.findChildren(QLabel) if one.isVisibleTo(card))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system's question for a file answers."""
    made = tmp_path / "psad.csv"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made), ""))
    return made


def test_by_keyboard_alone_from_the_purpose_to_the_report(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_bytes(
        "Nom;Prénom;Né le;Classe\r\nBoussole;Inès;39153;3e\r\nLampion;Noé;31/02/2008;\r\n".encode("cp1252")
    )
    card.go.setFocus()
    qtbot.keyClick(card.go, Qt.Key.Key_Space)
    assert "Dites à quoi sert cette liste" in said(card) and card.purpose.edit.hasFocus()
    qtbot.keyClicks(card.purpose.edit, "PSAD de novembre")
    qtbot.keyClick(card.purpose.edit, Qt.Key.Key_Tab)
    assert card.go.hasFocus()
    qtbot.keyClick(card.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "1 ligne refusée" in said(card), timeout=10_000)
    assert "1 personne à chercher, jusqu’au" in said(card) and "Colonnes non lues : Classe." in said(card)
    assert "«\u00a0PSAD de novembre\u00a0» : 1 personne (psad.csv, reçue le" in said(card)
    assert card.lines.isVisible() and card.lines.toPlainText().startswith(
        "Ligne 3, refusée : Le 31 février n’existe pas"
    )
    assert card.purpose.text() == "" and card.go.isEnabled()


def test_a_file_that_is_no_list_has_its_sentence(card: SoughtCard, file: Path, qtbot: QtBot) -> None:
    file.write_bytes(b"PK\x03\x04")
    qtbot.keyClicks(card.purpose.edit, "PSAD")
    card.go.click()
    qtbot.waitUntil(lambda: "Ce fichier n’est pas une liste lisible" in said(card), timeout=10_000)
    assert not card.lines.isVisible() and card.go.isEnabled() and card.purpose.text() == "PSAD"
