"""An encounter taken back on a laptop is in no figure, whichever of its two lines came first, and once only."""

from collections.abc import Callable

import pytest

from sync.server import ledger
from sync.server.store import Store
from tests.server.conftest import Laptop

COUNTED = {"kind": "anonymous", "at": "2026-11-24T15:21:00+01:00", "place": "pl"}


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_what_was_withdrawn_does_not_count(
    order: tuple[int, ...], store: Store, laptop: Callable[[str], Laptop]
) -> None:
    van = laptop("a")
    van.say("encounter", "e1", set=COUNTED)
    van.say("encounter", "e1", op="update", set={"withdrawn": True})
    van.say("encounter", "e2", set=COUNTED)
    for place in (*order, *order):
        van.send(place + 1, place + 1)
    with store.read() as session:
        assert ledger.stats(session)["encounters"] == 1
