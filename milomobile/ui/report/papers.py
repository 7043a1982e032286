"""Rapports: the month's and the day's report as PDF, where somebody wants them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout

from milomobile.domain.dates import MONTHS
from milomobile.domain.files import free
from milomobile.errors import Trouble
from milomobile.ui.bilan import Bilan
from milomobile.ui.parts.boxes import banner, button, clear, column, label
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks

Write = Callable[[date, Path], Path]


class PapersCard(QFrame):
    """The reports of the last day of the period shown, and of its month."""

    def __init__(self, bilan: Bilan, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._bilan, self._tasks, self._day = bilan, tasks, date.min
        self.month = button("Rapport du mois", self._write_month, "secondary", "file-text")
        self.day = button("Compte rendu du jour", self._write_day, "secondary", "file-text")
        self._said = column()
        note = label(
            "PDF à montrer au financeur\u00a0: aucun nom, les réponses de moins de cinq jeunes masquées.",
            "caption",
            wrap=True,
        )
        parts = (label("Rapports", "h2"), note, self.month, self.day, self._said)
        self.setLayout(column(*parts, spacing=10, margins=(18, 14, 18, 16)))

    def show_day(self, day: date) -> None:
        """The last day of the period."""
        self._day = day
        self.month.setText(f"Rapport {'d’' if day.month in (4, 8, 10) else 'de '}{MONTHS[day.month - 1]}")
        self.day.setText(f"Compte rendu du {day.day}{'er' * (day.day == 1)} {MONTHS[day.month - 1]}")

    def _write_month(self) -> None:
        ask_and_write(
            self.month,
            self._tasks,
            (self._day, self._bilan.month_name(self._day)),
            self._bilan.report_month,
            self._said,
        )

    def _write_day(self) -> None:
        ask_and_write(
            self.day, self._tasks, (self._day, self._bilan.day_name(self._day)), self._bilan.report_day, self._said
        )


class DayCard(QFrame):
    """Today's report, on the page where the day ends; `today` says which day that is."""

    def __init__(self, bilan: Bilan, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._bilan, self._tasks, self._today = bilan, tasks, today
        self.write = button("Compte rendu en PDF", self._write, "secondary", "file-text")
        self._said = column()
        note = label("Une page à signer\u00a0: arrêts, rencontres, demandes. Aucun nom de jeune.", "second", wrap=True)
        parts = (label("Compte rendu du jour", "h2"), note, self.write, self._said)
        self.setLayout(column(*parts, spacing=8, margins=(20, 16, 20, 18)))

    def _write(self) -> None:
        day = self._today()
        ask_and_write(self.write, self._tasks, (day, self._bilan.day_name(day)), self._bilan.report_day, self._said)


def ask_and_write(pressed: QPushButton, tasks: Tasks, what: tuple[date, str], write: Write, said: QVBoxLayout) -> None:
    """Asks where, writes on the worker thread, says what came of it; `what` are the day and the file name proposed."""
    day, name = what
    chosen, _ = QFileDialog.getSaveFileName(
        pressed.window(), "Où écrire le PDF", str(Path.home() / name), "PDF (*.pdf)"
    )
    if not chosen:
        return
    file = Path(chosen)
    file = file if file.suffix.lower() == ".pdf" else free(file.with_name(file.name + ".pdf"))

    def tell(told: QFrame) -> None:
        clear(said)
        said.addWidget(told)

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            raise wrong
        tell(banner(wrong.sentence, "err"))

    work(tasks, (pressed,), partial(write, day, file), lambda written: tell(_written(written)), failed)


def _written(file: Path) -> QFrame:
    opened: QPushButton = button("Ouvrir", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))))
    return banner(f"{file.name} est écrit.", "ok", opened)
