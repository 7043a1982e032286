"""Contact anonyme in three clicks, and a counted group in the same sheet."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from milomobile.domain.encounters import Anonymous, Group, Registration
from milomobile.domain.texts import digits_from_azerty
from milomobile.errors import Trouble
from milomobile.ui.form.where import Spot
from milomobile.ui.news import News
from milomobile.ui.parts.boxes import button, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.counters import Counter
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.verbs import Verbs

_BANDS = (
    ("16-17", "16–17 ans"),
    ("18-21", "18–21 ans"),
    ("22-25", "22–25 ans"),
    ("26-29", "26–29 ans"),
    ("MOINS_16", "Moins de 16 ans"),
    ("30_PLUS", "30 ans et plus"),
)
_SEXES = (("F", "Femme"), ("M", "Homme"), ("NSP", "Non précisé"))
_SHORT = {"PROJET_PROFESSIONNEL": "Projet pro", "CULTURE_SPORT_LOISIRS": "Loisirs, sport", "NON_SNP": "Autre"}


class AnonymousSheet(Sheet):
    """Age and sex, then the need: saved at the second choice; `counted` says so in words, and which encounter it is.

    Away from a stop, place and setting are asked; at one, they can be. `seen` are age band and sex where they are known.
    """

    guide = "anonyme"
    nameless = True

    counted = Signal(str, str)

    def __init__(self, verbs: Verbs, news: News, parent: QWidget | None, seen: tuple[str, str] | None = None) -> None:
        super().__init__("Contact anonyme", parent, 700)
        self.body.setSpacing(9)
        self._verbs, self._news = verbs, news
        self._stop = verbs.day().open_stop
        self.body.addWidget(label("Aucun nom, aucune coordonnée. Enregistré dès le deuxième choix.", "second"))
        self.spot = Spot(verbs.lists)
        self.spot.begin(verbs.places())
        self.spot.setVisible(self._stop is None)
        self.elsewhere = button("Autre lieu que l’arrêt", self._leave_stop, "link")
        self.elsewhere.setVisible(self._stop is not None)
        self.body.addLayout(row(self.elsewhere, -1))
        self.body.addWidget(self.spot)
        self._cells: dict[tuple[str, str], QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for line, (band, words) in enumerate(_BANDS):
            grid.addWidget(label(words, "label"), line, 0)
            for place, (sex, word) in enumerate(_SEXES, 1):
                cell = QPushButton(word)
                cell.setCheckable(True)
                cell.setAutoExclusive(True)
                cell.setProperty("kind", "cell")
                cell.setAccessibleName(f"{words}, {word}")
                self._cells[(band, sex)] = cell
                grid.addWidget(cell, line, place)
        self.body.addWidget(label("Âge et sexe, à vue ou déclarés", "label"))
        self.body.addLayout(grid)
        needs = [(code, _SHORT.get(code, text)) for code, text in verbs.lists["demande_exprimee"].items()]
        self.needs = Choices("Besoin principal", needs, 4)
        self.needs.changed.connect(self._save)
        self.body.addWidget(self.needs)
        self._women, self._men, self._others = (Counter(name) for name in ("femmes", "hommes", "non précisé"))
        counters = row(self._women, self._men, self._others, spacing=14)
        keep = button("Garder", self.save_group, "tonal")
        keep.setAccessibleName("Garder le groupe")
        self.body.addWidget(label("Un groupe\u00a0? Combien de personnes", "label"))
        self.body.addLayout(row(counters, -1, keep, spacing=14))
        self._wrong = label("", wrap=True)
        self._wrong.setProperty("tone", "err")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        if seen:
            self._cells[seen].setChecked(True)
        first = self.needs.first() if seen else self._cells[("18-21", "F")]
        self.spot.left.connect(first.setFocus)
        (first if self._stop else self.spot.place.edit).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the need, also from the age."""
        if not (digits_from_azerty(event.text()).isdigit() and self.needs.key(event)):
            super().keyPressEvent(event)

    def _leave_stop(self) -> None:
        self._stop = None
        self.elsewhere.hide()
        self.spot.show()
        self.spot.place.edit.setFocus()

    def _where(self) -> tuple[str, str]:
        if self._stop:
            return self._stop.place.name, self._stop.place.setting
        return self.spot.answers()

    def _save(self) -> None:
        chosen = next((cell for cell, made in self._cells.items() if made.isChecked()), None)
        if chosen is None:
            self._say("Choisissez d’abord l’âge et le sexe.")
            self.needs.choose([])
            return
        place, setting = self._where()
        needs = tuple(self.needs.values())
        contact = Anonymous(self._verbs.now(), place, setting, chosen[0], chosen[1], needs)
        self._keep(contact, "Contact anonyme enregistré.")

    def save_group(self) -> None:
        """Keeps the three counts as one encounter."""
        place, setting = self._where()
        counts = (self._women.value(), self._men.value(), self._others.value())
        people = sum(counts)
        group = Group(self._verbs.now(), place, setting, *counts)
        self._keep(group, f"Groupe de {people} personne{'s' * (people > 1)} enregistré.")

    def _keep(self, record: Registration, said: str) -> None:
        try:
            made = self._verbs.register(record)
        except Trouble as trouble:
            self._say(trouble.sentence)
            self.needs.choose([])
            return
        self.counted.emit(said, made)
        self._news.outing.emit()
        self._news.outbox.emit()
        self.accept()

    def _say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.show()
