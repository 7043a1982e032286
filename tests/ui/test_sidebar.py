"""The network's block: neutral, true, and never a condition."""

import socket
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from milomobile.domain.sending import Waiting
from milomobile.ui import network
from milomobile.ui.sidebar import network_lines

SENT = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)


def waiting(total: int, server: str | None = "https://serveur", last: datetime | None = None) -> Waiting:
    return Waiting(total=total, kinds=(), refused=(), drafts=0, last_sync=last, last_count=0, server=server)


@pytest.mark.parametrize(
    ("state", "connected", "lines"),
    [
        (waiting(40), False, ("Hors connexion", "Tout est gardé ici.", "40 éléments à envoyer")),
        (waiting(1), True, ("Connecté", "1 élément à envoyer")),
        (waiting(0, last=SENT), True, ("Connecté", "Tout est envoyé (8\u00a0h\u00a012)")),
        (waiting(0), False, ("Hors connexion", "Rien à envoyer")),
        (waiting(3, server=None), True, ("Aucun serveur relié", "Tout est gardé ici.", "3 éléments à envoyer")),
    ],
)
def test_the_block_says_what_is_so(state: Waiting, connected: bool, lines: tuple[str, ...]) -> None:
    assert network_lines(state, connected) == lines


def test_a_way_is_there_or_not_and_nothing_is_sent() -> None:
    """To this machine there is always one; to everybody at once there is none for who did not ask for it."""
    assert network._way(socket.AF_INET, "127.0.0.1")
    assert not network._way(socket.AF_INET, "255.255.255.255")


def test_it_is_told_when_the_network_comes_and_goes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, heard = QObject(), []
    away = ((socket.AF_INET, "255.255.255.255"),)
    monkeypatch.setattr(network, "_EVERY", 10)
    monkeypatch.setattr(network, "_ELSEWHERE", away)
    network.watch(owner, lambda: heard.append(network.connected()))
    monkeypatch.setattr(network, "_ELSEWHERE", ((socket.AF_INET, "127.0.0.1"),))
    qtbot.waitUntil(lambda: heard == [True])
    monkeypatch.setattr(network, "_ELSEWHERE", away)
    qtbot.waitUntil(lambda: heard == [True, False])
