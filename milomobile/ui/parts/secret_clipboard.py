"""Copying what is personal: marked as secret where the system allows, taken back after a minute, at the lock and at the end."""

import sys

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 60_000
_NO = bytes(4)
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_MARKS: dict[str, dict[str, bytes]] = {
    "linux": {"x-kde-passwordManagerHint": b"secret"},
    "win32": {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _NO,
        _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
        _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    },
    "darwin": {'application/x-qt-mac-uti;value="org.nspasteboard.ConcealedType"': b""},
}
"""What clipboard histories and cloud clipboards look at, by system."""
_copied = ""


def copy_secret(text: str) -> None:
    """Puts a text on the clipboard for a minute."""
    global _copied
    _copied = text
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(marked(text, sys.platform))
    QTimer.singleShot(KEPT_MS, clipboard, lambda: forget(text))


def marked(text: str, system: str) -> QMimeData:
    """A text, with the marks of a system."""
    data = QMimeData()
    data.setText(text)
    for name, value in _MARKS.get(system, {}).items():
        data.setData(name, value)
    return data


def forget(text: str | None = None) -> None:
    """Takes back what was copied, where the clipboard still holds it; with a text, where that was it."""
    global _copied
    if not _copied or text not in (None, _copied):
        return
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == _copied:
        clipboard.clear()
    _copied = ""
