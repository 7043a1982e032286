"""The guided tour: one card at a time beside what it speaks of, a ring around that; it sees the act done and goes on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.ring import Ring
from milomobile.ui.parts.spoken import announce
from milomobile.ui.visit_stages import STAGES, facts

_WIDE, _GAP = 380, 16
_OVER = ("La visite est finie", "C’est l’essentiel d’une journée. Continuez à essayer, ou quittez la démonstration.")
_LOOK_MS = 300


class Visit(QFrame):
    """`moved` carries the stage that it stands at, -1 once it was left; `leave` ends the demonstration."""

    moved = Signal(int)

    def __init__(self, desk: Desk, at: int, leave: Callable[[], object]) -> None:
        super().__init__(desk)
        self.setObjectName("visit")
        self.setProperty("card", True)
        look.sized(self, width=_WIDE)
        self._desk, self._at = desk, at
        self._ring: Ring | None = None
        self._target: QWidget | None = None
        self._count, self._done = label("", "caption"), label("C’est fait.", "caption")
        self._title, self._said = label("", "h2", wrap=True), label("", wrap=True)
        self.back = button("Précédent", lambda: self._walk(-1), "ghost")
        self.on = button("Suivant", lambda: self._walk(1), "tonal")
        self.quit = button("Quitter la visite", self.end, "link")
        self.leave = button("Quitter la démonstration", leave, "primary")
        self.back.setToolTip("Alt P")
        self.on.setToolTip("Alt S")
        self.quit.setToolTip("Échap, ou Alt Q")
        for keys, made in (("Alt+P", self.back), ("Alt+S", self.on), ("Alt+Q", self.quit)):
            QShortcut(QKeySequence(keys), self).activated.connect(made.click)
        head = row(self._count, -1, self._done)
        foot = row(self.back, -1, self.on, self.leave)
        self.setLayout(
            column(head, self._title, self._said, foot, row(self.quit, -1), spacing=8, margins=(18, 14, 18, 12))
        )
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._see)
        desk.installEventFilter(self)
        self.show_stage(at)
        self.on.setFocus()

    def show_stage(self, at: int, seen: bool = False) -> None:
        """From 0; past the last one it says that it is over. `seen`: the act before was done."""
        self._at = max(0, min(at, len(STAGES)))
        over = self._at == len(STAGES)
        if not over:
            STAGES[self._at].begin(self._desk)
            self._before = facts(self._desk)
        title, said = _OVER if over else (STAGES[self._at].title, STAGES[self._at].said)
        self._title.setText(title)
        self._said.setText(said)
        self._count.setText("Visite guidée" if over else f"Visite guidée, {self._at + 1} sur {len(STAGES)}")
        self.setAccessibleName(f"{self._count.text()}\u00a0: {title}")
        self.setAccessibleDescription(said)
        self._done.setVisible(seen)
        self.back.setVisible(self._at > 0)
        self.on.setVisible(not over)
        self.leave.setVisible(over)
        self.moved.emit(self._at)
        announce(self, f"{'C’est fait. ' if seen else ''}{title}. {said}")
        self._look.start()
        self.show()
        self._place()

    def _walk(self, by: int) -> None:
        """The keyboard stays on the card."""
        self.show_stage(self._at + by)
        (self.leave if self._at == len(STAGES) else self.on).setFocus()

    def end(self) -> None:
        """Leaves the tour; the demonstration stays."""
        self._look.stop()
        self._unring()
        self._desk.removeEventFilter(self)
        self.moved.emit(-1)
        self.hide()
        self.deleteLater()
        self._desk.setFocus()

    def _see(self) -> None:
        """Whether the act came; what it speaks of may have moved."""
        if self._at < len(STAGES) and STAGES[self._at].done(self._desk, self._before):
            self.show_stage(self._at + 1, seen=True)
        else:
            self._place()

    def _place(self) -> None:
        target = STAGES[self._at].target(self._desk) if self._at < len(STAGES) else None
        if target is not None and not target.isVisible():
            target = None
        if target is not self._target or (self._ring and not isValid(self._ring)):
            self._unring()
            self._target = target
            if target is not None:
                self._ring = Ring(target)
                self._ring.show()
        layout = self.layout()
        assert layout is not None
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        around = QRect(target.mapTo(self._desk, QPoint(0, 0)), target.size()) if target else QRect()
        self.move(beside(around, self.size(), self._desk.size()))
        self.raise_()

    def _unring(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = self._target = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size of the window."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._place)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)


def beside(target: QRect, card: QSize, room: QSize) -> QPoint:
    """Where a card lies near a target without covering it: right, left, below, above; else in the lower right corner."""
    wide, high = room.width() - card.width() - _GAP, room.height() - card.height() - _GAP
    corner = QPoint(wide, high)
    if target.isNull():
        return corner
    level = max(_GAP, min(target.top(), high))
    across = max(_GAP, min(target.left(), wide))
    spots = (
        QPoint(target.right() + _GAP, level),
        QPoint(target.left() - card.width() - _GAP, level),
        QPoint(across, target.bottom() + _GAP),
        QPoint(across, target.top() - card.height() - _GAP),
    )
    fits = (spot for spot in spots if _GAP <= spot.x() <= wide and _GAP <= spot.y() <= high)
    return next(fits, corner)
