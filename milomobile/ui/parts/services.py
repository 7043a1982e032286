"""The offline directory as a sheet: needs, a few words, the services that fit, nearest first; one is chosen for someone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QWidget

from milomobile.domain.dates import french_date
from milomobile.domain.phones import show_phone
from milomobile.domain.referrals import Offer, Wanted
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.parts import rows
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.rows import Line, Rows
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.spoken import count
from milomobile.ui.verbs import Verbs

_SHOWN = 200
"""So many rows at most: more are not looked through, they are searched."""
_NEAR = ("dans sa commune", "dans son intercommunalité", "dans son département", "")
_AGES = {"doubtful": ("À vérifier", "warn"), "stale": ("Ancien", "warn"), "fresh": ("", "neutral")}
_EMPTY = "L’annuaire de ce poste est vide. Importez celui du bureau dans Réglages."
_TOLD = "told"
"""Stands for all the needs that were told, where there are several."""
_NONE = "Aucun service ne correspond. Essayez un autre besoin, ou montrez les services anciens."


class ServicesSheet(Sheet):
    """`take` is called with the service chosen; a Trouble that it raises is said here. `commune` is theirs (INSEE), if
    known; what fits any of `needs` (categories of the directory) is shown first.
    """

    nameless = True

    def __init__(
        self,
        verbs: Verbs,
        take: Callable[[Offer], object],
        commune: str | None,
        needs: Sequence[str],
        parent: QWidget | None,
    ) -> None:
        super().__init__("Orienter vers un service", parent, 700)
        self._verbs, self._take, self._commune, self._needs = verbs, take, commune, tuple(needs)
        self._offers: list[Offer] = []
        self.need = QComboBox()
        self.need.setAccessibleName("Besoin")
        self.need.addItem("Tous les besoins", None)
        for code, text in verbs.lists["frein"].items():
            self.need.addItem(text, code)
        if len(self._needs) > 1:
            self.need.insertItem(0, f"Les {len(self._needs)} besoins cochés", _TOLD)
            self.need.setCurrentIndex(0)
        elif self._needs:
            self.need.setCurrentIndex(self.need.findData(self._needs[0]))
        self.words = Field("Mots", "Permis, logement, nom d’une structure")
        self.old = QCheckBox("Montrer aussi les services non mis à jour depuis deux ans")
        self.list = QListWidget()
        self.list.setAccessibleName("Services")
        look.sized(self.list, height=300)
        rows.dress(self.list, Rows(self.list, 62, 38, ruled=False))
        self._count = label("", "caption", wrap=True)
        self._said = column()
        need = column(label("Besoin", "label"), self.need, spacing=5)
        for part in (row(need, self.words, spacing=16), self.old, self._count, self.list, self._said):
            self.body.addWidget(part) if isinstance(part, QWidget) else self.body.addLayout(part)
        self.go = button("Orienter vers ce service", self.refer, "primary", "check")
        self.foot.addWidget(button("Fermer", self.reject))
        self.foot.addWidget(self.go)
        self._later = QTimer(self, interval=120, singleShot=True)
        self._later.timeout.connect(self.refresh)
        self.need.currentIndexChanged.connect(self.refresh)
        self.old.toggled.connect(self.refresh)
        self.words.changed.connect(self._later.start)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _: self.refer())
        self.words.edit.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Asks the directory again."""
        self._later.stop()
        need = self.need.currentData()
        needs = self._needs if need == _TOLD else (need,) if need else ()
        wanted = Wanted(needs, self.words.text(), self._commune, stale_too=self.old.isChecked())
        self._offers = list(self._verbs.services(wanted))
        self.list.clear()
        for offer in self._offers[:_SHOWN]:
            rows.add(self.list, _line(offer), offer.service.id)
        found = f"{count(len(self._offers), 'service')}, les plus proches d’abord"
        self._count.setText(found if self._offers else _NONE if self._verbs.count_services() else _EMPTY)
        self.go.setEnabled(False)

    def refer(self) -> None:
        """Hands out the service chosen."""
        if not 0 <= self.list.currentRow() < len(self._offers):
            return
        clear(self._said)
        try:
            self._take(self._offers[self.list.currentRow()])
        except Trouble as trouble:
            self._said.addWidget(banner(trouble.sentence, "err"))
            return
        self.accept()

    def _chosen(self, place: int) -> None:
        self.go.setEnabled(0 <= place < len(self._offers))


def _line(offer: Offer) -> Line:
    service, structure = offer.service, offer.structure
    pill, tone = _AGES[offer.age]
    phone = service.phone or structure.phone
    where = service.commune or structure.commune or ""
    second = " · ".join(word for word in (structure.name, where, _NEAR[offer.near]) if word)
    known = f"mis à jour le {french_date(service.updated)}"
    third = " · ".join(word for word in (show_phone(phone) if phone else "", known) if word)
    said = ", ".join(word for word in (service.name, second, third, pill) if word)
    return Line(service.name, said, second, third, picture="heart-handshake", pill=pill, tone=tone)
