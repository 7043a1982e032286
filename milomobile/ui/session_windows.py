"""Windows says that the session is locked or that the laptop goes to sleep: messages to the native window."""

import ctypes
import sys
from collections.abc import Callable
from ctypes import c_size_t, c_ssize_t, c_uint32, c_void_p

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

POWER, SUSPENDS, RESUMES = 0x0218, 0x0004, 0x0012
"""WM_POWERBROADCAST, PBT_APMSUSPEND, PBT_APMRESUMEAUTOMATIC."""
SESSION, LOCKS, LOGS_OFF = 0x02B1, 0x7, 0x6
"""WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, WTS_SESSION_LOGOFF."""


class Msg(ctypes.Structure):
    """The beginning of Windows' MSG, which is all that is read."""

    _fields_ = (("hwnd", c_void_p), ("message", c_uint32), ("wParam", c_size_t), ("lParam", c_ssize_t))


class Messages(QAbstractNativeEventFilter):
    """Calls `lock` at a message that says so, and lets every message pass."""

    def __init__(self, lock: Callable[[], object]) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """`message` is the address of a MSG."""
        if QByteArray(kind).startsWith(b"windows"):
            told = Msg.from_address(int(message))
            if (told.message, told.wParam) in (
                (POWER, SUSPENDS),
                (POWER, RESUMES),
                (SESSION, LOCKS),
                (SESSION, LOGS_OFF),
            ):
                self._lock()
        return False, 0


def follow(lock: Callable[[], object], window: int) -> Callable[[], None]:
    """Asks Windows to tell this window of the session; returns what ends it. Power messages come unasked."""
    messages = Messages(lock)
    app = QCoreApplication.instance()
    assert app is not None
    app.installNativeEventFilter(messages)
    asked = sys.platform == "win32" and ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)

    def end() -> None:
        if sys.platform == "win32" and asked:
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(window)
        app.removeNativeEventFilter(messages)

    return end
