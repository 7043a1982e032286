"""F8: mode discret switched on every page and in every sheet at once, said in passing, and kept for the next start."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from milomobile.ui.parts.sheet import redraw_sheets
from milomobile.ui.parts.toast import toast
from milomobile.ui.sidebar import Sidebar
from milomobile.ui.veil import Veil
from milomobile.ui.verbs import Verbs


class Redrawn(Protocol):
    """A page that can tell of people anew."""

    def redraw(self) -> None:
        """Does, where it is seen; else it forgets whom it told of."""


class Discreet(QObject):
    """`pages` are those that are made, seen or not."""

    def __init__(
        self, veil: Veil, verbs: Verbs, side: Sidebar, pages: Callable[[], Iterable[Redrawn]], desk: QWidget
    ) -> None:
        super().__init__(desk)
        self._veil, self._verbs, self._side, self._pages, self._desk = veil, verbs, side, pages, desk
        side.say_discreet(veil.on)
        side.discreet_asked.connect(self.switch)
        veil.changed.connect(self._redraw)

    def switch(self) -> None:
        """On, or off."""
        self._veil.switch(not self._veil.on)

    def _redraw(self) -> None:
        on = self._veil.on
        redraw_sheets()
        self._side.say_discreet(on)
        for page in self._pages():
            page.redraw()
        kept = self._verbs.preferences()
        if kept.discreet != on:
            self._verbs.prefer(replace(kept, discreet=on))
            said = "Mode discret\u00a0: noms, âges et téléphones sont masqués." if on else "Mode discret terminé."
            toast(self._desk, said)
