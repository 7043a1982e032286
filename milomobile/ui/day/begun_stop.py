"""« Arrêt démarré », with Annuler: the stop as if it had not begun, and the one that it ended going on."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from milomobile.domain.outings import Planned, Stop
from milomobile.ui.parts.toast import toast
from milomobile.ui.verbs import Verbs


def offer_undo(
    verbs: Verbs,
    window: QWidget,
    begun: tuple[str, str],
    going: Stop | None,
    tell: Callable[[], object],
    planned: Planned | None = None,
) -> None:
    """`begun` are the stop's id and the place's name, `going` the stop that was open before; `tell` is called once undone."""
    stop, name = begun
    now = verbs.day().open_stop
    ended = going.id if going and not (now and now.id == going.id) else None

    def undo() -> None:
        verbs.undo_stop(stop, ended, planned)
        tell()

    toast(window, f"Arrêt démarré\u00a0: {name}.", undo)
