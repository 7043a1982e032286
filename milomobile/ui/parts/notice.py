"""The notice as a person reads it: title, the essential with pictures, then the rest; it scrolls where it is long."""

from PySide6.QtWidgets import QLayout, QScroller, QWidget

from milomobile.domain.notice import NoticeText, Paragraph
from milomobile.ui.parts.boxes import column, holder, label, row, scrolled
from milomobile.ui.parts.discs import Disc


class NoticeColumn(QWidget):
    """Shows one language at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._intro = label("", "person_title", wrap=True), label("", "person", wrap=True)
        self._area = scrolled(QWidget())
        QScroller.grabGesture(self._area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        whole = column(self._title, self._intro, 10, self._area, spacing=6)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def show_text(self, text: NoticeText) -> None:
        """Puts a text in place of the one before, from its beginning."""
        self._title.setText(text.title)
        self._intro.setText(text.intro)
        paragraphs = map(_paragraph, text.paragraphs)
        self._area.setWidget(holder(column(*paragraphs, -1, spacing=18, margins=(0, 4, 0, 24))))


def _paragraph(paragraph: Paragraph) -> QLayout:
    head, text = label(paragraph.heading, "person_head", wrap=True), label(paragraph.text, "person", wrap=True)
    beside = column(Disc("", 52, picture=paragraph.icon), -1) if paragraph.icon else column(holder(row(52)), -1)
    line = row(beside, 18, column(head, text, spacing=2), 14, spacing=0)
    line.setStretch(2, 1)
    return line
