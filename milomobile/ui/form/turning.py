"""Under section 6: turning the screen to the person, and what they read, chose and signed there."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame

from milomobile.domain.encounters import WAYS
from milomobile.domain.notice import Chosen
from milomobile.ui import look
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.pad import Pad
from milomobile.ui.parts.said import Said

_NAMES = {
    "fr": "en français",
    "en": "en anglais",
    "ar": "en arabe",
    "uk": "en ukrainien",
    "tr": "en turc",
    "de": "en allemand",
}
_WHY = {"REFUS": "ne veut pas signer", "PAS_LE_TEMPS": "pas le temps de signer", "NE_PEUT_PAS": "ne peut pas signer"}
_NOBODY = "Ne pas proposer de partage"


class Turning(QFrame):
    """`asked` when the screen is to be turned, `changed` when what came of it is taken away."""

    guide = "ecran-tourne"

    asked = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Chosen | None = None
        self._partners: dict[str, bool] = {}
        self.turn = button("Tourner l’écran", self.asked.emit, "secondary", "device-laptop", "F7")
        self.partner = QComboBox()
        self.partner.setAccessibleName("Partage à proposer sur l’écran tourné")
        self._said = Said()
        self._pad = Pad()
        self._pad.setEnabled(False)
        look.sized(self._pad, width=220, height=96)
        self._pad.setAccessibleName("Signature reçue")
        self._again = button("Effacer la signature", self._unsign, "link")
        self._signed = row(self._pad, column(-1, self._again), -1, spacing=10)
        share = column(label("Partage à proposer", "label"), self.partner, spacing=5)
        self.setLayout(column(row(column(-1, self.turn), share, -1, spacing=16), self._said, self._signed, spacing=10))
        self.fill({}, ())

    def fill(self, answers: Mapping[str, object], partners: Sequence[str]) -> None:
        """What a draft or a record kept; `partners` are those a sharing may be proposed with."""
        said = {
            name: str(answers.get(f"notice.{name}") or "") for name in ("version", "language", "signature", "unsigned")
        }
        kept = answers.get("agrees.partners")
        self._partners = {str(name): bool(agreed) for name, agreed in kept.items()} if isinstance(kept, dict) else {}
        agrees = {way: bool(answers.get(f"agrees.{way}")) for way in WAYS}
        self._chosen = Chosen(agrees=agrees, **said) if said["language"] else None
        self.partner.clear()
        self.partner.addItem(_NOBODY, "")
        for name in dict.fromkeys((*self._partners, *partners)):
            self.partner.addItem(name, name)
        self._show()

    def answers(self) -> dict[str, object]:
        """What was shown and signed, and every agreement that was asked about: an unticked one is a no."""
        if self._chosen is None:
            return {}
        chosen = self._chosen
        said = {
            "notice.version": chosen.version,
            "notice.language": chosen.language,
            "notice.signature": chosen.signature,
            "notice.unsigned": chosen.unsigned,
        }
        found: dict[str, object] = {name: text for name, text in said.items() if text}
        found |= {f"agrees.{way}": False for way in WAYS}
        return found | ({"agrees.partners": self._partners} if self._partners else {})

    def proposed(self) -> str:
        """The partner chosen, or an empty text."""
        return str(self.partner.currentData() or "")

    def given(self, agrees: Mapping[str, bool]) -> dict[str, bool]:
        """What the turned screen begins with: the boxes of the form, and what was said of that partner."""
        return {**agrees, "partner": self._partners.get(self.proposed(), False)}

    def take(self, chosen: Chosen) -> None:
        """What somebody chose on the turned screen."""
        self._chosen = chosen
        if "partner" in chosen.agrees:
            self._partners[self.proposed()] = chosen.agrees["partner"]
        self._show()

    def _unsign(self) -> None:
        if self._chosen:
            kept = self._chosen
            self._chosen = Chosen(kept.version, kept.language, kept.agrees)
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        chosen = self._chosen
        signature = chosen.signature if chosen else ""
        try:
            self._pad.show_text(signature)
        except ValueError:
            signature = ""
        for part in (self._pad, self._again):
            part.setVisible(bool(signature))
        self._said.say(_sentence(chosen, self._partners) if chosen else "", "ok")


def _sentence(chosen: Chosen, partners: Mapping[str, bool]) -> str:
    signed = "signature reçue" if chosen.signature else _WHY.get(chosen.unsigned, "sans signature")
    shared = ", ".join(name for name, agreed in partners.items() if agreed)
    return f"Lu à l’écran {_NAMES.get(chosen.language, chosen.language)}, {signed}." + (
        f" Accepte le partage avec {shared}." if shared else ""
    )
