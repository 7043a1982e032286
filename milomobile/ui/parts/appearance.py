"""How the screen looks, in Réglages: theme, size of the text, movements."""

from typing import cast

from PySide6.QtWidgets import QFrame

from milomobile.domain.display import SIZES, Display, Motion, Theme
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts.boxes import column, label
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.said import Said

_THEMES = (("system", "Comme le système"), ("light", "Clair"), ("dark", "Sombre"), ("sun", "Plein soleil"))
_MOTIONS = (("system", "Comme le système"), ("less", "Réduites"))
_NOTE = (
    "Plein soleil (F9)\u00a0: noir sur blanc, pour lire dehors. Taille du texte\u00a0: Ctrl\u00a0+, Ctrl\u00a0− et Ctrl\u00a00. "
    "Ces choix valent pour ce poste, dès l’écran d’ouverture."
)


class AppearanceCard(QFrame):
    """What is chosen holds at once; the keys' choices show here too."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        sizes = [(str(size), f"{size}\u00a0%") for size in SIZES]
        self.theme = Choices("Thème", _THEMES, 4, segmented=True)
        self.size_of_text = Choices("Taille du texte", sizes, 4, segmented=True)
        self.motion = Choices("Animations", _MOTIONS, 2, segmented=True)
        self._said = Said()
        parts = (self.theme, self.size_of_text, self.motion)
        for one in parts:
            one.changed.connect(self._keep)
        note = label(_NOTE, "second", wrap=True)
        self.setLayout(column(label("Apparence", "h2"), *parts, note, self._said, spacing=12, margins=(20, 16, 20, 18)))
        look.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """What is so now."""
        now = look.display()
        self.theme.choose([now.theme])
        self.size_of_text.choose([str(now.size)])
        self.motion.choose([now.motion])

    def _keep(self) -> None:
        wanted = Display(
            cast(Theme, self.theme.value()), int(self.size_of_text.value() or 100), cast(Motion, self.motion.value())
        )
        try:
            look.show(wanted)
        except Trouble as trouble:
            self._said.say(trouble.sentence, "err")
        else:
            self._said.say("", "ok")
