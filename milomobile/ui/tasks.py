"""Worker threads: what takes long never holds the screen, and results come back on the screen's thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


Job = tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]


class Tasks(QObject):
    """`run` a job; `done` or `failed` is called on the GUI thread. `stopping` is read by jobs that can stop early."""

    _ended = Signal(object, object)
    _told = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._worker: ThreadPoolExecutor | None = None
        self._beside: ThreadPoolExecutor | None = None
        self._reading: ThreadPoolExecutor | None = None
        self._jobs, self._later = 0, list[Job]()
        self.stopping = False
        self._ended.connect(self._end)
        self._told.connect(self._deliver)

    def run(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Runs a job after those already waiting."""
        self._jobs += 1
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(1)
        self._worker.submit(_telling(job, done, failed, self._ended))

    def meanwhile(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Runs a job that nobody asked for once no other waits; in place of one before that has not begun."""
        self._later = [(job, done, failed)]
        self._take_later()

    def _take_later(self) -> None:
        if not self._jobs and self._later and not self.stopping:
            self.run(*self._later.pop())

    def beside(self, job: Callable[[], Any], failed: Callable[[Exception], None]) -> None:
        """Runs a job that may take an hour, on a thread of its own: it keeps no other waiting, and reads `stopping` often."""

        def work() -> None:
            try:
                job()
            except Exception as wrong:
                self._told.emit(failed, wrong)

        if self._beside is None:
            from concurrent.futures import ThreadPoolExecutor

            self._beside = ThreadPoolExecutor(1)
        self._beside.submit(work)

    def read(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Runs a job that only reads, after other such jobs alone: what is looked at does not wait for a sending."""
        if self._reading is None:
            from concurrent.futures import ThreadPoolExecutor

            self._reading = ThreadPoolExecutor(1)
        self._reading.submit(_telling(job, done, failed, self._told))

    def tell(self, hear: Callable[[Any], None], what: object) -> None:
        """From inside a job: calls `hear(what)` on the GUI thread."""
        self._told.emit(hear, what)

    def finish(self) -> None:
        """Lets the running job end."""
        self.stopping = True
        for worker in (self._worker, self._beside, self._reading):
            if worker:
                worker.shutdown(wait=True)

    @Slot(object, object)
    def _end(self, call: Callable[[Any], None], value: object) -> None:
        self._jobs -= 1
        try:
            self._deliver(call, value)
        finally:
            self._take_later()

    @Slot(object, object)
    def _deliver(self, call: Callable[[Any], None], value: object) -> None:
        """Not after `finish`: who asked may be there no more."""
        if not self.stopping:
            call(value)


def _telling(
    job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None], heard: SignalInstance
) -> Callable[[], None]:
    """The job, then its result or its failure on the GUI thread."""

    def work() -> None:
        try:
            result = job()
        except Exception as wrong:
            heard.emit(failed, wrong)
        else:
            heard.emit(done, result)

    return work
