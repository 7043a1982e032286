"""The queue of Fin de journée, kind by kind: how much, how far, and in which state."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QSizePolicy, QWidget

from milomobile.domain.sending import Kind
from milomobile.domain.texts import weight
from milomobile.ui import look
from milomobile.ui.icons import picture
from milomobile.ui.look import restyle
from milomobile.ui.parts.boxes import clear, label, row
from milomobile.ui.parts.spoken import figure

KINDS = {
    "stops": ("map-pin", "Arrêts et tournée"),
    "people": ("id", "Fiches jeunes"),
    "encounters": ("messages", "Rencontres"),
    "anonymous": ("user-question", "Contacts anonymes et groupes"),
    "appointments": ("calendar-event", "Rendez-vous"),
    "other": ("shield-lock", "Autres"),
}
_ORDER = list(KINDS)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Lot:
    """Records of one kind: `gone` of `total` have left; `refused` came back; `size` in bytes of what waits."""

    code: str
    gone: int
    total: int
    refused: int
    size: int


def lots(now: Sequence[Kind], before: Sequence[Kind] = ()) -> list[Lot]:
    """What waits, set beside what waited when the sending began; refused records are apart."""
    then, left = {kind.code: kind for kind in before}, {kind.code: kind for kind in now}
    found = []
    for code in sorted({*then, *left}, key=lambda code: _ORDER.index(code) if code in KINDS else len(KINDS)):
        was, kind = then.get(code, Kind(code, 0, 0, 0)), left.get(code, Kind(code, 0, 0, 0))
        total = max(was.waiting, kind.waiting)
        came_back = max(0, kind.refused - was.refused) if before else 0
        if total or kind.refused:
            found.append(Lot(code, max(0, total - kind.waiting - came_back), total, kind.refused, kind.size))
    return found


class Queue(QWidget):
    """A line a kind; bars only while something leaves or has just left."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 2)
        self.setLayout(self._grid)

    def show_lots(self, shown: Sequence[Lot], running: bool) -> None:
        """Shows them anew."""
        clear(self._grid)
        for place in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(place, 0)
        moved = running or any(lot.gone for lot in shown)
        current = next((lot.code for lot in shown if running and lot.gone < lot.total), "")
        for place, lot in enumerate(shown):
            if place:
                self._grid.addWidget(_rule(), 2 * place - 1, 0, 1, 6)
            for column, part in enumerate(_line(lot, moved, lot.code == current)):
                self._grid.addWidget(part, 2 * place, column)
            self._grid.setRowMinimumHeight(2 * place, 52)


def _line(lot: Lot, moved: bool, current: bool) -> list[QWidget]:
    drawn, name = KINDS.get(lot.code, KINDS["other"])
    title = label(name, "medium", wrap=True)
    count = label(f"{figure(lot.gone)} sur {figure(lot.total)}" if moved else figure(lot.total), "strong")
    count.setAlignment(_RIGHT)
    bar: QWidget = _bar(lot, name) if moved and lot.total else QWidget()
    return [
        picture(drawn),
        title,
        label(weight(lot.size) if lot.size else "", "caption"),
        bar,
        count,
        _state(lot, current),
    ]


def _bar(lot: Lot, name: str) -> QProgressBar:
    made = QProgressBar()
    made.setTextVisible(False)
    made.setRange(0, lot.total)
    made.setValue(lot.gone)
    made.setProperty("thin", True)
    made.setProperty("tone", "warn" if lot.refused else "ok" if lot.gone == lot.total else "")
    look.sized(made, least_width=64)
    made.setAccessibleName(name)
    return made


def _state(lot: Lot, current: bool) -> QWidget:
    if lot.refused:
        drawn, token, words = "alert-triangle", "warn", f"{lot.refused} à corriger"
    elif lot.gone == lot.total:
        drawn, token, words = "circle-check", "ok", "Envoyé"
    elif current:
        drawn, token, words = "cloud-up", "primary", "En cours"
    else:
        drawn, token, words = "clock", "text2", "En attente"
    text = label(words, "second")
    restyle(text, "tone", token if token in ("warn", "ok") else None)
    made = QWidget()
    made.setLayout(row(picture(drawn, token), text, -1, spacing=6))
    look.sized(made, width=124)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return made


def _rule() -> QFrame:
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made
