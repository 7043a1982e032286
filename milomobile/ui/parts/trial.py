"""The demonstration, clearly marked: the band over its pages, and what stands while its people are invented."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from milomobile.ui import look
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, card, column, label, row

MARK = "Démonstration"
LEAVE = "Quitter la démonstration"
TOUR = "Visite guidée"
_SAID = "Personnes inventées, à part de vos fiches\u00a0: rien ne part d’ici, tout s’efface à la fin."
_MAKING = "Les personnes sont inventées, dans un dossier à part. Quelques secondes."


def band(leave: Callable[[], object], tour: Callable[[], object]) -> QFrame:
    """Over every page of the demonstration: that it is one, its guided tour, and the way out."""
    made = QFrame()
    made.setProperty("banner", "warn")
    made.setAccessibleName(f"{MARK}. {_SAID}")
    line = row(
        picture("users-group", "on_asoft", 18),
        label(MARK, "strong"),
        label(_SAID, "body", wrap=True),
        button(TOUR, tour, "small", "compass"),
        button(LEAVE, leave, "small", "x"),
        spacing=10,
        margins=(16, 4, 12, 4),
    )
    line.setStretch(2, 1)
    made.setLayout(line)
    return made


def making() -> QWidget:
    """While the demonstration is made."""
    made = QWidget()
    made.setObjectName("page")
    inside = card(label(MARK, "h1"), label(_MAKING, "second", wrap=True), spacing=10)
    look.sized(inside, width=480)
    made.setLayout(column(-1, row(-1, inside, -1), -1))
    return made
