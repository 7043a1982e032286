"""Two ways through the window, each without the other's tool: the keyboard alone, and the mouse alone but for words."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMenu, QPushButton, QScrollArea, QToolButton, QWidget

from milomobile.ui.desk import Desk
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.counters import Counter
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.fold import Fold
from tests.ui.hands import PLAIN

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_FAR = 150
"""Tabs, or turns of the wheel, after which something is out of reach."""


class Hands(Protocol):
    """`acts` are the keys or clicks so far, but for those of typed words; in `count` each key held besides is one more."""

    acts: int
    count: int

    def begin(self, desk: Desk) -> None:
        """A new form."""

    def answer(self, desk: Desk, name: str, said: str) -> None:
        """One question of the form: words, a code to choose, or « x » to tick."""

    def choose(self, made: Choices, code: str) -> None:
        """One of the answers to a question the hand is at."""

    def from_list(self, desk: Desk, name: str, row: int) -> None:
        """An answer that is not typed: the one in that row, from 0, of all there are."""

    def count_to(self, counter: Counter, many: int) -> None:
        """So many people, from none."""

    def open_fold(self, fold: Fold) -> None:
        """What is folded away."""

    def paste(self, desk: Desk, name: str) -> None:
        """What the clipboard holds, into one question."""

    def shortest(self, desk: Desk, given: str, family: str, born: str, phone: str) -> None:
        """Someone willing, up to the saving."""

    def count_instead(self, desk: Desk) -> None:
        """The anonymous contact in place of the form of someone too young."""

    def press(self, within: QWidget, words: str) -> None:
        """A button, by what is written on it."""

    def known(self, desk: Desk, words: str) -> None:
        """An answer to « Déjà une fiche ? »."""

    def save(self, desk: Desk) -> None:
        """The form as it stands."""

    def anonymous(self, desk: Desk) -> None:
        """The sheet of an anonymous contact."""

    def undo(self, desk: Desk) -> None:
        """Takes back what was just counted."""


def write(words: str) -> None:
    """Types words, in any script, where the keyboard is."""
    for sign in words:
        QApplication.sendEvent(_keyboard(), QKeyEvent(QKeyEvent.Type.KeyPress, 0, PLAIN, sign))


def _keyboard() -> QWidget:
    """What the next key goes to: an open list or menu, else the focus."""
    at = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert at is not None, "no key goes anywhere"
    return at


def _asked(desk: Desk, name: str) -> Field | Choices | Check:
    made = desk.registration.fields[name]
    assert isinstance(made, Field | Choices | Check)
    return made


def _button(within: QWidget, words: str) -> QPushButton:
    found = [one for one in within.findChildren(QPushButton) if words in (one.text(), one.accessibleName())]
    seen = [one for one in found if one.isVisible()]
    assert seen, f"no button « {words} » is shown"
    return seen[0]


class KeyboardAlone:
    """Tab, digits, space, Entrée and shortcuts."""

    acts = count = 0

    def begin(self, desk: Desk) -> None:
        self.key(Qt.Key.Key_N, CONTROL)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """One stroke."""
        QApplication.processEvents()
        QTest.keyClick(_keyboard(), key, modifier)
        self.acts += 1
        self.count += 1 + modifier.value.bit_count()

    def reach(self, made: QWidget) -> None:
        """Tab, until the keyboard is there; what is folded away is opened on the way."""
        folds = _folds(made)
        for _ in range(_FAR):
            at = QApplication.focusWidget()
            if at is made or (at and made.isAncestorOf(at)):
                return
            if at in folds and not made.isVisible():
                self.key(Qt.Key.Key_Space)
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {made.accessibleName() or made}")

    def answer(self, desk: Desk, name: str, said: str) -> None:
        made = _asked(desk, name)
        self.reach(made)
        if isinstance(made, Check):
            self.key(Qt.Key.Key_Space)
        elif isinstance(made, Choices):
            self.choose(made, said)
        else:
            self.key(Qt.Key.Key_A, CONTROL)
            write(said)
            if isinstance(made, Codes):
                if made._listed and made._listed.rowCount() > 1:
                    self.key(Qt.Key.Key_Down)
                self.key(Qt.Key.Key_Return)

    def choose(self, made: Choices, code: str) -> None:
        place = list(made._buttons).index(code)
        assert place < 9, "the digits end at 9"
        write("&é\"'(-è_ç"[place])
        self.acts += 1
        self.count += 1

    def from_list(self, desk: Desk, name: str, row: int) -> None:
        self.reach(_asked(desk, name))
        for _ in range(row + 2):
            self.key(Qt.Key.Key_Down)
        self.key(Qt.Key.Key_Return)

    def count_to(self, counter: Counter, many: int) -> None:
        self.reach(counter.edit)
        for _ in range(many):
            self.key(Qt.Key.Key_Up)

    def open_fold(self, fold: Fold) -> None:
        self.reach(fold.toggle)
        self.key(Qt.Key.Key_Space)

    def shortest(self, desk: Desk, given: str, family: str, born: str, phone: str) -> None:
        self.begin(desk)
        for words, key in (
            (given, Qt.Key.Key_Return),
            (family, Qt.Key.Key_Return),
            (born, Qt.Key.Key_F3),
            (phone, Qt.Key.Key_F3),
        ):
            write(words)
            self.key(key)
        for name, code in (("situation.category", "SANS_SITUATION"), ("notice.how", "ORAL_AFFICHE")):
            made = _asked(desk, name)
            assert isinstance(made, Choices)
            self.choose(made, code)
            self.key(Qt.Key.Key_F3)

    def count_instead(self, desk: Desk) -> None:
        self.anonymous(desk)

    def paste(self, desk: Desk, name: str) -> None:
        self.reach(_asked(desk, name))
        self.key(Qt.Key.Key_V, CONTROL)

    def press(self, within: QWidget, words: str) -> None:
        self.reach(_button(within, words))
        self.key(Qt.Key.Key_Space)

    def known(self, desk: Desk, words: str) -> None:
        self.key(Qt.Key.Key_D, ALT)
        self.press(desk.registration.already, words)

    def save(self, desk: Desk) -> None:
        self.key(Qt.Key.Key_Return, CONTROL)

    def anonymous(self, desk: Desk) -> None:
        self.key(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)

    def undo(self, desk: Desk) -> None:
        self.key(Qt.Key.Key_Z, CONTROL)


def _folds(made: QWidget) -> list[QWidget]:
    """The lines that open what a question is folded away in."""
    return [fold.toggle for fold in made.window().findChildren(Fold) if fold.isAncestorOf(made)]


class MouseAlone:
    """Clicks where things are seen, and the wheel; keys type words and nothing else."""

    acts = count = 0

    def begin(self, desk: Desk) -> None:
        self.click(desk.today.new)

    def click(
        self, made: QWidget, at: QPoint | None = None, button: Qt.MouseButton = Qt.MouseButton.LeftButton
    ) -> None:
        """Where it is seen, scrolled to; something over it would take the click."""
        spot = at or made.rect().center()
        self._scroll(made, spot)
        window = made.window()
        handle = window.windowHandle()
        assert handle is not None
        QTest.mouseClick(handle, button, PLAIN, made.mapTo(window, spot))
        self._clicked()

    def _clicked(self, times: int = 1) -> None:
        self.acts += times
        self.count += times

    def _scroll(self, made: QWidget, spot: QPoint) -> None:
        assert made.isVisible(), f"{made.accessibleName() or made} is not shown"
        area = next((one for one in _above(made) if isinstance(one, QScrollArea)), None)
        for _ in range(_FAR):
            QApplication.processEvents()
            window = made.window()
            seen = window.childAt(made.mapTo(window, spot))
            if seen is not None and (seen is made or made.isAncestorOf(seen)):
                return
            assert area is not None, f"{made.accessibleName() or made} is covered by {seen}"
            view = area.viewport()
            down = made.mapTo(view, spot).y() > view.height() // 2
            _turn(view, -60 if down else 60)
        raise AssertionError(f"{made.accessibleName() or made} cannot be scrolled to")

    def answer(self, desk: Desk, name: str, said: str) -> None:
        made = _asked(desk, name)
        for fold in reversed(_folds(made)):
            if not made.isVisible():
                self.click(fold)
        if isinstance(made, Check):
            self.click(made, QPoint(12, made.height() // 2))
        elif isinstance(made, Choices):
            self.choose(made, said)
        else:
            self._into(made.edit)
            write(said)
            if isinstance(made, Codes):
                self._take(made, 0)

    def _into(self, edit: QLineEdit) -> None:
        self.click(edit, QPoint(20, edit.height() // 2))
        if edit.text():
            window = edit.window()
            handle, spot = window.windowHandle(), edit.mapTo(window, QPoint(20, edit.height() // 2))
            assert handle is not None
            QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, PLAIN, spot)
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, PLAIN, spot)
            self._clicked(2)
            assert edit.selectedText() == edit.text(), "three clicks take the whole answer"

    def _take(self, made: Codes, row: int) -> None:
        completer = made.edit.completer()
        listed = completer.popup()
        assert isinstance(listed, QListView) and listed.isVisible(), f"nothing is proposed for « {made.text()} »"
        listed.scrollTo(listed.model().index(row, 0))
        spot = listed.visualRect(listed.model().index(row, 0)).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, PLAIN, spot)
        _given_back(made)
        self._clicked()

    def choose(self, made: Choices, code: str) -> None:
        self.click(made._buttons[code])

    def from_list(self, desk: Desk, name: str, row: int) -> None:
        made = _asked(desk, name)
        assert isinstance(made, Codes)
        self.click(made.arrow)
        self._take(made, row)

    def count_to(self, counter: Counter, many: int) -> None:
        more = next(one for one in counter.findChildren(QToolButton) if one.text() == "+")
        for _ in range(many):
            self.click(more)

    def open_fold(self, fold: Fold) -> None:
        self.click(fold.toggle)

    def shortest(self, desk: Desk, given: str, family: str, born: str, phone: str) -> None:
        self.begin(desk)
        for name, words in (("given_name", given), ("birth_name", family), ("birth_date", born), ("phone", phone)):
            self.answer(desk, f"person.{name}", words)
        self.answer(desk, "situation.category", "SANS_SITUATION")
        self.answer(desk, "notice.how", "ORAL_AFFICHE")

    def count_instead(self, desk: Desk) -> None:
        self.press(desk.registration, "Contact anonyme")

    def paste(self, desk: Desk, name: str) -> None:
        made = _asked(desk, name)
        assert isinstance(made, Field)
        self.click(made.edit, QPoint(20, made.edit.height() // 2))
        self.click(made.edit, QPoint(20, made.edit.height() // 2), Qt.MouseButton.RightButton)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), f"{name}: no menu"
        into = next(one for one in menu.actions() if one.text().replace("&", "").startswith("Coller"))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, PLAIN, menu.actionGeometry(into).center())
        _given_back(made)
        self._clicked()

    def press(self, within: QWidget, words: str) -> None:
        self.click(_button(within, words))

    def known(self, desk: Desk, words: str) -> None:
        self.press(desk.registration.already, words)

    def save(self, desk: Desk) -> None:
        self.click(desk.registration._bar.saving)

    def anonymous(self, desk: Desk) -> None:
        self.press(desk.today, "Contact anonyme")

    def undo(self, desk: Desk) -> None:
        self.press(desk, "Annuler")


def _given_back(made: QWidget) -> None:
    """A desktop gives the keyboard back to the window once its list has gone; Qt's offscreen platform does not."""
    made.window().activateWindow()
    QApplication.processEvents()


def _above(made: QWidget) -> list[QWidget]:
    found, at = [], made.parentWidget()
    while at is not None:
        found.append(at)
        at = at.parentWidget()
    return found


def _turn(view: QWidget, by: int) -> None:
    middle = QPointF(view.rect().center())
    over = QPointF(view.mapToGlobal(view.rect().center()))
    wheel = QWheelEvent(
        middle, over, QPoint(0, 0), QPoint(0, by), Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, wheel)


HANDS: dict[str, Callable[[], Hands]] = {"keyboard": KeyboardAlone, "mouse": MouseAlone}
