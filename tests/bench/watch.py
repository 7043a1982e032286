"""The watchdog of the window's thread: how long each turn of it took, and where it was when it took too long."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtWidgets import QApplication

FREEZE_MS = 50.0
"""From here on a hand notices that the window does not follow."""
_LOOK = 0.004
_AFTER = 0.025


@dataclass(frozen=True)
class Turn:
    """One act and all that it set off before the window listened again: milliseconds, those that this thread computed, what
    was done, the slow place.
    """

    ms: float
    cpu_ms: float
    act: str
    place: str


@dataclass
class Watch:
    """`do` an act on the window's thread; each stretch in which the window does not listen is a turn."""

    turns: list[Turn] = field(default_factory=list)
    _began: float = 0.0
    _place: str = ""
    _over: bool = False

    def __enter__(self) -> "Watch":
        self._thread = threading.get_ident()
        self._switch = sys.getswitchinterval()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._looking.join()

    def do(self, name: str, act: Callable[[], object]) -> float:
        """Acts, then lets the window do what follows at once; the milliseconds of both."""
        self._place, self._began, computed = "", time.perf_counter(), time.thread_time()
        act()
        QApplication.processEvents()
        ms = 1000 * (time.perf_counter() - self._began)
        self._began = 0.0
        self.turns.append(Turn(ms, 1000 * (time.thread_time() - computed), name, self._place))
        return ms

    def wait(self, name: str, until: Callable[[], bool], seconds: float = 60) -> float:
        """Turns until something is so; the milliseconds until then. Raises TimeoutError."""
        began = time.perf_counter()
        while not until():
            self.do(name, _nothing)
            if time.perf_counter() - began > seconds:
                raise TimeoutError(name)
            time.sleep(0.001)
        return 1000 * (time.perf_counter() - began)

    def worst(self) -> Turn:
        """The longest turn of all."""
        return max(self.turns, key=lambda turn: turn.ms)

    def _look(self) -> None:
        while not self._over:
            time.sleep(_LOOK)
            began = self._began
            if began and time.perf_counter() - began > _AFTER and not self._place:
                self._place = _ours(sys._current_frames().get(self._thread))


def _nothing() -> None:
    """What a turn does when nobody acts."""


def _ours(frame: FrameType | None) -> str:
    """The innermost line of the program itself."""
    while frame is not None:
        file = frame.f_code.co_filename
        if "/milomobile/" in file or "/sync/" in file:
            return f"{file.rsplit('/', 2)[-2]}/{file.rsplit('/', 1)[-1]}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return ""
