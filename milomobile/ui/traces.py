"""What the toolkit would write down by itself, it does not: folders visited, windows' places."""

import os

from PySide6.QtCore import QSettings


def leave_none() -> None:
    """The toolkit's settings lead nowhere: its file dialogs kept in them which folders were visited.

    Where the system's own dialogs are used (Windows, macOS), the system keeps what it keeps: names of files that we
    propose name nobody.
    """
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, os.devnull)
