"""A sending cut at every byte of the request and of the answer: after the next one, each record is there once."""

import pytest
from structlog.testing import capture_logs

from milomobile.actions.open import Profile
from sync import errors
from tests.faults.conftest import TORTURE
from tests.faults.office import Office, everything_is_there, push_once, write
from tests.faults.proxy import Fault, Proxy

RECORDS, STEP = 40, 1 if TORTURE else 17


@pytest.mark.parametrize("way", ["up", "down"])
def test_cut_at_every_byte(way: str, laptop: Profile, office: Office, proxy: Proxy) -> None:
    """The end of the connection comes in order or as RST: in turn, or both at each byte in the long form."""
    write(laptop, RECORDS)
    assert push_once(laptop, proxy.url).taken == RECORDS
    length = proxy.up if way == "up" else proxy.down
    assert length > 500
    tries = cuts = 0
    with capture_logs() as said:
        for turn, at in enumerate(range(0, length, STEP)):
            for how in ("cut", "reset") if TORTURE else (("cut", "reset")[turn % 2],):
                seqs = write(laptop, RECORDS)
                proxy.once(Fault(f"{how}_{way}", at))
                tries += 1
                try:
                    push_once(laptop, proxy.url)
                except errors.Offline:
                    cuts += 1
                pushed = push_once(laptop, f"http://127.0.0.1:{office.port}")
                assert (pushed.refused, pushed.gone) == (0, 0)
                everything_is_there(laptop, office.store, seqs)
    everything_is_there(laptop, office.store)
    assert cuts > 0.95 * tries
    assert [one for one in said if one["log_level"] not in ("info", "debug")] == []
