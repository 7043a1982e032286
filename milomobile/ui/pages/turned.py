"""Écran tourné (F7): what somebody reads, chooses and signs; nothing else can be reached from here."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from milomobile.domain.notice import UNSIGNED, Chosen, NoticeText
from milomobile.ui import look
from milomobile.ui.form.hints import keycap
from milomobile.ui.icons import picture
from milomobile.ui.look import SCRIPTS, load_scripts
from milomobile.ui.parts.agreement import Agreement
from milomobile.ui.parts.boxes import button, card, column, holder, label, row, scrolled
from milomobile.ui.parts.notice import NoticeColumn
from milomobile.ui.parts.pad import Pad
from milomobile.ui.parts.said import Said

WAYS = ("sms", "call", "email")
_EDGES, _LEAST = 132, 440
"""Pixels around and between the two columns, and the least that the right one has."""


class TurnedPage(QWidget):
    """`back` carries a Chosen, or None where the person did not say that they had finished.

    `given` are the agreements that stand already, by way; `partner` is whom the person may let call them.
    """

    back = Signal(object)

    def __init__(
        self, notices: Sequence[NoticeText], office: str, given: Mapping[str, bool], partner: str = ""
    ) -> None:
        super().__init__()
        load_scripts()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"QWidget {{ font-family: {SCRIPTS}; }}")
        self._notices = {text.language: text for text in notices}
        self._partner = partner
        self.window_before: Qt.WindowState | None = None
        """What the window was before it was turned, for a lock."""
        self.language = notices[0].language
        self._chosen: Chosen | None = None
        self.languages = {text.language: self._language_button(text) for text in notices}
        self.notice = NoticeColumn()
        self.agreements = {way: Agreement(given.get(way, False)) for way in (*WAYS, *(["partner"] if partner else []))}
        self._choose, self._free = label("", "person_head"), label("", "second", wrap=True)
        self._signature, self._optional = label("", "strong"), label("", "caption", wrap=True)
        self.again = button("", self._again, "link")
        self.pad = Pad()
        self.pad.changed.connect(self._drawn)
        self._said = Said()
        self.unsigned = {why: self._why_button(why) for why in UNSIGNED}
        self._unsigned = label("", "caption", wrap=True)
        self.done = button("", self._finish, "hero", "check")
        self._review = label("", "caption")
        self._back_words = label("", "caption")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._reading())
        self._pages.addWidget(self._thanking())
        foot = row(picture("bus", "primary", 22), label(office, "caption"), 20, self._review, -1, spacing=8)
        foot.addWidget(self._back_words)
        foot.addWidget(keycap("F7"))
        whole = column(self._pages, foot, spacing=12, margins=(44, 28, 44, 18))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        turn_back = QShortcut(QKeySequence(Qt.Key.Key_F7), self)
        turn_back.activated.connect(lambda: self.back.emit(self._chosen))
        self.show_language(self.language)
        look.measured(self, TurnedPage._fit)

    def _language_button(self, text: NoticeText) -> QPushButton:
        made = button(text.name, lambda: self.show_language(text.language), "segment")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        return made

    def _why_button(self, why: str) -> QPushButton:
        made = button("", lambda: self._cannot(why), "cell")
        made.setCheckable(True)
        return made

    def _reading(self) -> QWidget:
        box = QFrame()
        box.setProperty("segments", True)
        self._tongues = QGridLayout()
        self._tongues.setSpacing(2)
        self._tongues.setContentsMargins(3, 3, 3, 3)
        self._lay_tongues((len(self.languages) + 1) // 2)
        box.setLayout(self._tongues)
        group = QButtonGroup(self)
        for made in self.languages.values():
            group.addButton(made)
        head = row(self._signature, -1, self.again)
        tiles = column(*self.agreements.values(), spacing=8)
        self._whys = row(*self.unsigned.values(), spacing=8)
        inside = column(self._choose, self._free, 2, tiles, 4, head, self.pad, self._said, spacing=6)
        inside.setStretch(6, 1)
        for part in (self._unsigned, self._whys):
            inside.addWidget(part) if isinstance(part, QWidget) else inside.addLayout(part)
        inside.setContentsMargins(6, 0, 6, 6)
        self._card = card(
            scrolled(holder(inside)), row(self.done, margins=(6, 0, 6, 0)), spacing=10, margins=(20, 18, 20, 20)
        )
        whole = row(column(box, self.notice, spacing=14), 44, self._card, spacing=0)
        whole.setStretch(0, 1)
        return holder(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is read keeps half of the width, however large the text."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted, room = look.px(560), (self.width() - _EDGES) // 2
        down = wanted > room
        self._card.setFixedWidth(max(_LEAST, min(wanted, room)))
        self._whys.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        for made in self.languages.values():
            made.ensurePolished()
        names = [made.minimumSizeHint().width() for made in self.languages.values()]
        all_in_one = sum(names) + 2 * len(names) + 6 <= self.width() - _EDGES - self._card.width()
        self._lay_tongues(len(names) if all_in_one else (len(names) + 1) // 2)

    def _lay_tongues(self, across: int) -> None:
        for place, made in enumerate(self.languages.values()):
            self._tongues.addWidget(made, place // across, place % across)

    def _thanking(self) -> QWidget:
        self._thanks, self._give_back = label("", "person_title"), label("", "person_head", wrap=True)
        for part in (self._thanks, self._give_back):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return holder(column(-1, self._thanks, self._give_back, -1, spacing=14))

    def show_language(self, language: str) -> None:
        """The same page in another language; what was chosen and drawn stays."""
        self.language = language
        text = self._notices[language]
        words = text.words
        left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(right if text.right_to_left else left)
        self.languages[language].setChecked(True)
        self.notice.show_text(text)
        self._choose.setText(words["choose"])
        self._free.setText(words["free"])
        for way, made in self.agreements.items():
            more = words["partner_more"] if way == "partner" else ""
            made.say(words[way].format(partner=self._partner), more)
        self._signature.setText(words["signature"])
        self._unsigned.setText(f"{words['optional']} {words['unsigned_why']}")
        self.again.setText(words["again"])
        self.pad.setAccessibleName(words["signature"])
        for why, pressed in self.unsigned.items():
            pressed.setText(words[why])
            pressed.setAccessibleName(f"{words['unsigned']}\u00a0: {words[why]}")
        self.done.setText(words["done"])
        self._thanks.setText(words["thanks"])
        self._give_back.setText(words["give_back"])
        self._back_words.setText(words["back"])
        self._review.setText(f"{text.name}\u00a0: {text.review}" if text.review else "")
        self._said.say("", "err")

    def _drawn(self) -> None:
        self._said.say("", "err")
        for pressed in self.unsigned.values():
            pressed.setChecked(False)

    def _again(self) -> None:
        self.pad.clear()

    def _cannot(self, why: str) -> None:
        now = self.unsigned[why].isChecked()
        if now:
            self.pad.clear()
        self.unsigned[why].setChecked(now)

    def _finish(self) -> None:
        if not self.pad.is_empty() and not self.pad.is_signed():
            self._said.say(self._notices[self.language].words["empty"], "err")
            return
        text = self._notices[self.language]
        agrees = {way: made.isChecked() for way, made in self.agreements.items()}
        why = next((why for why, pressed in self.unsigned.items() if pressed.isChecked()), "")
        self._chosen = Chosen(text.version, text.language, agrees, self.pad.text(), why)
        self._pages.setCurrentIndex(1)


def turn(window: QMainWindow, page: TurnedPage) -> None:
    """Shows `page` alone, full screen, until F7: what the window showed is not in it meanwhile, so no key reaches it.

    Locking the window drops both.
    """
    desk, state = window.takeCentralWidget(), window.windowState()
    assert desk is not None
    desk.setParent(page)
    desk.hide()
    page.window_before = state
    window.setCentralWidget(page)
    window.showFullScreen()

    def back(_chosen: object) -> None:
        window.setWindowState(state)
        desk.setParent(None)
        window.setCentralWidget(desk)
        desk.show()

    page.back.connect(back)
    page.languages[page.language].setFocus()
