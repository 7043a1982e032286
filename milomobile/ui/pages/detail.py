"""One person beside the list: what is known of them, and what can be done for them."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QWidget

from milomobile.domain.people import Sheet
from milomobile.errors import Trouble
from milomobile.ui.news import News
from milomobile.ui.pages.services import open_services
from milomobile.ui.parts import person
from milomobile.ui.parts.boxes import NARROW, clear, column, holder, label, row
from milomobile.ui.parts.qr import show_code
from milomobile.ui.parts.toast import toast
from milomobile.ui.verbs import Verbs


class PersonDetail(QWidget):
    """What `sheet` gives of one person; a sentence where nobody is chosen."""

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self._inside = column(spacing=14, margins=(24, 16, 28, 20))
        self.setLayout(self._inside)

    def ask(self, id: str | None) -> None:
        """Asks for one person and shows them, or why not; None: nobody is chosen."""
        try:
            self.show_sheet(self._verbs.sheet(id) if id else None)
        except Trouble as trouble:
            self.show_sheet(None)
            self._inside.addWidget(label(trouble.sentence, "second", wrap=True))

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Everything of one person; None: nobody is chosen."""
        clear(self._inside)
        if sheet is None:
            said = label("Choisissez une personne dans la liste.", "second")
            self._inside.addStretch(1)
            self._inside.addWidget(said, 0, Qt.AlignmentFlag.AlignHCenter)
            self._inside.addStretch(1)
            return
        now = self._verbs.now()
        for part in person.head(sheet, now):
            self._inside.addLayout(part)
        main = column(person.contacts(sheet, self._copy), person.history(sheet, now), -1, spacing=14)
        body = row(holder(main), spacing=14)
        body.setStretch(0, 1)
        meetings = [person.meeting(at, place) for at, place in sheet.appointments]
        mine = person.adviser_card(self._verbs.adviser, self._verbs.office, partial(show_code, self.window()))
        sent = person.referrals(self._verbs.referrals(sheet.id), partial(self._refer, sheet))
        aside = holder(column(*meetings, sent, mine, -1, spacing=14))
        narrow = self.window().width() < NARROW
        body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        if not narrow:
            aside.setFixedWidth(284)
        body.insertWidget(0 if narrow else 1, aside)
        self._inside.addLayout(body)
        self._inside.addStretch(1)

    def _refer(self, sheet: Sheet) -> None:
        open_services(self._verbs, sheet.id, sheet.person.commune, self.window(), self._referred)

    def _referred(self, name: str) -> None:
        toast(self.window(), f"Orientation notée : {name}.")
        self._news.outbox.emit()

    def _copy(self, phone: str) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(phone)
        QTimer.singleShot(60_000, self, lambda: clipboard.clear() if clipboard.text() == phone else None)
