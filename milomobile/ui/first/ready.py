"""Tout est prêt: what is done, what can be done later and where, and the guided tour."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from milomobile.ui.first.facts import fact
from milomobile.ui.parts.boxes import button, clear, column, label, row
from milomobile.ui.verbs import Verbs

_LATER = "Plus tard, dans «\u00a0Réglages\u00a0», «\u00a0{}\u00a0»."


class ReadyStep(QWidget):
    """`tour_asked` wants the five minutes on invented people before the first day."""

    tour_asked = Signal()

    def __init__(self, verbs: Verbs) -> None:
        super().__init__()
        self._verbs, self._facts = verbs, column(spacing=12)
        self.tour = button("Visite guidée, cinq minutes", self.tour_asked.emit, "secondary", "compass")
        said = label("La visite se fait avec des personnes inventées, à part de vos fiches.", "second", wrap=True)
        self.setLayout(
            column(label("Tout est prêt.", "h1"), 2, self._facts, 6, said, row(self.tour, -1), -1, spacing=10)
        )

    def refresh(self) -> None:
        """What is so now."""
        clear(self._facts)
        server, services = self._verbs.server(), self._verbs.count_services()
        copied = self._verbs.copies.last().made is not None
        lines = (
            (
                True,
                f"Profil de {self._verbs.adviser}",
                "Chiffré sur ce poste\u00a0; le code de secours est au bureau.",
            ),
            (server is not None, "Bureau", f"Relié à {server}." if server else _LATER.format("Serveur")),
            (services > 0, "Annuaire des services", "Présent." if services else _LATER.format("Listes et annuaire")),
            (copied, "Sauvegarde sur une clé", "Écrite et vérifiée." if copied else _LATER.format("Sauvegardes")),
        )
        for done, title, text in lines:
            self._facts.addWidget(fact("circle-check" if done else "clock", title, text, "ok" if done else "text3"))
