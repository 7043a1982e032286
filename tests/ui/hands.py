"""An adviser's hands on the form: keys on whatever has the focus, and answers put in as typed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet

PLAIN = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys on whatever has the focus. `strokes` are all but those of typed words; Ctrl held counts as one more."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.strokes = qtbot, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self._qtbot.keyClick(focused, key, modifier)
        self.strokes += 1 if modifier == PLAIN else 2

    def type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self._qtbot.keyClicks(focused, words)


def edit(form: RegistrationPage, name: str) -> QLineEdit:
    field = form.fields[name]
    assert isinstance(field, Field)
    return field.edit


def put(form: RegistrationPage, name: str, text: str) -> None:
    """As typed and left, in any script."""
    edit(form, name).setText(text)
    edit(form, name).textEdited.emit(text)
    edit(form, name).editingFinished.emit()


def choose(form: RegistrationPage, name: str, code: str) -> None:
    choices = form.fields[name]
    assert isinstance(choices, Choices)
    choices._buttons[code].click()


def essentials(form: RegistrationPage, name: str = "Ines") -> None:
    put(form, "person.given_name", name)
    put(form, "person.birth_name", "Boussole")
    put(form, "person.phone", "0353011234")
    choose(form, "situation.category", "SANS_SITUATION")
    choose(form, "notice.how", "ORAL_AFFICHE")


def at_the_sheet(act: Callable[[Any], object]) -> QTimer:
    """Does something in the next sheet that opens, and closes it whatever happened."""
    timer = QTimer(interval=20)

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, Sheet) and sheet.isActiveWindow():
            timer.stop()
            try:
                act(sheet)
            finally:
                if sheet.isVisible():
                    sheet.reject()

    timer.timeout.connect(look)
    timer.start()
    return timer
