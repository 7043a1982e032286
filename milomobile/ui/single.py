"""One window for a profile: a second start brings the first one forward, and ends."""

import hashlib
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import filelock
import platformdirs

_TRIES, _ANSWER = 10, 300
"""How often the first window is called, and milliseconds that it has to answer: it may be starting too."""


class Held:
    """The window that stands for a profile; `listen` once it is shown."""

    def __init__(self, lock: filelock.BaseFileLock | None, folder: Path) -> None:
        self._lock, self._folder = lock, folder
        self._server: object = None

    def listen(self, come_forward: Callable[[], None]) -> None:
        """From here on another start is heard."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(self._folder))

        def heard() -> None:
            while (asked := server.nextPendingConnection()) is not None:
                come_forward()
                asked.write(b"here")
                asked.flush()
                asked.disconnectFromServer()

        server.newConnection.connect(heard)
        server.listen(_name(self._folder))
        self._server = server


def hold(folder: Path) -> Held | None:
    """Takes the place of a profile's window, by an operating-system lock that dies with it; None where there is one already.

    A folder that cannot be written is nobody's: what ails it is told by the first page.
    """
    try:
        lock = filelock.FileLock(_place(folder), timeout=0, thread_local=False)
        lock.acquire()
    except filelock.Timeout:
        return None
    except OSError:
        return Held(None, folder)
    return Held(lock, folder)


def call(folder: Path) -> bool:
    """Brings the window of a profile forward; False where it does not answer."""
    from PySide6.QtNetwork import QLocalSocket

    for _ in range(_TRIES):
        socket = QLocalSocket()
        socket.connectToServer(_name(folder))
        if socket.waitForConnected(_ANSWER) and socket.waitForReadyRead(_ANSWER):
            return True
        time.sleep(_ANSWER / 1000)
    return False


def _place(folder: Path) -> Path:
    """Outside the profile, which may not be there yet."""
    with warnings.catch_warnings(action="ignore"):
        return platformdirs.user_runtime_path("MiloMobile", False, ensure_exists=True) / f"{_name(folder)}.lock"


def _name(folder: Path) -> str:
    who = os.environ.get("USERNAME") or str(getattr(os, "getuid", lambda: "")())
    return "milomobile-" + hashlib.sha256(f"{who} {folder.absolute()}".encode()).hexdigest()[:16]
