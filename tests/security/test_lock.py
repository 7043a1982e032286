"""One program for each profile at a time, whichever of its threads takes and lets go."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from milomobile.errors import AlreadyOpen
from milomobile.security import lock


def test_a_profile_taken_by_one_thread_is_let_go_by_another(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as worker:
        held = worker.submit(lock.hold, tmp_path).result()
    with pytest.raises(AlreadyOpen):
        lock.hold(tmp_path)
    held.release()
    lock.hold(tmp_path).release()
