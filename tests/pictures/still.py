"""A program that stands still to be photographed: its clock, its caret, its fonts; and the photograph itself."""

import os
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QAbstractAnimation, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from milomobile import app, handed
from milomobile.domain.dates import LOCAL
from milomobile.domain.display import Display
from milomobile.security import slots
from milomobile.ui import look, network
from milomobile.ui.desk import Desk
from milomobile.ui.window import Window

NOW = datetime(2026, 11, 24, 15, 41, tzinfo=LOCAL)
_PAGES = ("today", "people", "sync", "report", "settings", "registration")
_QUIET = 20
_MANY, _SAMPLED = 256, 5
"""Fewer colours than these are found among every so many pixels."""


def stand_still(shown: Display) -> None:
    """From here on this process has one moment, no keyring, no network, and no font but those it ships."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "fonts.conf")
    keyring.set_keyring(NoKeyring())
    handed.now = app.now = lambda: NOW
    network.connected = lambda: False
    slots.RECIPE = slots.Cost(1, 64, 1)
    application = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(application, QApplication)
    application.setCursorFlashTime(0)
    look.apply(application, shown)


def settle() -> None:
    """Until nothing is left to be worked out or painted."""
    quiet = 0
    while quiet < _QUIET:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        quiet = 0 if any(map(_busy, QApplication.topLevelWidgets())) else quiet + 1
        time.sleep(0.002)


def _busy(window: QWidget) -> bool:
    """Something in it fades, is counted or is still to be built."""
    if any(one.state() == QAbstractAnimation.State.Running for one in window.findChildren(QAbstractAnimation)):
        return True
    if not isinstance(window, Window):
        return False
    if window.tasks._jobs or window.tasks._later:
        return True
    desk = window.centralWidget()
    if not isinstance(desk, Desk) or not desk.isVisible():
        return False
    return not all(map(desk._made, _PAGES)) or desk.report._wanted is not None


def shot(shown: QWidget) -> QImage:
    """What it shows once it is still."""
    settle()
    return shown.grab().toImage()


def keep(image: QImage, file: Path, colours: int = _MANY) -> Path:
    """With its most frequent colours: a third of the bytes, and nobody sees it."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I")[:: _SAMPLED if colours < _MANY else 1])
    table = [colour | 0xFF000000 for colour, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:colours]]
    few = plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
    file.parent.mkdir(parents=True, exist_ok=True)
    few.save(str(file), "PNG", 0)
    return file
