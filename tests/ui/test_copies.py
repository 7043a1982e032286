"""Backups by hand: written and looked at in Réglages, put back from the first start; an export with a password."""

from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.pages.first_start import FirstStartPage
from milomobile.ui.pages.restore import RestorePage
from milomobile.ui.pages.unlock import UnlockPage
from milomobile.ui.parts.copies import CopiesCard
from tests.conftest import ADVISER, PASSWORD


def said(page: QWidget) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def card_of(desk: Desk) -> CopiesCard:
    desk.show_place("settings")
    desk.settings.show_section("Sauvegardes")
    return desk.settings.findChildren(CopiesCard)[0]


def test_a_backup_is_written_told_and_looked_at(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, file = card_of(desk), tmp_path / "milo.sauvegarde"
    assert "Aucune sauvegarde" in said(card)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    card.go.setFocus()
    qtbot.keyClick(card.go, Qt.Key.Key_Space)
    assert not card.look.isEnabled()
    qtbot.waitUntil(lambda: "écrite et vérifiée" in said(card), timeout=20_000)
    assert f"dans {tmp_path}" in said(card)
    assert QApplication.focusWidget() is card.go
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    card.look.click()
    qtbot.waitUntil(lambda: "Cette sauvegarde est bonne" in said(card), timeout=20_000)
    file.write_bytes(file.read_bytes()[:-1])
    card.look.click()
    qtbot.waitUntil(lambda: "abîmée ou incomplète" in said(card), timeout=20_000)


def test_the_program_makes_one_of_its_own_after_unlocking(desk: Desk, folder: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: any((folder / "backups").glob("auto-*.sauvegarde")), timeout=20_000)
    qtbot.waitUntil(lambda: desk._verbs.copies.last().automatic is not None, timeout=20_000)
    assert "Copie automatique sur ce poste\u00a0: le" in said(card_of(desk))


def test_a_new_laptop_starts_from_a_backup(desk: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    file = tmp_path / "milo.sauvegarde"
    desk._verbs.copies.backup(file)
    look.apply(qapp)
    window = app.build(tmp_path / "new")
    qtbot.addWidget(window)
    window.show()
    first = window.centralWidget()
    assert isinstance(first, FirstStartPage)
    first.restore_asked.emit()
    page = window.centralWidget()
    assert isinstance(page, RestorePage)
    page.restore()
    qtbot.waitUntil(lambda: "Choisissez le fichier" in said(page))
    page.file.edit.setText(str(file))
    page.secret.edit.setText("faux")
    page.restore()
    qtbot.waitUntil(lambda: "ne correspond pas" in said(page), timeout=20_000)
    assert not (tmp_path / "new").exists()
    page.secret.edit.setText(PASSWORD)
    page.secret.edit.setFocus()
    page.go.click()
    qtbot.waitUntil(lambda: "Restauré" in said(page), timeout=20_000)
    page.back.click()
    assert isinstance(window.centralWidget(), UnlockPage)
    assert ADVISER.split()[0] in said(window.centralWidget()) + " ".join(app._gate(tmp_path / "new").advisers)
    window.close()


def test_going_back_from_the_backup_changes_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    window = app.build(tmp_path / "new")
    qtbot.addWidget(window)
    window.show()
    window.centralWidget().welcome.restore.click()  # type: ignore[attr-defined]
    window.centralWidget().back.click()  # type: ignore[attr-defined]
    assert isinstance(window.centralWidget(), FirstStartPage)
    assert not (tmp_path / "new").exists()
    window.close()


def test_an_export_with_a_password_is_an_encrypted_zip(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.show_place("report")
    card = desk.report.card
    card.into(tmp_path)
    card.form.choose(["csv"])
    assert not card.secret.isVisible()
    card.locked.click()
    assert card.name.text().endswith(".zip")
    card.secret.edit.setText("faible")
    card.export()
    assert "Au moins 12 caractères" in said(card.secret)
    card.secret.edit.setText("Pour-le-bureau-57!")
    card.export()
    qtbot.waitUntil(lambda: "Export terminé" in said(card), timeout=20_000)
    assert card.secret.edit.text() == ""
    (written,) = tmp_path.glob("milo_*")
    with pyzipper.AESZipFile(written) as archive:
        archive.setpassword(b"Pour-le-bureau-57!")
        assert archive.read(archive.namelist()[0]).startswith(b"\xef\xbb\xbf")
