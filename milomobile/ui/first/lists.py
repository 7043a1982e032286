"""Listes: what is shipped, what the office sends, and the directory that comes from a file or a key."""

from functools import partial

from PySide6.QtWidgets import QWidget

from milomobile.domain.sending import Sent
from milomobile.ui.first.facts import fact, plain
from milomobile.ui.parts.boxes import button, column, label, row
from milomobile.ui.parts.directory import DirectoryCard
from milomobile.ui.parts.spoken import count
from milomobile.ui.parts.told import Told
from milomobile.ui.parts.working import work
from milomobile.ui.tasks import Tasks
from milomobile.ui.verbs import Verbs

_PLACES = "Vous les écrivez une fois, au premier arrêt\u00a0; ceux du bureau arrivent avec le premier envoi."
_HERE = "Les listes du bureau sont à jour."


class ListsStep(QWidget):
    """The office's lists can be fetched now where this laptop is bound to it."""

    def __init__(self, verbs: Verbs, tasks: Tasks) -> None:
        super().__init__()
        self._verbs, self._tasks = verbs, tasks
        communes = len({one.code for one in verbs.communes})
        shipped = f"{count(communes, 'commune')} de France, {count(len(verbs.districts), 'quartier')} prioritaires du Pays Messin."
        partners = count(len(verbs.partners()), "partenaire")
        self.fetch = button("Recevoir les listes du bureau", self._fetch, "secondary", "server")
        self._said, self._fetching = Told(), row(self.fetch, -1)
        self.directory = DirectoryCard(verbs, tasks)
        self.setLayout(
            column(
                label("Listes", "h1"),
                fact("map-pin", "Communes et quartiers\u00a0: déjà là", shipped),
                fact("flag", f"Lieux et partenaires\u00a0: {partners} déjà là", _PLACES),
                self._fetching,
                self._said,
                4,
                plain(self.directory),
                -1,
                spacing=10,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Whether there is an office to ask."""
        self.fetch.setVisible(self._verbs.server() is not None)

    def _fetch(self) -> None:
        ask = partial(self._verbs.send, lambda _: None, lambda: self._tasks.stopping)
        work(self._tasks, (self.fetch,), ask, self._done, self._said.failed, "Réception en cours…")

    def _done(self, sent: Sent) -> None:
        wrong = sent.reason or sent.warning
        self._said.say(wrong or _HERE, "warn" if wrong else "ok")
