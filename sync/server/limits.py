"""How often is too often: so many wrong tries an address, so many batches a laptop; right ones of others never wait."""

import ipaddress
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import Scope

from sync.server.problems import Problem

KEYS = 10_000
"""So many addresses are remembered at most; the one that was quiet longest is forgotten first."""
HEAD_BYTES, HEAD_LINES = 16 << 10, 64
"""What the head of a request may have."""


class Allowance:
    """`burst` at once for each key, and `per_minute` after that."""

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._clock = burst, per_minute / 60, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, key: str) -> int:
        """Seconds until one more is free; 0 is now."""
        with self._lock:
            return self._wait(self._now(key))

    def use(self, key: str) -> int:
        """Takes one where it is free; seconds to wait where it is not."""
        with self._lock:
            left = self._now(key)
            if wait := self._wait(left):
                return wait
            self._left.pop(key, None)
            self._left[key] = left - 1, self._clock()
            if len(self._left) > KEYS:
                self._left.pop(next(iter(self._left)))
            return 0

    def _now(self, key: str) -> float:
        left, at = self._left.get(key, (self._burst, 0.0))
        return min(self._burst, left + (self._clock() - at) * self._per_second)

    def _wait(self, left: float) -> int:
        return 0 if left >= 1 else math.ceil((1 - left) / self._per_second)


@dataclass(frozen=True)
class Limits:
    """Of one server process. Only `pushes` counts what is rightly signed, and no laptop comes near it."""

    signatures: Allowance = field(default_factory=lambda: Allowance(120, 60))
    codes: Allowance = field(default_factory=lambda: Allowance(10, 2))
    pushes: Allowance = field(default_factory=lambda: Allowance(6000, 6000))

    def judged(self, problem: Problem, where: str) -> Problem:
        """Counts a wrong signature or code against an address; past its allowance it is told to wait instead."""
        counts = {"bad-signature": self.signatures, "unknown-device": self.signatures, "bad-code": self.codes}
        counts["bad-token"] = self.codes
        wait = counts[problem.name].use(where) if problem.name in counts else 0
        return too_often(wait) if wait else problem


def too_often(seconds: int) -> Problem:
    """The answer that tells when to come back."""
    return Problem("too-often", **{"Retry-After": str(seconds)})


def address(scope: Scope) -> str:
    """Where a request comes from; of IPv6 the network, for a household has all of its addresses."""
    host = (scope.get("client") or ("",))[0]
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def check_head(scope: Scope) -> None:
    """Raises Problem where the head has too many or too long headers."""
    size = sum(len(name) + len(value) for name, value in scope["headers"])
    if len(scope["headers"]) > HEAD_LINES or size + len(scope["raw_path"]) + len(scope["query_string"]) > HEAD_BYTES:
        raise Problem("head-too-large")
