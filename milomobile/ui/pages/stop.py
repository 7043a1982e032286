"""Starting a stop, and closing it."""

from PySide6.QtWidgets import QWidget

from milomobile.domain.outings import Stop
from milomobile.domain.texts import plain
from milomobile.errors import Trouble
from milomobile.ui.parts.boxes import button, label
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.fields import Choices, Field
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import count
from milomobile.ui.verbs import Verbs


class StopSheet(Sheet):
    """Where, in what setting, with whom."""

    def __init__(self, verbs: Verbs, parent: QWidget | None) -> None:
        super().__init__("Démarrer un arrêt", parent, 640)
        self._verbs = verbs
        self._places = {plain(place.name): place for place in verbs.places()}
        self.place = Field("Lieu", "Marché de Borny", required=True)
        self.place.complete([place.name for place in self._places.values()])
        self.place.left.connect(self._known)
        self.setting = Codes("Cadre", list(verbs.lists["cadre_contact"].items()))
        self.setting.choose("ARRET_MILO_MOBILE")
        seen = {commune.code: commune.name for commune in verbs.communes}
        self.commune = Codes("Commune", list(seen.items()))
        self.district = Codes("QPV", [(one.code, one.name) for one in verbs.districts], "Aucun")
        self.partners = Choices("Partenaires présents", [(name, name) for name in verbs.partners()], 2, several=True)
        for part in (self.place, self.setting, self.commune, self.district, self.partners):
            self.body.addWidget(part)
        self.foot.addWidget(button("Annuler", self.reject))
        self.foot.addWidget(button("Démarrer l’arrêt", self._start, "primary"))
        self.place.edit.setFocus()

    def _known(self) -> None:
        place = self._places.get(plain(self.place.text()))
        if place:
            self.setting.choose(place.setting)
            self.commune.choose(place.commune)
            self.district.choose(place.qpv)

    def _start(self) -> None:
        setting = self.setting.value()
        self.setting.say("" if setting else "Choisissez un cadre de la liste.")
        wrong = self.commune.text() and not self.commune.value()
        self.commune.say("Choisissez une commune de la liste." if wrong else "")
        if not setting or wrong:
            return
        try:
            partners = tuple(self.partners.values())
            self._verbs.open_stop(self.place.text(), setting, self.commune.value(), self.district.value(), partners)
        except Trouble as trouble:
            self.place.say(trouble.sentence)
            return
        self.accept()


class CloseSheet(Sheet):
    """Asks before a stop is closed, with what it counted."""

    def __init__(self, stop: Stop, parent: QWidget | None) -> None:
        super().__init__(f"Clore l’arrêt {stop.place.name}\u00a0?", parent)
        counts = f"{count(stop.encounters, 'rencontre')}, {count(stop.registrations, 'inscription')}"
        self.body.addWidget(label(counts, "second"))
        self.foot.addWidget(button("Continuer", self.reject))
        closing = button("Clore l’arrêt", self.accept, "primary")
        self.foot.addWidget(closing)
        closing.setFocus()
