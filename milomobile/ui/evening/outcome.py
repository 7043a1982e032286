"""What came of a sending, in words."""

from dataclasses import dataclass

from milomobile.domain.sending import Sent
from milomobile.ui.parts.spoken import count, figure

_ALL = "Tout est envoyé"


@dataclass(frozen=True)
class Outcome:
    """A sentence and its tone; `again` is what the button that tries once more says; `page` is the Wi-Fi's; `headline` that of the page."""

    text: str
    tone: str = "ok"
    again: str = ""
    page: str | None = None
    headline: str = ""


def outcome(sent: Sent, stopped: bool) -> Outcome | None:
    """None where nothing needs saying. `stopped`: somebody pressed « Arrêter »."""
    arrived = sent.taken + sent.already + sent.gone
    if sent.reason:
        some = _arrived(arrived, sent.waiting)
        return Outcome(f"{some} {sent.reason}".strip(), "warn", "Reprendre" if some else "Réessayer", sent.page)
    if sent.waiting:
        return Outcome(f"Envoi interrompu. {_arrived(arrived, sent.waiting)}".strip(), "warn", "Reprendre")
    if sent.warning:
        return Outcome(sent.warning, "warn", "Réessayer", headline=_ALL)
    if sent.refused:
        said = f"{count(arrived, 'envoyé')}, {sent.refused} à corriger."
        return Outcome(said, "warn", headline="Presque terminé")
    if arrived:
        many = "s" * (arrived > 1)
        return Outcome(f"{count(arrived, 'élément')} confirmé{many} par le serveur.", headline=_ALL)
    return None if stopped else Outcome("Rien n’attendait, et les nouvelles du bureau sont là.")


def _arrived(arrived: int, waiting: int) -> str:
    if not arrived or not waiting:
        return ""
    many = "sont arrivés" if arrived > 1 else "est arrivé"
    if waiting == 1:
        return f"{figure(arrived)} {many}, 1 reste ici et partira au prochain envoi."
    return f"{figure(arrived)} {many}, {figure(waiting)} restent ici et partiront au prochain envoi."
