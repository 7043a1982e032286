"""The sentence under a question: what is wrong, or worth a look, with its icon."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from milomobile.ui.icons import OF_TONE, picture
from milomobile.ui.look import restyle
from milomobile.ui.parts.boxes import column, label, row
from milomobile.ui.parts.spoken import announce


class Said(QWidget):
    """Hidden while it has nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = picture("alert-triangle", size=16)
        self._text = label("", wrap=True)
        self._text.setProperty("role", None)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = row(column(2, self._picture, -1), self._text, spacing=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def say(self, sentence: str, tone: str, heard: bool = True) -> None:
        """Shows a sentence in a tone (err, warn or ok), or goes where there is none; not `heard` where one says it for many."""
        other = sentence != self._text.text()
        self._text.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self._picture.show_other(OF_TONE[tone], tone)
            restyle(self._text, "tone", tone)
        if heard and other and sentence and self.isVisible():
            announce(self, sentence)
