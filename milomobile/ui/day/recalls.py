"""À rappeler: who asked to be called back, the longest due first."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from milomobile.domain.outings import Recall
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.rows import Line, Rows
from milomobile.ui.parts.spoken import short_day

_SHOWN = 5


class Recalls(QFrame):
    """`person_asked` carries the id of who was chosen, by click or Entrée; `grown` says that all are shown."""

    person_asked = Signal(str)
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._recalls: Sequence[Recall] = ()
        self._today = date.min
        self._count = label("", "caption")
        self._empty = label("Personne à rappeler aujourd’hui.", "second", wrap=True)
        self.people = QListWidget()
        self.people.setAccessibleName("À rappeler")
        self.people.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.dress(self.people, Rows(self.people, disc=32))
        self.people.itemActivated.connect(self._chosen)
        self.people.itemClicked.connect(self._chosen)
        self.more = button("", self._show_all, "link")
        head = row(label("À rappeler", "h2"), self._count, -1, spacing=8)
        self.setLayout(column(head, self._empty, self.people, self.more, spacing=6, margins=(18, 12, 12, 12)))

    def show_recalls(self, recalls: Sequence[Recall], today: date) -> None:
        """Those due on a day; the first few, until all are asked for."""
        self._recalls, self._today = recalls, today
        self._count.setText(str(len(recalls) or ""))
        self._empty.setVisible(not recalls)
        self.people.setVisible(bool(recalls))
        self._fill(_SHOWN)

    def _show_all(self) -> None:
        self._fill(len(self._recalls))
        self.people.setFocus()
        self.grown.emit()

    def _fill(self, most: int) -> None:
        self.people.clear()
        for recall in self._recalls[:most]:
            rows.add(self.people, _line(recall, self._today), recall.person)
        rows.fit(self.people)
        self.more.setText(f"Voir les {len(self._recalls)}")
        self.more.setVisible(len(self._recalls) > most)

    def _chosen(self, item: QListWidgetItem) -> None:
        self.person_asked.emit(item.data(Qt.ItemDataRole.UserRole))


def _line(recall: Recall, today: date) -> Line:
    late = recall.since < today
    since = f"depuis {'le ' if (today - recall.since).days > 1 else ''}{short_day(recall.since, today)}"
    when = since if late else "aujourd’hui"
    said = f"{recall.name}, à rappeler {when}"
    second = " · ".join(text for text in (when.capitalize(), recall.why) if text)
    return Line(recall.name, said, second, letters=recall.initials, leads=True)
