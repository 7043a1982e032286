"""The form: opened from any page for any reason, and the way back from it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from milomobile.domain.dates import LOCAL, french_time
from milomobile.domain.outings import Draft
from milomobile.domain.pocket import event
from milomobile.domain.sending import Refused
from milomobile.errors import Trouble
from milomobile.ui.counting import count
from milomobile.ui.form.begun import to_amend, to_correct, to_name
from milomobile.ui.news import News
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.qr import show_code
from milomobile.ui.parts.spoken import next_day
from milomobile.ui.parts.toast import toast
from milomobile.ui.verbs import Verbs


class Writing(QObject):
    """`begins` when the form is to stand in front; `over` carries whose file one came from, or nothing.

    `form` is the page, made when it is first asked for.
    """

    begins = Signal()
    over = Signal(str)

    def __init__(self, verbs: Verbs, news: News, form: Callable[[], RegistrationPage], desk: QWidget) -> None:
        super().__init__(desk)
        self._verbs, self._news, self._page, self._desk = verbs, news, form, desk
        self._came_from = ""

    def open(self, draft: Draft | None) -> None:
        """An empty form, or a draft's answers."""
        self._came_from = ""
        self.begins.emit()
        self._page().open(draft and replace(draft, answers=self._verbs.draft_answers(draft.id) or draft.answers))

    def meet_again(self, person: str) -> None:
        """One more encounter with someone known; the keyboard stands at what they ask for."""
        self.open(None)
        self._came_from = person
        self._page().whose.resume(person)
        self._page().sections.focus_on("needs")

    def name_later(self, encounter: str) -> None:
        """An anonymous contact who now gives a name."""
        self._open_kept("", lambda: to_name(self._verbs, encounter))

    def amend(self, person: str, encounter: str) -> None:
        """What was kept of an encounter, to be corrected."""
        self._open_kept(person, lambda: to_amend(self._verbs, encounter))

    def correct(self, refused: Refused) -> None:
        """What the server refused; the keyboard stands at the answer that is wrong, the reason beside it."""
        if self._open_kept("", lambda: to_correct(self._verbs, refused.seq)):
            self._page().say_refused(refused.answer or "", refused.reason)

    def count_instead(self) -> None:
        """Somebody too young to be registered is counted, and what was typed goes."""
        sex = self._page().fields["person.sex"]
        seen = ("MOINS_16", (isinstance(sex, Choices) and sex.value()) or "NSP")
        if count(self._verbs, self._news, self._desk, seen):
            self._page().forget()
            self.over.emit(self._came_from)

    def saved(self, encounter: str) -> None:
        """Said in passing; an appointment is shown as a code to take along."""
        self.over.emit(self._came_from)
        toast(self._desk, "Fiche enregistrée.")
        self._offer_code(next((row.person for row in self._verbs.day().met if row.id == encounter), None))

    def left(self, said: str) -> None:
        """The form was set aside; `said` is told, where there is something to tell."""
        self.over.emit(self._came_from)
        if said:
            toast(self._desk, said)

    def _open_kept(self, person: str, kept: Callable[[], Draft]) -> bool:
        """Whether it is still there."""
        self.open(None)
        self._came_from = person
        try:
            self._page().open(kept())
        except Trouble as trouble:
            self.left(trouble.sentence)
            return False
        return True

    def _offer_code(self, person: str | None) -> None:
        meetings = self._verbs.sheet(person).appointments if person else ()
        if meetings:
            at, place = meetings[0]
            local = at.astimezone(LOCAL)
            show_code(self._desk.window(), f"{next_day(local.date())}, {french_time(local)}", event(at, place))
