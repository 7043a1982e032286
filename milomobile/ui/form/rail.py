"""The rail beside a form: how far it is, its sections, and the draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton

from milomobile.ui import icons, look
from milomobile.ui.icons import picture
from milomobile.ui.parts import paint
from milomobile.ui.parts.boxes import column, holder, label, row
from milomobile.ui.parts.spoken import announce
from milomobile.ui.parts.zones import zone

WIDE, FOLDED = 248, 68
_ROOM = "Vous pouvez vous arrêter quand vous voulez\u00a0: rien ne se perd."


@dataclass(frozen=True)
class State:
    """How a section stands, in words; `done` shows a check mark, `wrong` a colour that asks for a look."""

    words: str
    done: bool = False
    wrong: bool = False


class Step(QPushButton):
    """A section: its number or a check mark in a circle, its name, how it stands; a click goes there."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name, self._state = number, name, State("")
        self._current = self._folded = False
        self.setProperty("kind", "step")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.sized(self, height=56)
        self.setToolTip(name)

    def show_state(self, state: State, current: bool, folded: bool) -> None:
        """How it stands now, and whether the keyboard is in it."""
        self._state, self._current, self._folded = state, current, folded
        look.sized(self, height=48 if folded else 56)
        self.setAccessibleName(f"{self._number}. {self._name}, {self._words().lower()}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail lets it be."""
        return QSize(look.px(48), self.height())

    def _words(self) -> str:
        return "En cours" if self._current and not self._state.done and not self._state.wrong else self._state.words

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white box around the current one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current or self.underMouse():
            paint.framed(painter, self.rect(), "surface" if self._current else "hover", "line", 8)
        size = look.px(28 if self._folded else 24)
        left = (self.width() - size) // 2 if self._folded else 10
        self._circle(painter, QRect(left, (self.height() - size) // 2, size, size))
        if not self._folded:
            inner = self.rect().adjusted(left + size + 12, look.px(8), -8, -8)
            first, second = QRect(inner), QRect(inner)
            first.setHeight(paint.body())
            second.setTop(inner.top() + paint.body())
            paint.words(painter, inner.left(), first, self._name, "medium", "text" if self._current else "text2")
            token = "warn" if self._state.wrong else "text3"
            paint.words(painter, inner.left(), second, self._words(), "caption", token)
        painter.end()

    def _circle(self, painter: QPainter, disc: QRect) -> None:
        done = self._state.done and not self._state.wrong and not self._current
        ground = "primary" if self._current else "warnsoft" if self._state.wrong else "ok" if done else "sunken"
        paint.bordered(painter, disc, ground, disc.width() // 2)
        if done:
            side = look.px(14)
            inset = (disc.width() - side) // 2
            icons.draw(painter, disc.left() + inset, disc.top() + inset, "check", "on_primary", side)
            return
        painter.setFont(paint.font("strong", look.px(13)))
        painter.setPen(look.colour("on_primary" if self._current else "text2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Rail(QFrame):
    """`chosen` carries the section clicked, from 0."""

    chosen = Signal(int)

    def __init__(self, sections: Sequence[str]) -> None:
        super().__init__()
        zone(self)
        self.setObjectName("sidebar")
        self._folded, self._shown = False, (0, 1)
        self._title, self._count = label("L’essentiel", "strong"), label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setProperty("thin", True)
        self._bar.setAccessibleName("L’essentiel")
        self._steps = [Step(number, name) for number, name in enumerate(sections, 1)]
        for number, step in enumerate(self._steps):
            step.clicked.connect(lambda _=False, at=number: self.chosen.emit(at))
        self._kept, self._when = label("", "key_title", wrap=True), label("", "caption")
        self._note = QFrame()
        self._note.setProperty("quiet", True)
        kept = row(picture("device-laptop", size=16), self._kept, spacing=8)
        kept.setStretch(1, 1)
        self._note.setLayout(column(kept, label(_ROOM, "caption", wrap=True), spacing=4, margins=(12, 10, 8, 12)))
        self._small = holder(column(row(-1, picture("device-laptop"), -1), row(-1, self._when, -1), spacing=2))
        self._head = row(self._title, -1, self._count)
        self._head.setContentsMargins(10, 0, 8, 8)
        steps = column(*self._steps, spacing=2, margins=(0, 12, 0, 0))
        bar = row(self._bar, margins=(10, 0, 8, 0))
        self.setLayout(column(self._head, bar, steps, -1, self._note, self._small, spacing=0, margins=(14, 22, 14, 14)))
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Numbers alone where the window is small."""
        self._folded = folded
        look.sized(self, width=FOLDED if folded else WIDE)
        self.layout().setContentsMargins(*((9, 14, 9, 14) if folded else (14, 22, 14, 14)))  # type: ignore[union-attr]
        self._head.setContentsMargins(0 if folded else 10, 0, 0 if folded else 8, 8)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter if folded else Qt.AlignmentFlag.AlignRight)
        for part in (self._title, self._bar, self._note):
            part.setVisible(not folded)
        self._small.setVisible(folded)
        self._say_count()

    def show_states(self, done: int, total: int, states: Sequence[State], current: int) -> None:
        """`done` of `total` essential answers; one state a section; `current` is where the keyboard is, from 0."""
        self._shown = (done, total)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._say_count()
        for number, (step, state) in enumerate(zip(self._steps, states, strict=True)):
            step.show_state(state, number == current, self._folded)

    def say_kept(self, time: str) -> None:
        """When the draft was kept, or nothing where there is none yet."""
        if time and not self._when.text():
            announce(self, "Brouillon gardé.")
        self._kept.setText(f"Brouillon gardé à {time}" if time else "Gardé au fil de la saisie")
        self._when.setText(time)
        self._small.setToolTip(f"{self._kept.text()}. {_ROOM}")

    def _say_count(self) -> None:
        done, total = self._shown
        self._count.setText(f"{done}/{total}" if self._folded else f"{done} sur {total}")
