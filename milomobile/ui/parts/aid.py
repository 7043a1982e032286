"""Aide (F1): every key, and a file for support; and what is shown of a bug."""

from PySide6.QtWidgets import QGridLayout, QWidget

from milomobile import __version__
from milomobile.ui.parts.boxes import button, holder, label
from milomobile.ui.parts.diagnosing import Diagnosing
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.usb_update import UsbUpdate
from milomobile.ui.support import Diagnose
from milomobile.ui.tasks import Tasks
from milomobile.ui.updates import Take

KEYS = (
    ("Ctrl N", "Nouvelle inscription"),
    ("Ctrl Maj N", "Contact anonyme"),
    ("Ctrl K, Ctrl F", "Rechercher un jeune"),
    ("Ctrl 1 à 5", "Aller à une page"),
    ("Ctrl Entrée", "Enregistrer la fiche"),
    ("Ctrl S", "Envoyer, ou garder la fiche"),
    ("Ctrl Page suiv.", "Section suivante"),
    ("Ctrl R", "Une rencontre de plus"),
    ("Ctrl E", "Exporter, sur Bilan"),
    ("Ctrl Z", "Annuler le dernier acte"),
    ("1 à 9, Espace", "Choisir dans un groupe"),
    ("Alt D", "Déjà une fiche ?"),
    ("F1", "Cette aide"),
    ("F7", "Écran tourné"),
    ("F8", "Mode discret"),
    ("F9", "Plein soleil"),
    ("F11", "Plein écran"),
    ("Ctrl L", "Verrouiller"),
    ("Ctrl + − 0", "Taille du texte"),
    ("Échap", "Fermer"),
)
_HALF = (len(KEYS) + 1) // 2
_ASK = "Une panne, une question : préparez un fichier, il ne contient aucune donnée de personne."
_NEWER = "Mettre à jour depuis une clé USB…"
_BUG = (
    "Ce qui était enregistré est gardé, et une fiche commencée reste en brouillon. Vous pouvez continuer. Si cela "
    "recommence, fermez puis rouvrez le programme, et donnez ce numéro à l’assistance."
)


class AidSheet(Sheet):
    """The keys in two columns; before unlocking also a newer version from a USB key."""

    nameless = True

    def __init__(self, diagnose: Diagnose, tasks: Tasks, parent: QWidget | None, take: Take | None = None) -> None:
        super().__init__("Raccourcis et aide", parent, 700)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for place, (key, said) in enumerate(KEYS):
            line, side = place % _HALF, place // _HALF * 2
            grid.addWidget(label(key, "strong"), line, side)
            grid.addWidget(label(said, wrap=True), line, side + 1)
        for side in (1, 3):
            grid.setColumnStretch(side, 1)
        self.diagnosing = Diagnosing(diagnose, tasks)
        self.body.addWidget(holder(grid))
        self.body.addWidget(label(f"{_ASK} Version {__version__}.", "second", wrap=True))
        self.body.addWidget(self.diagnosing)
        self.usb = UsbUpdate(take, tasks, _NEWER) if take else None
        if self.usb:
            self.body.addWidget(self.usb)
        close = button("Fermer", self.reject, "primary")
        self.foot.addWidget(close)
        close.setFocus()


class BugSheet(Sheet):
    """After a bug: its number, what is safe, what to do."""

    nameless = True

    def __init__(self, id: str, diagnose: Diagnose, tasks: Tasks, parent: QWidget | None) -> None:
        super().__init__("Un problème inattendu est survenu", parent)
        self.number = label(f"Problème n° {id}", "strong")
        self.body.addWidget(label(_BUG, wrap=True))
        self.body.addWidget(self.number)
        self.diagnosing = Diagnosing(diagnose, tasks)
        self.body.addWidget(self.diagnosing)
        go = button("Continuer", self.reject, "hero")
        self.foot.addWidget(go)
        go.setFocus()
