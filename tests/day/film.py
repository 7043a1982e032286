"""A strip of pictures of a day at the window, in build/film: an artefact to look through, compared with nothing."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).parents[2]


class Film:
    """Numbered pictures in a folder that is emptied first."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        self.folder, self._taken = folder, 0

    def take(self, window: QWidget, name: str) -> None:
        """The window, with the sheet that lies over it."""
        QApplication.processEvents()
        picture = window.grab()
        sheet = QApplication.activeModalWidget()
        if sheet is not None and sheet is not window:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), "#66000000")
            at = sheet.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(at, sheet.grab())
            painter.end()
        self._taken += 1
        picture.save(str(self.folder / f"{self._taken:02} {name}.png"))
