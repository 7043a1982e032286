"""Bienvenue: what the program does, what stays here; and the two other ways to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from milomobile.ui.first.facts import fact
from milomobile.ui.parts.boxes import button, column, label, row

_FACTS = (
    (
        "users",
        "Accueillir",
        "Inscrire un jeune en moins d’une minute, compter un contact anonyme, retrouver une fiche.",
    ),
    (
        "shield-lock",
        "Tout reste ici",
        "Les fiches sont chiffrées sur ce poste. Elles partent vers le bureau quand vous l’avez relié et que vous envoyez.",
    ),
    (
        "cloud-off",
        "Sans réseau aussi",
        "Au pied du camion, tout marche hors connexion. Rien ne se perd si l’ordinateur s’éteint.",
    ),
    (
        "clock",
        "Cinq minutes, six étapes",
        "«\u00a0Retour\u00a0» garde vos réponses. Ce qui n’est pas fait se retrouve dans les réglages.",
    ),
)


class WelcomeStep(QWidget):
    """`trial_asked` wants the demonstration, `restore_asked` a profile made of a backup."""

    trial_asked = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.trial = button("Essayer avec des personnes inventées", self.trial_asked.emit, "secondary", "users-group")
        self.restore = button("Restaurer une sauvegarde…", self.restore_asked.emit, "ghost", "history")
        others = row(self.trial, self.restore, -1, spacing=10)
        self.setLayout(
            column(
                label("Bienvenue dans Milo Mobile", "h1"), 2, *(fact(*one) for one in _FACTS), -1, others, spacing=12
            )
        )
