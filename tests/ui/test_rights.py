"""Ses données: the buttons of a person's rights, and what they leave on the page."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from milomobile.domain.reading import read
from milomobile.ui.desk import Desk
from milomobile.ui.parts.sheet import Sheet as QuestionSheet
from milomobile.ui.person.export import ExportSheet
from tests.conftest import PASSWORD, line


@pytest.fixture
def person(desk: Desk) -> str:
    verbs = desk._verbs
    record, _ = read(line(at=verbs.now().isoformat(), agrees={"sms": True, "call": True}), verbs.lists, verbs.now())
    assert record
    verbs.register(record)
    id = str(verbs.search("")[0].id)
    desk._show_person(id)
    return id


def shown(desk: Desk) -> str:
    return " ".join(one.text() for one in desk.people.detail.findChildren(QLabel) if one.isVisible())


def press(desk: Desk, words: str) -> None:
    QApplication.processEvents()
    next(
        one
        for one in desk.people.detail.findChildren(QPushButton)
        if one.isVisible() and words in (one.text(), one.accessibleName())
    ).click()
    QApplication.processEvents()


def test_an_agreement_is_taken_back_by_its_button(desk: Desk, person: str) -> None:
    assert "Accepte les SMS" in shown(desk)
    press(desk, "Retirer l’accord\u00a0: Accepte les SMS")
    assert "Accepte les SMS" not in shown(desk)
    assert "Accepte les appels" in shown(desk)


def test_limiting_is_shown_and_lifted(desk: Desk, person: str) -> None:
    press(desk, "Limiter l’usage")
    assert "Usage limité à sa demande" in shown(desk)
    press(desk, "Lever la limitation")
    assert "Usage limité" not in shown(desk)


def test_objecting_takes_every_agreement_back(desk: Desk, person: str) -> None:
    press(desk, "S’oppose au suivi")
    question = QApplication.activeModalWidget()
    assert isinstance(question, QuestionSheet)
    assert isinstance(question.focusWidget(), QPushButton)
    assert question.focusWidget().text() == "Ne rien changer"
    question.reject()
    QApplication.processEvents()
    assert "Accepte les SMS" in shown(desk)
    press(desk, "S’oppose au suivi")
    again = QApplication.activeModalWidget()
    assert isinstance(again, QuestionSheet)
    again.accept()
    QApplication.processEvents()
    assert "S’est opposé au suivi" in shown(desk)
    assert "Accepte" not in shown(desk)


def test_the_copy_is_under_a_password_unless_said_otherwise(
    desk: Desk, person: str, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = ExportSheet(desk._verbs, person, desk.window())
    said: list[str] = []
    sheet.written.connect(said.append)
    sheet.open()
    sheet.folder.edit.setText(str(tmp_path))
    sheet.password.edit.setText("court")
    sheet.export()
    assert not said and not list(tmp_path.glob("dossier*"))
    sheet.password.edit.setText(PASSWORD)
    sheet.export()
    assert [file.suffix for file in tmp_path.glob("dossier*")] == [".zip"]
    assert "Boussole" not in said[0] and "Inès" not in said[0]
    again = ExportSheet(desk._verbs, person, desk.window())
    again.open()
    again.folder.edit.setText(str(tmp_path / "absent"))
    again.protect.setChecked(False)
    assert again.warning.isVisible()
    again.export()
    assert any("intactes" in one.text() for one in again.findChildren(QLabel))
    again.folder.edit.setText(str(tmp_path))
    again.export()
    (plain,) = tmp_path.glob("dossier*.json")
    assert json.loads(plain.read_bytes())["files"][0]["person"]["birth_name"] == "Boussole"
