"""In Réglages, Données et confidentialité: how long names stay, and what has to go now, counted before it goes."""

from functools import partial

from PySide6.QtWidgets import QFrame

from milomobile.domain.retention import Purged
from milomobile.errors import Trouble
from milomobile.ui.news import News
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.spoken import figure
from milomobile.ui.parts.told import Told
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_WHAT = (
    "Une semaine après qu’une sauvegarde du serveur tient une fiche, ce poste n’en garde que l’essentiel\u00a0: noms, "
    "naissance, téléphone, commune, dernière rencontre, suites à venir. Le nom part à la fin de la durée choisie. Les "
    "chiffres du bilan restent. Ce qui n’est pas envoyé n’est jamais touché."
)
_NAMES = [("6", "6 mois"), ("12", "12 mois"), ("18", "18 mois"), ("24", "24 mois")]
_LINES = [("6", "6 mois"), ("9", "9 mois"), ("12", "12 mois")]


class RetentionCard(QFrame):
    """Counts and erases on the worker thread; nothing goes before it was counted and asked for."""

    guide = "confidentialite"

    def __init__(self, verbs: Verbs, news: News, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._verbs, self._news, self._tasks = verbs, news, tasks
        self.names = Choices("Noms gardés après la dernière rencontre", _NAMES, 4, segmented=True)
        self.lines = Choices("Journal des consultations gardé", _LINES, 3, segmented=True)
        self.keep = button("Enregistrer les durées", self._keep, "secondary")
        self.look = button("Voir ce qui arrive à échéance", self.count, "secondary")
        self.go = button("Effacer maintenant", self.purge, "primary")
        self.go.hide()
        self._said = Told()
        head, what = label("Durées de conservation", "h2"), label(_WHAT, "second", wrap=True)
        acts = row(self.keep, self.look, -1, spacing=10)
        parts = (head, what, self.names, self.lines, acts, self._said, row(self.go, -1))
        self.setLayout(column(*parts, spacing=12, margins=(20, 16, 20, 18)))
        self.refresh()

    def refresh(self) -> None:
        """How long is chosen."""
        names, lines = self._verbs.law.durations()
        self.names.choose([str(names)])
        self.lines.choose([str(lines)])

    def _keep(self) -> None:
        try:
            self._verbs.law.keep_for(int(self.names.value() or 12), int(self.lines.value() or 12))
        except Trouble as trouble:
            self._said.say(trouble.sentence, "err")
        else:
            self.go.hide()
            self._said.say("Les durées sont enregistrées.", "ok")

    def count(self) -> None:
        """Says what would go."""
        self._tasks.run(self._verbs.law.preview, self._counted, self._failed)

    def _counted(self, seen: Purged) -> None:
        self.go.setVisible(seen.some)
        self._said.say(
            _to_come(seen) if seen.some else "Rien n’arrive à échéance sur ce poste.", "warn" if seen.some else "ok"
        )
        if left := _left(seen):
            self._said.addWidget(label(left, "second", wrap=True))

    def purge(self) -> None:
        """Erases what was counted."""
        self.look.setFocus()
        self.go.hide()
        self._said.say("Effacement en cours…", "ok")
        self._tasks.run(partial(self._verbs.law.purge, lambda: self._tasks.stopping), self._done, self._failed)

    def _done(self, done: Purged) -> None:
        if self._tasks.stopping:
            return
        self._said.say(f"C’est fait\u00a0: {_counts(done)}.", "ok")
        for told in (self._news.people, self._news.outing):
            told.emit()

    def _failed(self, wrong: Exception) -> None:
        self._said.failed(wrong)


def _many(number: int, one: str, many: str) -> str:
    return f"{figure(number)} {many if number > 1 else one}"


def _to_come(seen: Purged) -> str:
    parts = [
        (seen.erased, "fiche sera effacée", "fiches seront effacées"),
        (seen.reduced, "fiche sera réduite à l’essentiel", "fiches seront réduites à l’essentiel"),
        (seen.sought, "personne à chercher sera retirée", "personnes à chercher seront retirées"),
        (seen.journal, "ligne du journal sera effacée", "lignes du journal seront effacées"),
    ]
    return ", ".join(_many(*part) for part in parts if part[0]) + "."


def _counts(done: Purged) -> str:
    parts = [
        (done.erased, "fiche effacée", "fiches effacées"),
        (done.reduced, "fiche réduite", "fiches réduites"),
        (done.sought, "personne à chercher retirée", "personnes à chercher retirées"),
        (done.journal, "ligne du journal effacée", "lignes du journal effacées"),
    ]
    return ", ".join(_many(*part) for part in parts if part[0]) or "rien n’était à effacer"


def _left(seen: Purged) -> str:
    why = "pas encore à l’abri au serveur, ou d’usage limité"
    parts = [
        (seen.left, f"fiche échue ({why})", f"fiches échues ({why})"),
        (seen.drafts, "brouillon", "brouillons"),
    ]
    said = ", ".join(_many(*part) for part in parts if part[0])
    return f"Laissés\u00a0: {said}." if said else ""
