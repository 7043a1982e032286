"""One window for a profile: a second start brings the first one forward, and ends."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QLockFile, QStandardPaths

_SHA256 = QCryptographicHash.Algorithm.Sha256
_TRIES, _ANSWER = 10, 300
"""How often the first window is called, and milliseconds that it has to answer: it may be starting too."""


class Held:
    """The window that stands for a profile; `listen` once it is shown."""

    def __init__(self, lock: QLockFile, folder: Path) -> None:
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
    """Takes the place of a profile's window, which is free again when its program dies; None where there is one already.

    What a killed program left may carry the number of one that runs now, even this one's: only who has it open holds it.
    Where no lock can be written nobody is kept out: what ails the disk is told by the first page.
    """
    place = _place(folder)
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(place))
    lock.setStaleLockTime(0)
    taken = lock.tryLock(0) or (lock.removeStaleLockFile() and lock.tryLock(0))
    if taken or lock.error() != QLockFile.LockError.LockFailedError:
        return Held(lock, folder)
    return None


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
    caches = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(caches) / "MiloMobile" / f"{_name(folder)}.lock"


def _name(folder: Path) -> str:
    who = os.environ.get("USERNAME") or str(getattr(os, "getuid", lambda: "")())
    said = f"{who} {folder.absolute()}".encode()
    return "milomobile-" + bytes(QCryptographicHash.hash(said, _SHA256).toHex().data()).decode()[:16]
