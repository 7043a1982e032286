"""The screen emptied at once when it locks: nothing of anybody is waited for, nor seen while something ends."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip

from milomobile.ui.parts.boxes import label

_ENDING = "Verrouillé. Ce qui est en cours se termine, sans rien perdre."


def blank(window: QMainWindow) -> None:
    """No sheet, no choice of a file, no tip, no page can be read any more; says so until another page is shown."""
    QToolTip.hideText()
    if popup := QApplication.activePopupWidget():
        popup.close()
    for sheet in QApplication.topLevelWidgets():
        if isinstance(sheet, QDialog):
            sheet.reject()
            sheet.deleteLater()
    page = window.centralWidget()
    if (before := getattr(page, "window_before", None)) is not None:
        window.setWindowState(before)
    if page:
        page.hide()
    ending = label(_ENDING, "second")
    ending.setParent(window)
    ending.setAlignment(Qt.AlignmentFlag.AlignCenter)
    ending.setGeometry(window.rect())
    ending.show()
    window.repaint()
    ending.deleteLater()
