"""What the form asks of where somebody lives: which QPV, abroad or without an address, and whose territory it is."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from milomobile.domain.choices import District
from milomobile.domain.form import ABROAD
from milomobile.ui.form.form import Form
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.checks import Check
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.parts.communes import CommuneField
from milomobile.ui.parts.fields import Field
from milomobile.ui.verbs import Verbs

_TAKES_OVER = "Hors du Pays Messin\u00a0: la {name} pourra prendre le relais."
_NOBODY_KNOWN = "Hors du Pays Messin\u00a0: choisissez plus bas la Mission Locale qui pourra prendre le relais."
_NOTHING: tuple[str, str | None] = ("", None)
_SAID = "said otherwise"
_PROPOSED = "Cette adresse est sans doute dans le quartier {name} (QPV)."


class Home:
    """`after` are the parts it has in the form, by the question under which they stand.

    `follow` is called at each answer; it changes only what nobody answered otherwise.
    """

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs
        self.outside, self.offer = _Info(), _Offer(self._yes, self._no)
        self.after: dict[str, QWidget] = {"person.qpv": self.outside, "person.address": self.offer}

    def join(self, form: Form) -> None:
        """The form whose fields were made since."""
        self._form = form
        fields = form.fields
        commune, qpv, status = (fields[f"person.{name}"] for name in ("commune", "qpv", "qpv_status"))
        address, postal, structure = (fields[n] for n in ("person.address", "person.postal_code", "structure"))
        abroad, no_address = fields[ABROAD], fields["person.no_address"]
        assert isinstance(commune, CommuneField) and isinstance(qpv, Codes) and isinstance(status, Choices)
        assert isinstance(address, Field) and isinstance(postal, Field) and isinstance(structure, Codes)
        assert isinstance(abroad, Check) and isinstance(no_address, Check)
        self._commune, self._qpv, self._status = commune, qpv, status
        self._address, self._postal, self._structure = address, postal, structure
        self._abroad, self._no_address = abroad, no_address
        status.changed.connect(self._status_said)
        self._list_missions()

    def begin(self) -> None:
        """The form was filled anew: what stands there now and is what would follow, goes on following."""
        self._list_missions()
        self._asked, self._answered, self._filled = _NOTHING, _NOTHING, _NOTHING
        self._proposed: District | None = None
        self._district = self._qpv.value()
        commune = self._lives_in()
        self._narrow(commune)
        status, structure = self._fit_of(commune)
        self._fitting = status if self._status.value() == status else _SAID
        self._fitting_structure = structure if self._structure.value() == structure else _SAID

    def _list_missions(self) -> None:
        self._territory = self._verbs.territory()
        chosen = self._structure.value()
        self._structure.offer([(one.code, one.name) for one in self._territory.missions])
        self._structure.choose(chosen)

    def _lives_in(self) -> str | None:
        return None if self._abroad.isChecked() else self._commune.value()

    def _fit_of(self, commune: str | None) -> tuple[str | None, str | None]:
        """What a QPV and a commune say by themselves of the QPV, and of who is competent."""
        none = commune is not None and commune in self._verbs.without_district()
        competent = self._territory.competent(commune) if self._territory.outside(commune) else None
        return "OUI" if self._qpv.value() else "NON" if none else None, competent.code if competent else None

    def follow(self) -> frozenset[str]:
        """Fits what depends on where somebody lives; the conditions of questions that hold."""
        self._take_postal_code()
        self._take_district()
        commune = self._lives_in()
        if commune != self._offered:
            self._leave_district(commune)
            self._narrow(commune)
        self._fit(commune)
        self._propose(commune)
        abroad = self._abroad.isChecked()
        self._ask_address(abroad)
        structure = self._structure.value()
        outside = self._territory.outside(commune, abroad, structure)
        self._say_outside(outside, structure)
        holding = {
            "outside": outside,
            "structure": outside or bool(structure),
            "abroad": abroad,
            "in_france": not abroad,
        }
        return frozenset(name for name, holds in holding.items() if holds)

    def _take_postal_code(self) -> None:
        """The postal code typed to find the commune, where none was; it goes with that commune."""
        typed, code = self._commune.take_postal_code(), self._commune.value()
        if typed and not self._postal.text():
            self._postal.edit.setText(typed)
            self._filled = (typed, code)
        elif self._filled[0] and code != self._filled[1]:
            if self._postal.text() == self._filled[0]:
                self._postal.edit.setText(typed)
            self._filled = (typed, code)

    def _take_district(self) -> None:
        """A QPV just chosen says yes, and where it lies if nobody did."""
        code = self._qpv.value()
        if code == self._district:
            return
        self._district = code
        found = next((one for one in self._verbs.districts if one.code == code), None)
        if found is None:
            return
        self._fitting = "OUI"
        self._status.choose(["OUI"])
        if not self._commune.text() and len(found.communes) == 1:
            self._commune.choose(found.communes[0])

    def _leave_district(self, commune: str | None) -> None:
        """A QPV that does not lie in the commune chosen since goes."""
        lies = next((one.communes for one in self._verbs.districts if one.code == self._district), None)
        if lies and commune is not None and commune not in lies:
            self._qpv.choose(None)
            self._district = None

    def _narrow(self, commune: str | None) -> None:
        """The QPV of the commune, or all where there is none."""
        self._offered = commune
        found = [one.code for one in self._verbs.districts if commune is None or commune in one.communes]
        self._qpv.narrow(found)
        self._qpv.setEnabled(bool(found or self._qpv.text()))
        none = (
            "Aucun dans cette commune" if commune in self._verbs.without_district() else "Pas dans la liste de ce poste"
        )
        self._qpv.edit.setPlaceholderText("Écrivez quelques lettres" if found else none)

    def _fit(self, commune: str | None) -> None:
        """Status and Mission Locale follow as long as nobody said otherwise."""
        status, structure = self._fit_of(commune)
        if self._status.value() == self._fitting:
            self._status.choose([status] if status else [])
            self._fitting = status
        typing = self._structure.text() and not self._structure.value()
        if self._structure.value() == self._fitting_structure and not typing:
            self._structure.choose(structure)
            self._fitting_structure = structure

    def _status_said(self) -> None:
        if self._status.value() == "NON":
            self._qpv.choose(None)
            self._district = None

    def _propose(self, commune: str | None) -> None:
        address = "" if self._no_address.isChecked() else self._address.text()
        if (address, commune) != self._asked:
            self._asked = (address, commune)
            self._proposed = self._verbs.propose_qpv(address, commune) if address and commune else None
        said = self._status.value() in ("OUI", "NON") or self._asked == self._answered
        self.offer.show_name(self._proposed.name if self._proposed and not said else "")

    def _yes(self) -> None:
        self._answer("OUI")

    def _no(self) -> None:
        self._answer("NON")

    def _answer(self, status: str) -> None:
        self._answered = self._asked
        self._fitting = status if status == "OUI" else _SAID
        self._qpv.choose(self._proposed.code if self._proposed and status == "OUI" else None)
        self._district = self._qpv.value()
        self._status.choose([status])
        self._form.changed.emit()
        self._form.advance("person.address")

    def _ask_address(self, abroad: bool) -> None:
        if self._no_address.isChecked():
            self._address.ask("Où joindre la personne\u00a0?", "Foyer, proche, accueil de jour…")
        else:
            self._address.ask("Adresse", "Rue, ville" if abroad else "12 rue du Lac")

    def _say_outside(self, outside: bool, structure: str | None) -> None:
        name = self._territory.name(structure)
        said = _TAKES_OVER.format(name=name) if name else _NOBODY_KNOWN
        self.outside.show_text(said if outside else "")


class _Info(QFrame):
    """A sentence that blocks nothing; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "info")
        self._text = label("", "second", wrap=True)
        layout = row(picture("flag"), self._text, spacing=12, margins=(16, 8, 16, 8))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_text(self, text: str) -> None:
        """Shows it, or goes where it is empty."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self._text.text()


class _Offer(QFrame):
    """« Cette adresse est sans doute dans le quartier Borny (QPV). » [Oui] [Non]"""

    def __init__(self, yes: Callable[[], None], no: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        self._text = label("", "strong", wrap=True)
        self.yes, self.no = button("Oui", yes), button("Non", no)
        words = column(self._text, row(self.yes, self.no, -1, spacing=10), spacing=10)
        layout = row(column(picture("map-pin"), -1), words, spacing=12, margins=(16, 10, 16, 10))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_name(self, name: str) -> None:
        """Asks about a district, or goes where it is empty."""
        text = _PROPOSED.format(name=name) if name else ""
        self._text.setText(text)
        self.yes.setAccessibleName(f"Oui, quartier {name}")
        self.no.setAccessibleName(f"Non, pas dans le quartier {name}")
        appears = bool(name) and self.isHidden()
        self.setVisible(bool(name))
        if appears:
            QTimer.singleShot(0, self, self._come_into_view)

    def _come_into_view(self) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                return above.ensureWidgetVisible(self, 0, 24)
            above = above.parentWidget()

    def text(self) -> str:
        """What it asks."""
        return self._text.text()
