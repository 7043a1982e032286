"""The network's block: neutral, true, and never a condition."""

from datetime import UTC, datetime

import pytest

from milomobile.domain.sending import Waiting
from milomobile.ui.sidebar import network_lines

SENT = datetime(2026, 11, 24, 17, 12, tzinfo=UTC)


def waiting(total: int, server: str | None = "https://serveur", last: datetime | None = None) -> Waiting:
    return Waiting(total=total, kinds=(), refused=(), drafts=0, last_sync=last, last_count=0, server=server)


@pytest.mark.parametrize(
    ("state", "connected", "lines"),
    [
        (waiting(40), False, ("Hors connexion", "Tout est gardé ici.", "40 éléments à envoyer")),
        (waiting(1), True, ("Connecté", "1 élément à envoyer")),
        (waiting(0, last=SENT), True, ("Connecté", "Tout est envoyé (18 h 12)")),
        (waiting(0), False, ("Hors connexion", "Rien à envoyer")),
        (waiting(3), None, ("Tout est gardé ici.", "3 éléments à envoyer")),
        (waiting(3, server=None), True, ("Aucun serveur relié", "Tout est gardé ici.", "3 éléments à envoyer")),
    ],
)
def test_the_block_says_what_is_so(state: Waiting, connected: bool | None, lines: tuple[str, ...]) -> None:
    assert network_lines(state, connected) == lines
