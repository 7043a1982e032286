"""Whatever a file or a request holds, its reader gives a value or says what is wrong: nothing else, soon, in little room."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.faults.conftest import TORTURE
from tests.fuzz.mutations import mutated
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

SECONDS = (600 if TORTURE else 14) / len(TARGETS)
"""For each reader; the bombs come on top of it."""
LONGEST, MOST = 2.0, 200 << 20
"""Seconds of this process's own time, and bytes, that one reading may take; a larger file a second and 16 bytes more for each
megabyte and byte of it, as it lies on the disk: what is packed gets nothing for what it hides."""
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def _memory(what: str) -> int:
    """Bytes that this process has (VmRSS) or had at most since `_forget` (VmHWM); 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0
    [line] = [line for line in _STATUS.read_text().splitlines() if line.startswith(what)]
    return int(line.split()[1]) << 10


def _forget() -> None:
    if _RESET.exists():
        _RESET.write_text("5")


def _check(target: Target, content: bytes) -> None:
    _forget()
    before, began = _memory("VmRSS"), time.process_time()
    with contextlib.suppress(*target.told):
        target.read(content)
    took, more = time.process_time() - began, _memory("VmHWM") - before
    assert took < LONGEST + len(content) / 1e6, (
        f"{took:.1f} s for {len(content)} bytes that begin with {content[:60]!r}"
    )
    assert more < MOST + 16 * len(content), f"{more >> 20} MB for {len(content)} bytes that begin with {content[:60]!r}"


@pytest.fixture(params=TARGETS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    made: Callable[[Path], Target] = TARGETS[request.param]
    found = made(tmp_path)
    yield found
    found.close()


def test_a_reader_says_what_is_wrong_or_gives_a_value(target: Target) -> None:
    for good in (*target.corpus, *target.bombs):
        _check(target, good)
    end, seed = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:

        @settings(
            max_examples=50,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink] if TORTURE else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.seed(seed)
        @given(content=mutated(target.corpus))
        def one(content: bytes) -> None:
            if time.monotonic() < end:
                _check(target, content)

        one()
        seed += 1


def test_what_breaks_the_law_is_caught() -> None:
    """The test's own proof: a wrong reader, a slow one and a greedy one do not pass."""

    def greedy(_: bytes) -> None:
        bytearray(b"x") * MOST * 2

    def slow(_: bytes) -> None:
        end = time.process_time() + LONGEST + 0.1
        while time.process_time() < end:
            pass

    for read in (greedy, slow) if _RESET.exists() else (slow,):
        with pytest.raises(AssertionError):
            _check(Target([b""], read), b"")
    with pytest.raises(ZeroDivisionError):
        _check(Target([b""], lambda _: 1 / 0, (ValueError,)), b"")


@settings(max_examples=200, deadline=None)
@given(mutated([b"abc" * 50]))
def test_a_mutation_is_bytes_of_no_great_length(made: bytes) -> None:
    assert len(made) <= 1 << 20
