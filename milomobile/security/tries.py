"""Longer waits after wrong passwords."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Tries:
    """Counts wrong passwords; from the third the next try waits 1, 2, 4 … 60 seconds."""

    clock: Callable[[], float] = time.monotonic
    wrong: int = 0
    until: float = 0.0

    def failed(self) -> None:
        """Notes a wrong password."""
        self.wrong += 1
        if self.wrong >= 3:
            self.until = self.clock() + min(60, 2 ** (self.wrong - 3))

    def wait(self) -> float:
        """Seconds before the next try."""
        return max(0.0, self.until - self.clock())
