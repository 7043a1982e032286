"""One worker thread: what takes long never holds the screen, and results come back on the screen's thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


class Tasks(QObject):
    """`run` a job; `done` or `failed` is called on the GUI thread. `stopping` is read by jobs that can stop early."""

    _ended = Signal(object, object)
    _told = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._worker: ThreadPoolExecutor | None = None
        self.stopping = False
        self._ended.connect(self._deliver)
        self._told.connect(self._deliver)

    def run(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Runs a job after those already waiting."""

        def work() -> None:
            try:
                result = job()
            except Exception as wrong:
                self._ended.emit(failed, wrong)
            else:
                self._ended.emit(done, result)

        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(1)
        self._worker.submit(work)

    def tell(self, hear: Callable[[Any], None], what: object) -> None:
        """From inside a job: calls `hear(what)` on the GUI thread."""
        self._told.emit(hear, what)

    def finish(self) -> None:
        """Lets the running job end."""
        self.stopping = True
        if self._worker:
            self._worker.shutdown(wait=True)

    @Slot(object, object)
    def _deliver(self, call: Callable[[Any], None], value: object) -> None:
        """Not after `finish`: who asked may be there no more."""
        if not self.stopping:
            call(value)
