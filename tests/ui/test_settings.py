"""Réglages: the laptop is bound to a server from the invitation that the office gave in a file."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from milomobile.ui.parts.server import ServerCard
from milomobile.ui.window import Window
from tests.faults.office import Office
from tests.ui.test_window import desk_of, window  # noqa: F401


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> ServerCard:  # noqa: F811
    desk = desk_of(window, qtbot)
    desk.show_place("settings")
    desk.settings.show_section("Serveur")
    return desk.settings.server


def said(page: ServerCard) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_an_invitation_in_a_file_binds_the_laptop(
    page: ServerCard, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    url = f"http://127.0.0.1:{office.port}"
    file = tmp_path / "invitation.json"
    file.write_text(json.dumps({"code": office.code(), "expires": "2026-11-26T06:20:00+00:00", "url": url}))
    page.fill_from(file)
    assert page.address.text() == url
    page.go.click()
    qtbot.waitUntil(lambda: f"Relié à {url}" in said(page), timeout=10_000)
    assert page.code.text() == ""


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Liste de courses", None])
def test_a_file_without_a_code_changes_nothing(
    page: ServerCard, content: bytes | None, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "note.txt"
    if content is not None:
        file.write_bytes(content)
    page.address.edit.setText("https://bureau.exemple.fr")
    page.fill_from(file)
    qtbot.waitUntil(lambda: "ne contient pas de code du bureau" in said(page))
    assert (page.address.text(), page.code.text()) == ("https://bureau.exemple.fr", "")
