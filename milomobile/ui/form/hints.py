"""What helps beside the form: what to say to the person, and the keys."""

from PySide6.QtWidgets import QFrame, QLabel

from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import card, column, label, row
from milomobile.ui.parts.discs import Bullet

_SAID = (
    "Vos informations aident la Mission Locale à vous accompagner.",
    "Elles ne sont jamais vendues.",
    "Vous pouvez les voir, les corriger ou les faire effacer.",
    "Elles sont gardées 12 mois après notre dernier échange.",
)
_KEYS = (
    (("Entrée",), "champ suivant"),
    (("F3",), "réponse attendue suivante"),
    (("Ctrl", "Page suiv."), "section suivante"),
    (("1", "à", "9"), "choisir une réponse"),
)


def words() -> QFrame:
    """« À dire avec vos mots »: the notice, short enough to be said."""
    made = card(row(picture("shield-lock", "primary", 22), label("À dire avec vos mots", "h2"), -1), spacing=9)
    for text in _SAID:
        line = row(column(Bullet(), -1), label(text, "second", wrap=True), spacing=8)
        line.setStretch(1, 1)
        made.layout().addLayout(line)  # type: ignore[union-attr]
    return made


def keys() -> QFrame:
    """« Au clavier »."""
    made = card(label("Au clavier", "h2"), spacing=9)
    for caps, does in _KEYS:
        parts = [label(cap, "second") if cap == "à" else keycap(cap) for cap in caps]
        made.layout().addLayout(row(*parts, label(does, "second"), -1, spacing=6))  # type: ignore[union-attr]
    return made


def keycap(text: str) -> QLabel:
    """A key's name in a small frame."""
    return label(text, "key")
