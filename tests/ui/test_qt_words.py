"""What Qt says by itself, in its file dialogs, its questions and its menus, is French."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLineEdit, QMessageBox, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from milomobile.ui import look
from tests.ui.texts import texts

_ENGLISH = re.compile(
    r"(?i)\b(look|files|directory|open|save|cancel|close|choose|name|size|date|back|forward|go|show|hide|delete|rename|"
    r"yes|no|undo|redo|copy|cut|paste|select|change|view|the|places|create|new)\b"
)
_MODES = QFileDialog.FileMode
_WAYS = QFileDialog.AcceptMode


@pytest.fixture(autouse=True)
def french(qapp: object) -> None:
    look.apply(qapp)  # type: ignore[arg-type]


def said(made: QWidget) -> Iterator[str]:
    yield from texts(made)
    for action in made.findChildren(QAction):
        yield from (action.text(), action.toolTip())
    for view in made.findChildren(QAbstractItemView):
        model = view.model()
        for column in range(model.columnCount() if model else 0):
            yield str(model.headerData(column, Qt.Orientation.Horizontal))


@pytest.mark.parametrize(
    ("mode", "way"),
    [
        (_MODES.ExistingFile, _WAYS.AcceptOpen),
        (_MODES.AnyFile, _WAYS.AcceptSave),
        (_MODES.Directory, _WAYS.AcceptOpen),
    ],
)
def test_the_dialog_of_files_where_the_system_has_none(
    mode: QFileDialog.FileMode, way: QFileDialog.AcceptMode, tmp_path: Path, qtbot: QtBot
) -> None:
    made = QFileDialog(None, "Où écrire le PDF", str(tmp_path), "PDF (*.pdf)")
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(made)
    made.setFileMode(mode)
    made.setAcceptMode(way)
    made.show()
    words = [text.replace("&", "") for text in said(made) if str(tmp_path) not in text]
    assert any("Annuler" in text for text in words)
    assert [text for text in words if _ENGLISH.search(text)] == []


def test_its_questions_and_menus(qtbot: QtBot) -> None:
    asked, edit, page = QMessageBox(), QLineEdit("un"), QTextBrowser()
    for made in (asked, edit, page):
        qtbot.addWidget(made)
    buttons = QMessageBox.StandardButton
    for one in (buttons.Save, buttons.Discard, buttons.Cancel, buttons.Yes, buttons.No, buttons.Close, buttons.Retry):
        asked.addButton(one)
    words = [one.text() for one in asked.buttons()]
    words += [action.text() for made in (edit, page) for action in made.createStandardContextMenu().actions()]
    assert [text for text in words if _ENGLISH.search(text.replace("&", "").partition("\t")[0])] == []
