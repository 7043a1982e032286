"""A page of the user guide as one reads it: its Markdown dressed, its pictures as wide as there is room."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from milomobile.domain.guide import Page, spots
from milomobile.paths import GUIDE

_LINE = 136
"""Height of a line, in hundredths of the font's."""
_ABOVE = {1: 0, 2: 22, 3: 14}
_EDGE = 12
_DRAWN = ".png"
_PICTURE = re.compile(r"!\[([^]]+)\]\(([^)]+)\)")


class GuidePage(QTextBrowser):
    """`asked` carries the name of the page that a link leads to, `larger_asked` a picture's file and its words.

    Read from `docs/guide` alone: nothing else is ever opened.
    """

    asked = Signal(str)
    larger_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Page, str] | None = None
        self.setAccessibleName("Page du guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_EDGE)
        self.anchorClicked.connect(self._followed)

    def show_page(self, page: Page, typed: str = "") -> None:
        """From its beginning; where words are looked for, from the first of them, and all of them marked."""
        self._shown = page, typed
        self.document().clear()
        self.setMarkdown(_PICTURE.sub(_larger, page.text))
        _dress(self.document())
        self.setDocumentTitle(page.title)
        self._mark(typed)

    def fit(self, width: int) -> None:
        """As wide as told, in pixels, and its pictures with it."""
        self.setFixedWidth(width)
        if self._shown:
            self.show_page(*self._shown)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the guide, no wider than the page."""
        file = GUIDE / (name if isinstance(name, str) else name.path())
        if kind != QTextDocument.ResourceType.ImageResource.value or not _inside(file):
            return None
        image, ratio = QImage(str(file)), self.devicePixelRatioF()
        room = round((self.width() - 2 * _EDGE - self.verticalScrollBar().sizeHint().width()) * ratio)
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap is the window's."""
        event.ignore() if event.key() == Qt.Key.Key_Escape else super().keyPressEvent(event)

    def _followed(self, url: QUrl) -> None:
        file = GUIDE / url.path()
        if url.path().endswith(_DRAWN) and _inside(file) and self._shown:
            words = {name: said for said, name in _PICTURE.findall(self._shown[0].text)}
            self.larger_asked.emit(str(file), words.get(url.path(), ""))
        else:
            self.asked.emit(url.fileName().removesuffix(".md"))

    def _mark(self, typed: str) -> None:
        shown, palette = [], self.palette()
        for place, length in spots(self.toPlainText(), typed):
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
            one = QTextEdit.ExtraSelection()
            one.cursor = cursor
            one.format.setBackground(palette.color(QPalette.ColorRole.Highlight))
            one.format.setForeground(palette.color(QPalette.ColorRole.HighlightedText))
            shown.append(one)
        self.setExtraSelections(shown)
        start = QTextCursor(self.document())
        if shown:
            start.setPosition(shown[0].cursor.selectionStart())
        self.setTextCursor(start)
        self.ensureCursorVisible()


def _larger(found: re.Match[str]) -> str:
    """A picture is pressed to see it larger; the line below says the same in words, for the keyboard and for who hears it."""
    words, file = found.groups()
    return f"[{found[0]}]({file})\n\n[Agrandir l’image\u00a0: {words}]({file})"


def _inside(file: Path) -> bool:
    return file.resolve().is_relative_to(GUIDE.resolve()) and file.is_file()


def _dress(document: QTextDocument) -> None:
    """Room between lines and above titles, cells with edges; Markdown alone has none."""
    block = document.begin()
    while block.isValid():
        level, cursor = block.blockFormat().headingLevel(), QTextCursor(block)
        looks = QTextBlockFormat()
        looks.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if level:
            looks.setTopMargin(_ABOVE.get(level, 0))
            looks.setBottomMargin(8)
        elif not block.textList() and cursor.currentTable() is None:
            looks.setTopMargin(4)
            looks.setBottomMargin(6)
        cursor.mergeBlockFormat(looks)
        if level:
            _each(cursor, lambda said, level=level: _title(said, level))  # type: ignore[misc]
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format()
            form.setCellPadding(7)
            form.setCellSpacing(0)
            form.setBorder(0)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(form)


def _each(cursor: QTextCursor, change: Callable[[QTextCharFormat], None]) -> None:
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    said = QTextCharFormat()
    change(said)
    cursor.mergeCharFormat(said)


def _title(said: QTextCharFormat, level: int) -> None:
    said.setFontWeight(QFont.Weight.DemiBold)
    said.setProperty(QTextFormat.Property.FontSizeAdjustment.value, {1: 2, 2: 1}.get(level, 0))
