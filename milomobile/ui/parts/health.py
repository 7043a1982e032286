"""Diagnostic in Réglages: disk, file of the records, clock, logs, and a file for support."""

from PySide6.QtWidgets import QFrame

from milomobile.domain.dates import LOCAL, french_time, long_date
from milomobile.domain.texts import weight
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.diagnosing import Diagnosing
from milomobile.ui.parts.told import Told
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_LITTLE = 500 << 20
"""Bytes free below which the disk is told to be nearly full."""


class HealthCard(QFrame):
    """What is so now; the file is read whole when asked."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._support, self._tasks = verbs.support, tasks
        self.disk, self.clock, self.log = (label("", wrap=True) for _ in range(3))
        self.check = button("Vérifier le fichier des fiches", self._check, "secondary", "shield-lock")
        self._said = Told()
        self.diagnosing = Diagnosing(verbs.support.diagnose, tasks)
        facts = column(spacing=4)
        for name, value in (("Disque", self.disk), ("Horloge", self.clock), ("Journaux", self.log)):
            named = label(name, "caption")
            look.sized(named, width=96)
            line = row(named, value, spacing=8)
            line.setStretch(1, 1)
            facts.addLayout(line)
        parts = (facts, row(self.check, -1), self._said, self.diagnosing)
        self.setLayout(column(label("Diagnostic", "h2"), *parts, spacing=12, margins=(20, 16, 20, 18)))

    def refresh(self) -> None:
        """The figures of now."""
        told = self._support.health()
        full = " Il reste très peu de place\u00a0: libérez de l’espace." if told.free < _LITTLE else ""
        self.disk.setText(f"{weight(told.free)} libres, {weight(told.size)} pour les fiches.{full}")
        clock = told.clock.astimezone(LOCAL)
        self.clock.setText(
            f"{long_date(clock.date()).capitalize()}, {french_time(clock)}. Si elle est fausse, corrigez-la."
        )
        self.log.setText(f"{weight(told.logs)}, sans aucune donnée de personne, et jamais plus de 2 Mo.")

    def _check(self) -> None:
        work(self._tasks, (self.check,), self._support.check_file, self._checked, self._said.failed)

    def _checked(self, _: object) -> None:
        self._said.say("Le fichier des fiches est entier\u00a0: chaque page et chaque ligne a été relue.", "ok")
