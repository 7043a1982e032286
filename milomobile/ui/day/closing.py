"""A stop is closed, with what it counted; one left open is asked when it ended."""

from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from milomobile.domain import hours
from milomobile.domain.dates import LOCAL, french_time, long_date
from milomobile.domain.outings import Stop
from milomobile.errors import Trouble
from milomobile.ui.day.stop_fields import Unread, read_hour, remark_field
from milomobile.ui.parts.boxes import button, label
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import count
from milomobile.ui.verbs import Verbs


class CloseSheet(Sheet):
    """Asks before a stop is closed, with what it counted; one that was left open is asked when it ended."""

    nameless = True

    def __init__(self, verbs: Verbs, stop: Stop, parent: QWidget | None) -> None:
        self._verbs, self._stop, self._now = verbs, stop, verbs.now()
        forgotten = hours.left_open(stop.opened_at, self._now)
        super().__init__(left_open_sentence(stop) if forgotten else f"Clore l’arrêt {stop.place.name}\u00a0?", parent)
        counts = f"{count(stop.encounters, 'rencontre')}, {count(stop.registrations, 'inscription')}"
        self.body.addWidget(label(counts, "second"))
        drafts = len(verbs.drafts())
        if drafts and not forgotten:
            left = "brouillon reste" if drafts == 1 else "brouillons restent"
            self.body.addWidget(label(f"{drafts} {left} à terminer. Cela peut attendre.", "second"))
        self.closed = Field("Heure de fin", "17 h")
        self._shown = "" if forgotten else french_time(self._now)
        self.closed.edit.setText(self._shown)
        if forgotten:
            self.closed.fact(long_date(stop.opened_at.astimezone(LOCAL).date()))
        self.remark = remark_field(stop.remark)
        self.body.addWidget(self.closed)
        self.body.addWidget(self.remark)
        self.foot.addWidget(button("Plus tard" if forgotten else "Continuer", self.reject))
        self.go: QPushButton = button("Clore l’arrêt", self._close, "primary")
        self.go.setDefault(True)
        self.foot.addWidget(self.go)
        (self.closed.edit if forgotten else self.go).setFocus()

    def _close(self) -> None:
        try:
            at = read_hour(self.closed)
            if at is None:
                raise Unread(self.closed, "Écrivez l’heure de fin, par exemple 17 h.")
            closed = self._now if self.closed.text() == self._shown else hours.ending(self._stop.opened_at, at)
            halt = replace(self._stop.halt, closed_at=closed, remark=self.remark.text() or None)
            self._verbs.correct_stop(self._stop.id, halt)
        except (Trouble, Unread) as wrong:
            self.closed.say(str(wrong))
            self.closed.edit.setFocus()
        else:
            self.accept()


def left_open_sentence(stop: Stop) -> str:
    """« L’arrêt X est resté ouvert depuis mardi 14 h 05. À quelle heure a-t-il fini ? »"""
    since = hours.since(stop.opened_at)
    return f"L’arrêt {stop.place.name} est resté ouvert depuis {since}. À quelle heure a-t-il fini\u00a0?"
