"""Which columns a file has, a tick for each group; those that name people are locked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from milomobile.domain.files import Tick
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, clear, column, label, row


class Ticks(QWidget):
    """Hidden where a file is taken whole. `naming_asked`: somebody ticked what tells who people are; it stays off."""

    changed = Signal()
    naming_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[tuple[Tick, QCheckBox]] = []
        self.every = button("Tout cocher", self._all, "link")
        self._rows = column(spacing=0)
        self.setLayout(column(row(label("Colonnes", "label"), -1, self.every), self._rows, spacing=2))

    def offer(self, ticks: Sequence[Tick], keys: Sequence[str] | None) -> None:
        """The groups of a file, those of `keys` ticked (None: all without a name)."""
        clear(self._rows)
        self._boxes = []
        for tick in ticks:
            box = QCheckBox(tick.title)
            box.setChecked(not tick.naming and (keys is None or any(key in keys for key in tick.keys)))
            box.clicked.connect(lambda on, tick=tick, box=box: self._clicked(tick, box, on))
            if tick.naming:
                box.setAccessibleDescription("Demande votre mot de passe et un motif")
                box.setToolTip("Demande votre mot de passe et un motif")
                self._rows.addLayout(row(box, -1, picture("lock", "text3", 16)))
            else:
                self._rows.addWidget(box)
            self._boxes.append((tick, box))
        self.setVisible(bool(ticks))

    def keys(self) -> tuple[str, ...] | None:
        """The columns ticked; None is the whole file."""
        if not self._boxes:
            return None
        return tuple(key for tick, box in self._boxes if box.isChecked() for key in tick.keys)

    def take_naming(self) -> None:
        """Ticks what was asked for."""
        self._name(True)

    def leave_naming(self) -> None:
        """Takes the names out again."""
        self._name(False)

    def _name(self, on: bool) -> None:
        for tick, box in self._boxes:
            if tick.naming:
                box.setChecked(on)

    def _clicked(self, tick: Tick, box: QCheckBox, on: bool) -> None:
        if tick.naming and on:
            box.setChecked(False)
            self.naming_asked.emit()
        else:
            self.changed.emit()

    def _all(self) -> None:
        for tick, box in self._boxes:
            if not tick.naming:
                box.setChecked(True)
        self.changed.emit()
