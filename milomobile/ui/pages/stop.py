"""A stop's sheet: started, planned for later, corrected with its true times."""

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtWidgets import QPushButton, QWidget

from milomobile.domain import hours
from milomobile.domain.dates import LOCAL, french_date, french_time, read_date
from milomobile.domain.outings import Halt, Place, Planned, Stop
from milomobile.domain.texts import plain
from milomobile.errors import NotReady, Trouble
from milomobile.ui.day.aboard import Aboard
from milomobile.ui.day.stop_fields import Unread, read_hour, remark_field
from milomobile.ui.parts.boxes import button, column, holder, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.communes import CommuneField
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.fold import Fold
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.verbs import Verbs

_NOWHERE = "Choisissez une réponse de la liste."


class StopSheet(Sheet):
    """Where, in what setting, when, with whom. Each button does its act; what is wrong stands beside its field.

    Empty it starts a stop of `day` (today); a `stop` is corrected, a `planned` one changed. `planning` asks for a day.
    `begun` are the id and the place's name of the stop that it started, `going` is the one open before.
    """

    nameless = True

    def __init__(
        self,
        verbs: Verbs,
        parent: QWidget | None,
        *,
        day: date | None = None,
        stop: Stop | None = None,
        planned: Planned | None = None,
        planning: bool = False,
    ) -> None:
        title = (
            f"Corriger l’arrêt {stop.place.name}" if stop else "Un arrêt à venir" if planned else "Démarrer un arrêt"
        )
        super().__init__(title, parent, 640)
        self._verbs, self._stop, self._planned = verbs, stop, planned
        self._now = verbs.now()
        today = verbs.day()
        self._today, self.going = today.day, today.open_stop
        self.begun: tuple[str, str] | None = None
        self._day = stop.opened_at.astimezone(LOCAL).date() if stop else planned.day if planned else day or today.day
        team = stop.team if stop else next((one.team for one in today.stops), ())
        self._make_where()
        self._make_hours()
        present = stop.partners if stop else planned.partners if planned else ()
        listed = dict.fromkeys((*verbs.partners(), *present))
        self.partners = Choices("Partenaires présents", [(name, name) for name in listed], 2, several=True)
        self.partners.choose(list(present))
        self.team = Aboard(verbs.advisers(), team or (verbs.adviser,))
        self.remark = remark_field(stop.remark if stop else None)
        self._remark = Fold("Remarque, autre personne à bord", column(self.remark, self.team.others, spacing=12))
        if stop and stop.remark:
            self._remark.open(True)
        self._make_buttons()
        for part in (self._where, self.day, self._hours, self.team, self.partners, self._remark, self._said):
            self.body.addWidget(part)
        self._ask_day(planning or planned is not None)
        (self.opened if stop else self.place).edit.setFocus()

    def _make_where(self) -> None:
        places = self._verbs.places()
        self._places = {plain(place.name): place for place in places}
        self.place = Field("Lieu", "Marché de Borny", required=True)
        self.place.complete([place.name for place in places])
        self.place.left.connect(self._known)
        self.setting = Codes("Cadre", list(self._verbs.lists["cadre_contact"].items()))
        self.setting.choose("ARRET_MILO_MOBILE")
        self.commune = CommuneField("Commune", self._verbs.commune_index)
        self.district = Codes("QPV", [(one.code, one.name) for one in self._verbs.districts], "Aucun")
        lines = (row(self.place, self.setting, spacing=16), row(self.commune, self.district, spacing=16))
        for line in lines:
            for place in range(2):
                line.setStretch(place, 1)
        self._where = holder(column(*lines, spacing=12))
        kept = self._stop or self._planned
        if kept:
            self.place.edit.setText(kept.place.name)
            self._known()

    def _make_hours(self) -> None:
        self.day = Field("Jour", "JJ/MM/AAAA")
        self.day.edit.setText(french_date(self._day))
        self.opened = Field("De", "14 h 05")
        self.closed = Field("À", "17 h, ou vide tant qu’il est ouvert")
        stop, planned = self._stop, self._planned
        known: tuple[datetime | None, ...]
        if stop:
            known = (stop.opened_at, stop.closed_at)
        elif planned:
            known = tuple(hours.moment(planned.day, at) if at else None for at in (planned.starts, planned.ends))
        else:
            known = (self._now if self._day == self._today else None, None)
        self._shown = [french_time(at) if at else "" for at in known]
        for field, text in zip((self.opened, self.closed), self._shown, strict=True):
            field.edit.setText(text)
        self._hours = holder(row(self.opened, self.closed, spacing=16))
        self._said = label("", wrap=True)
        self._said.setProperty("tone", "err")
        self._said.hide()

    def _make_buttons(self) -> None:
        self.foot.addWidget(button("Annuler", self.reject))
        self.later: QPushButton = button("Prévoir pour plus tard", self._later, "secondary")
        doing = "Enregistrer" if self._stop else "Démarrer l’arrêt" if self._day == self._today else "Ajouter l’arrêt"
        self.go: QPushButton = button(doing, self._keep, "primary")
        self.later.setVisible(self._stop is None and self._planned is None)
        for made in (self.later, self.go):
            self.foot.addWidget(made)

    def _ask_day(self, planning: bool) -> None:
        """Asks for the day of a stop to come, and no longer for what is known once it took place."""
        self._planning = planning
        self.day.setVisible(planning)
        for part in (self.team, self._remark):
            part.setVisible(not planning)
        if planning:
            self.title.setText("Un arrêt à venir")
            self.closed.edit.setPlaceholderText("17 h")
            self.later.hide()
            self.go.setText("Prévoir l’arrêt")
            if not self._planned and self.opened.text() == self._shown[0]:
                self.opened.edit.clear()

    def _later(self) -> None:
        self._ask_day(True)
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    def _known(self) -> None:
        place = self._places.get(plain(self.place.text()))
        if place:
            self.setting.choose(place.setting)
            self.commune.choose(place.commune)
            self.district.choose(place.qpv)

    def _keep(self) -> None:
        for field in (self.place, self.setting, self.commune, self.district, self.day, self.opened, self.closed):
            field.say("")
        self._said.hide()
        for codes in (self.setting, self.commune, self.district):
            if codes.value() is None and (codes.text() or codes is self.setting):
                codes.say(_NOWHERE)
                codes.edit.setFocus()
                return
        try:
            self._plan() if self._planning else self._correct() if self._stop else self._open()
        except NotReady as wrong:
            self._say(wrong)
        except Trouble as trouble:
            self._say_below(trouble.sentence)
        except Unread as unread:
            unread.field.say(str(unread))
            unread.field.edit.setFocus()
        else:
            self.accept()

    def _say(self, wrong: NotReady) -> None:
        fields = {"place": self.place, "opened_at": self.opened, "closed_at": self.closed, "day": self.day}
        problem = wrong.problems[0] if wrong.problems else None
        field = fields.get(problem.field) if problem else None
        if field:
            field.say(wrong.sentence)
            field.edit.setFocus()
        else:
            self._say_below(wrong.sentence)

    def _say_below(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.show()

    def _open(self) -> None:
        place = self._place()
        where = (place.name, place.setting, place.commune, place.qpv)
        self.begun = (self._verbs.open_stop(*where, self._halt(Halt())), place.name)

    def _correct(self) -> None:
        assert self._stop
        place = replace(self._place(), id=self._stop.place.id)
        halt = replace(self._stop.halt, place=None if place == self._stop.place else place)
        self._verbs.correct_stop(self._stop.id, self._halt(halt))

    def _place(self) -> Place:
        where = (self.setting.value() or "", self.commune.value(), self.district.value())
        return Place("", self.place.text(), *where)

    def _halt(self, kept: Halt) -> Halt:
        """What stands in the sheet; an hour that was not touched stays exact."""
        team, partners = self.team.names(), tuple(self.partners.values())
        halt = replace(kept, team=team, partners=partners, remark=self.remark.text() or None)
        if self.opened.text() != self._shown[0] or not self.opened.text():
            halt = replace(halt, opened_at=self._began())
        opened = halt.opened_at or self._now
        if self.closed.text() != self._shown[1]:
            ends = read_hour(self.closed)
            halt = replace(halt, closed_at=hours.ending(opened, ends) if ends else None)
        return halt

    def _began(self) -> datetime | None:
        at = read_hour(self.opened)
        if at is None:
            if self._day != self._today:
                raise Unread(self.opened, "Écrivez l’heure de début, par exemple 14 h 30.")
            return None
        if self._stop is None and self._day == self._today:
            return hours.beginning(at, self._now)
        return hours.moment(self._day, at)

    def _plan(self) -> None:
        try:
            day = read_date(self.day.text(), self._today)
        except ValueError as wrong:
            raise Unread(self.day, str(wrong)) from None
        id, partners = self._planned.id if self._planned else "", tuple(self.partners.values())
        self._verbs.plan_stop(Planned(id, day, self._place(), read_hour(self.opened), read_hour(self.closed), partners))
