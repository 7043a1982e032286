"""One person beside the list: what is known of them, and what can be done for them."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from milomobile.domain.people import Alike, Sheet
from milomobile.domain.referrals import Offer
from milomobile.errors import NoRoom, Trouble
from milomobile.ui import look
from milomobile.ui.news import News
from milomobile.ui.pages.compare import CompareSheet
from milomobile.ui.parts.boxes import NARROW, button, clear, column, holder, label, row
from milomobile.ui.parts.empty import empty
from milomobile.ui.parts.qr import show_code
from milomobile.ui.parts.secret_clipboard import copy_secret
from milomobile.ui.parts.services import ServicesSheet
from milomobile.ui.parts.sheet import Sheet as QuestionSheet
from milomobile.ui.parts.toast import toast
from milomobile.ui.person import doubles, own, person
from milomobile.ui.person.erase import EraseSheet
from milomobile.ui.person.export import ExportSheet
from milomobile.ui.verbs import Verbs

_OBJECTS = "Cette personne s’oppose à son suivi\u00a0?"
_OBJECTING = (
    "Ses accords seront retirés. Elle ne sera plus rappelée, et n’apparaîtra dans aucun fichier par son nom. Sa fiche reste "
    "gardée jusqu’à ce qu’elle demande à l’effacer."
)
_OBJECTED = "Opposition notée. Ses accords sont retirés."


_CHOOSE = "Sa fiche s’ouvre ici\u00a0: coordonnées, rencontres et suites."
_FIRST = "La première inscription apparaîtra ici, et dans la liste."


class PersonDetail(QWidget):
    """What `sheet` gives of one person; a sentence where nobody is chosen.

    `again_asked` carries a person's id, for one more encounter; `amend_asked` theirs and that of an encounter to correct;
    `register_asked` wants the first.
    """

    register_asked = Signal()

    again_asked = Signal(str)
    amend_asked = Signal(str, str)

    def __init__(self, verbs: Verbs, news: News) -> None:
        super().__init__()
        self._verbs, self._news = verbs, news
        self.person = self._noted = ""
        self._inside = column(spacing=14, margins=(24, 16, 28, 20))
        self.setLayout(self._inside)

    def ask(self, id: str | None) -> None:
        """Asks for one person and shows them, or why not; None: nobody is chosen."""
        try:
            self.show_sheet(self._verbs.sheet(id) if id else None)
            self._note()
        except Trouble as trouble:
            self.show_sheet(None)
            self._inside.addWidget(label(trouble.sentence, "second", wrap=True))

    def _note(self) -> None:
        """In the journal, once for each time that somebody is shown; a full disk does not hide a telephone number."""
        if not self.isVisible():
            return
        if self.person and self.person != self._noted:
            with suppress(NoRoom):
                self._verbs.law.seen(self.person)
        self._noted = self.person

    def hideEvent(self, event: QHideEvent) -> None:
        """Shown again, they are looked at again."""
        super().hideEvent(event)
        self._noted = ""

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Everything of one person; None: nobody is chosen."""
        clear(self._inside)
        self.person = sheet.id if sheet else ""
        if sheet is None:
            self._inside.addWidget(self._nobody(), 1)
            return
        now = self._verbs.now()
        again, change = partial(self.again_asked.emit, sheet.id), partial(self._amend, sheet.encounters[0].id)
        narrow = self.window().width() < look.px(NARROW)
        for part in person.head(sheet, now, again, change, narrow):
            self._inside.addLayout(part)
        history = person.history(sheet, now, self._amend)
        contacts = person.contacts(sheet, self._copy)
        meetings = [person.meeting(at, place) for at, place in sheet.appointments]
        mine = person.adviser_card(self._verbs.adviser, self._verbs.office, partial(show_code, self.window()))
        sent = person.referrals(self._verbs.referrals(sheet.id), partial(self._refer, sheet))
        same = doubles.card_of(sheet, self._verbs.doubles(sheet.id), self._compare, self._part)
        data = own.card_of(sheet, self._asked(sheet), {"Effacer la fiche…": partial(self._erase, sheet)})
        if narrow:
            self._inside.addLayout(column(contacts, *meetings, *same, history, sent, mine, data, spacing=14))
        else:
            aside = holder(column(*meetings, *same, sent, mine, data, -1, spacing=14))
            look.sized(aside, width=284)
            body = row(holder(column(contacts, history, -1, spacing=14)), aside, spacing=14)
            body.setStretch(0, 1)
            self._inside.addLayout(body)
        self._inside.addStretch(1)

    def _nobody(self) -> QWidget:
        """Nobody is chosen, or there is nobody yet: then how the first one comes."""
        if self._verbs.count_people():
            return empty("user-search", "Choisissez une personne", _CHOOSE)
        return empty(
            "users", "Aucune fiche pour l’instant", _FIRST, button("Nouvelle inscription", self.register_asked.emit)
        )

    def _asked(self, sheet: Sheet) -> own.Asked:
        law, id = self._verbs.law, sheet.id

        def export() -> None:
            made = ExportSheet(self._verbs, id, self.window())
            made.written.connect(partial(toast, self.window()))
            made.open()

        return own.Asked(
            export=export,
            withdraw=lambda name: self._do(partial(law.withdraw, id, name), "L’accord est retiré."),
            restrict=lambda limited: self._do(
                partial(law.restrict, id, limited), "Usage limité." if limited else "La limitation est levée."
            ),
            object_to=lambda: self._ask(
                _OBJECTS, _OBJECTING, "Noter son opposition", partial(self._do, partial(law.object_to, id), _OBJECTED)
            ),
        )

    def _ask(self, title: str, what: str, words: str, act: Callable[[], object]) -> None:
        """A question where what is done cannot be taken back; the safe button has the keyboard."""
        made = QuestionSheet(title, self.window())
        made.body.addWidget(label(what, "second", wrap=True))
        keep = button("Ne rien changer", made.reject)
        made.accepted.connect(act)
        made.foot.addWidget(keep)
        made.foot.addWidget(button(words, made.accept, "primary"))
        keep.setFocus()
        made.open()

    def _erase(self, sheet: Sheet) -> None:
        made = EraseSheet(self._verbs, sheet, self.window())
        made.erased.connect(self._told)
        made.open()

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except Trouble as trouble:
            said = trouble.sentence
        self._told(said)

    def _amend(self, encounter: str) -> None:
        self.amend_asked.emit(self.person, encounter)

    def _compare(self, other: Alike) -> None:
        made = CompareSheet(self._verbs, self._verbs.known(self.person), other, self.window())
        made.told.connect(self._told)
        made.open()

    def _part(self, id: str) -> None:
        self._do(partial(self._verbs.part, id), "Les deux fiches sont de nouveau séparées.")

    def _told(self, said: str) -> None:
        toast(self.window(), said)
        for told in (self._news.people, self._news.outing, self._news.outbox):
            told.emit()

    def _refer(self, sheet: Sheet) -> None:
        def take(offer: Offer) -> None:
            self._verbs.refer(sheet.id, offer.service.id)
            where = "" if self._verbs.preferences().discreet else f"\u00a0: {offer.service.name}"
            toast(self.window(), f"Orientation notée{where}.")
            self._news.outbox.emit()

        ServicesSheet(self._verbs, take, sheet.person.commune, (), self.window()).open()

    def _copy(self, phone: str) -> None:
        copy_secret(phone)
        toast(self.window(), "Numéro copié, pour une minute.")
