"""The system says that this laptop goes to sleep or that its session is locked: the window locks too.

Linux: logind and the screen saver, over D-Bus. Windows: session and power messages. macOS: neither is heard; there the
wall clock of `ui/idle` locks after a sleep.
"""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

LOGIN = "org.freedesktop.login1"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
_ANYWHERE = ""


class Session(QObject):
    """`locked` each time; a bus that is not there says nothing."""

    locked = Signal()

    @Slot(bool)
    def slept(self, _begins: bool) -> None:
        """Before a sleep, and after one that came too fast."""
        self.locked.emit()

    @Slot()
    def lock_asked(self) -> None:
        """The session is to be locked."""
        self.locked.emit()

    @Slot(bool)
    def saved(self, begins: bool) -> None:
        """The screen saver came or went."""
        if begins:
            self.locked.emit()


def watch(session: Session, window: int) -> Callable[[], None]:
    """Has a session told; `window` is the native window's id. Returns what ends it."""
    if sys.platform == "win32":
        from milomobile.ui.session_windows import follow

        return follow(session.locked.emit, window)
    if sys.platform == "linux":
        return _over_dbus(session)
    return lambda: None


def _over_dbus(session: Session) -> Callable[[], None]:
    from PySide6.QtDBus import QDBusConnection

    # PySide's stubs ask for bytes where only the text of SLOT is taken.
    system: Any = QDBusConnection.systemBus()
    own: Any = QDBusConnection.sessionBus()
    told = [
        (system, f"{LOGIN}.Manager", "PrepareForSleep", SLOT("slept(bool)")),
        (system, f"{LOGIN}.Session", "Lock", SLOT("lock_asked()")),
        *((own, saver, "ActiveChanged", SLOT("saved(bool)")) for saver in _SAVERS),
    ]
    for bus, interface, signal, slot in told:
        bus.connect(_ANYWHERE, _ANYWHERE, interface, signal, session, slot)

    def end() -> None:
        for bus, interface, signal, slot in told:
            bus.disconnect(_ANYWHERE, _ANYWHERE, interface, signal, session, slot)

    return end
