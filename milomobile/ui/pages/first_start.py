"""The first-run assistant: six steps, from the profile made to the first day; what is not done yet a next start takes up."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from milomobile.domain.setting_up import BACKUP, CODE, LISTS
from milomobile.errors import Trouble
from milomobile.ui import look
from milomobile.ui.first.code import CodeStep
from milomobile.ui.first.link import LinkStep
from milomobile.ui.first.person import PersonStep
from milomobile.ui.first.rail import Rail, spoken
from milomobile.ui.first.welcome import WelcomeStep
from milomobile.ui.gate import Gate
from milomobile.ui.look import restyle
from milomobile.ui.pages.unlock import brand
from milomobile.ui.parts.boxes import banner, button, card, clear, column, holder, row, scrolled
from milomobile.ui.parts.spoken import announce
from milomobile.ui.tasks import Tasks

if TYPE_CHECKING:
    from milomobile.ui.first.backup import BackupStep
    from milomobile.ui.first.lists import ListsStep
    from milomobile.ui.first.ready import ReadyStep
    from milomobile.ui.verbs import Verbs

_WELCOME, _LINK, _PERSON, _CODE, _LISTS, _BACKUP, _READY = range(7)
_PLACES = {CODE: _CODE, LISTS: _LISTS, BACKUP: _BACKUP}
_WIDE, _HIGH, _RAIL = 720, 620, 216
_NOT_BOUND = " Le profil est fait et rien n’est perdu\u00a0: corrigez, ou continuez et reliez plus tard dans «\u00a0Réglages\u00a0»."
_BINDING = "Liaison avec le bureau en cours… Vous pouvez continuer."


class FirstStartPage(QWidget):
    """`held` carries the verbs as soon as the profile is open, `opened` once the first day may begin.

    `restore_asked` wants a profile made of a backup, `trial_asked` the demonstration (True: with its guided tour).
    With `verbs` it goes on where a start before stopped.
    """

    guide = "premier-demarrage"

    held = Signal(object)
    opened = Signal(object)
    postponed = Signal(object)
    restore_asked = Signal()
    trial_asked = Signal(bool)

    def __init__(self, gate: Gate, tasks: Tasks, verbs: "Verbs | None" = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self._gate, self._tasks, self._verbs = gate, tasks, verbs
        self._making, self._now, self._first = False, _WELCOME, _WELCOME
        self._binding: tuple[str, str, Path | None] | None = None
        self.lists: ListsStep | None = None
        self.backup: BackupStep | None = None
        self.ready: ReadyStep | None = None
        self.welcome, self.link, self.person, self.code = WelcomeStep(), LinkStep(), PersonStep(gate, tasks), CodeStep()
        self.welcome.trial_asked.connect(partial(self.trial_asked.emit, False))
        self.welcome.restore_asked.connect(self.restore_asked)
        self.code.kept.connect(self._show_buttons)
        self.link.invitation.code.advance = self.person.second.advance = self._go_on
        self._rail, self._stack, self._told = Rail(), QStackedWidget(), column()
        for step in (self.welcome, self.link, self.person, self.code):
            self._add(step)
        self._frame = self._framed()
        side = column(brand("Mission Locale du Pays Messin", _RAIL), 22, self._rail, -1, spacing=0)
        self._side = holder(side)
        whole = holder(row(self._side, self._frame, spacing=22))
        look.sized(whole, most_height=_HIGH, most_width=_RAIL + 22 + _WIDE)
        layout = row(-1, whole, -1, spacing=0, margins=(20, 20, 20, 20))
        layout.setStretch(1, 1000)
        self.setLayout(layout)
        look.measured(self, FirstStartPage._fit)
        if verbs is not None:
            self._first = self._resume(verbs)
        self.show_step(self._first)

    def _framed(self) -> QFrame:
        self.back = button("Retour", self._go_back, "ghost", "chevron-left")
        self.other = button("", self._pass, "secondary")
        self.go = button("", self._go_on, "primary")
        foot = row(self.back, -1, self.other, self.go, spacing=10)
        made = card(self._told, self._stack, foot, spacing=12, margins=(28, 22, 28, 20))
        look.sized(made, most_width=_WIDE)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a narrow window: the steps leave their place to the one that is on."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._side.setVisible(self.width() >= look.px(_WIDE + _RAIL) + 62)

    def _add(self, step: QWidget) -> None:
        inside = holder(column(step, margins=(6, 6, 12, 6)))
        self._stack.addWidget(scrolled(inside))

    def show_first(self) -> None:
        """Where it begins, once it is in its window."""
        self.show_step(self._now)

    def show_step(self, place: int) -> None:
        """From 0; the keyboard stands at what is done first, and screen readers are told."""
        self._now = place
        self._stack.setCurrentIndex(place)
        self._rail.show_step(place)
        self._show_buttons()
        if place == _READY and self.ready:
            self.ready.refresh()
        first: dict[int, QWidget] = {
            _WELCOME: self.go,
            _LINK: self.link.invitation.address.edit,
            _PERSON: self.person.name.edit if self._verbs is None else self.go,
        }
        if place == _CODE:
            self.code.focus()
        else:
            first.get(place, self.go).setFocus()
        announce(self, spoken(place))

    def _show_buttons(self, *_: object) -> None:
        words = {_WELCOME: "Commencer", _READY: "Démarrer la journée"}
        if self._verbs is None:
            words[_PERSON] = "Créer le profil"
        copying = self._now == _BACKUP and self.backup is not None and not self.backup.made()
        if copying:
            words[_BACKUP] = "Continuer sans sauvegarde"
        restyle(self.go, "kind", "secondary" if copying else "primary")
        self.back.setVisible(self._now > self._first and self._now != _READY)
        self.go.setText(words.get(self._now, "Continuer"))
        self.go.setEnabled(not self._making and (self._now != _CODE or self.code.put_away()))
        self.go.setToolTip("Cochez d’abord que le code est rangé." if not self.go.isEnabled() else "")
        later = self._first > _WELCOME and self._now != _READY
        self.other.setText("Plus tard" if later else "Continuer sans connexion")
        self.other.setVisible(later or self._now == _LINK)

    def _go_back(self) -> None:
        clear(self._told)
        self.show_step(self._now - 1)

    def _go_on(self) -> None:
        """What the step asks for is done; then the next."""
        if not self.go.isEnabled():
            return
        acts: dict[int, Callable[[], None]] = {_LINK: self._link, _PERSON: self._make, _READY: self._begin}
        acts.get(self._now, self._settle)()

    def _pass(self) -> None:
        if self._first > _WELCOME:
            self.postponed.emit(self._verbs)
        else:
            self._binding = None
            self.show_step(_PERSON if self._verbs is None else _CODE)

    def _begin(self) -> None:
        self.opened.emit(self._verbs)

    def _settle(self) -> None:
        """A step is done, which the profile keeps; a full disk is told, and asked again at the next start."""
        step = next((name for name, place in _PLACES.items() if place == self._now), None)
        clear(self._told)
        try:
            if step and self._verbs:
                self._verbs.setup_done(step)
        except Trouble as wrong:
            self._say(wrong.sentence, "err")
        self.show_step(self._now + 1)

    def _link(self) -> None:
        """The answers are kept until the profile is made; where it is, the office is asked now."""
        if asked := self.link.invitation.value():
            self._binding = asked
            if self._verbs is None:
                self.show_step(_PERSON)
            else:
                self._bind(self._verbs, asked)
                self.show_step(_CODE)

    def _make(self) -> None:
        if self._verbs is not None:
            self.show_step(_CODE)
        elif asked := self.person.value():
            self._busy(True)
            self._tasks.run(partial(self._gate.create, *asked), self._made, self._failed)

    def _busy(self, busy: bool) -> None:
        self._making = busy
        self._frame.setEnabled(not busy)
        self._show_buttons()
        if busy:
            self.go.setText("Création du profil…")

    def _failed(self, wrong: Exception) -> None:
        self._busy(False)
        if not isinstance(wrong, Trouble):
            raise wrong
        self.person.name.say(wrong.sentence)
        self.person.name.edit.setFocus()

    def _made(self, made: "tuple[str, Verbs]") -> None:
        code, self._verbs = made
        self._busy(False)
        self.held.emit(self._verbs)
        self.person.settle()
        self._know(self._verbs)
        self.code.show_code(code, self._gate.keyring_warning())
        if self._binding:
            self._bind(self._verbs, self._binding)
        self.show_step(_CODE)

    def _know(self, verbs: "Verbs") -> None:
        """The steps of an open profile are loaded with it."""
        from milomobile.ui.first.backup import BackupStep
        from milomobile.ui.first.lists import ListsStep
        from milomobile.ui.first.ready import ReadyStep

        self.lists, self.backup = ListsStep(verbs, self._tasks), BackupStep(verbs, self._tasks)
        self.ready = ReadyStep(verbs)
        self.ready.tour_asked.connect(partial(self.trial_asked.emit, True))
        self.backup.copies.written.connect(self._show_buttons)
        for step in (self.lists, self.backup, self.ready):
            self._add(step)

    def _resume(self, verbs: "Verbs") -> int:
        """Where a start before stopped."""
        self._know(verbs)
        self.person.settle()
        left = verbs.setup_left()
        if CODE in left:
            self.code.ask_again(verbs.team, self._tasks)
        return min((_PLACES[step] for step in left), default=_READY)

    def _bind(self, verbs: "Verbs", asked: tuple[str, str, Path | None]) -> None:
        self._binding = None
        self._say(_BINDING, "info")
        self._tasks.run(partial(verbs.enrol, *asked), self._bound, self._not_bound)

    def _bound(self, address: str) -> None:
        self.link.invitation.code.edit.clear()
        self._say(f"Ce poste est relié à {address}.", "ok")
        if self.lists:
            self.lists.refresh()
        if self.ready:
            self.ready.refresh()

    def _not_bound(self, wrong: Exception) -> None:
        if not isinstance(wrong, Trouble):
            clear(self._told)
            raise wrong
        correct = button("Corriger", partial(self.show_step, _LINK), "small")
        self._say(wrong.sentence + _NOT_BOUND, "warn", correct)

    def _say(self, text: str, tone: str, *acts: QPushButton) -> None:
        clear(self._told)
        self._told.addWidget(banner(text, tone, *acts))
        if tone not in ("err", "ok"):
            announce(self, text)

    def may_close(self) -> bool:
        """Not while the profile is made; and once the code is shown, not at the first try unless it was put away."""
        if self._making:
            return False
        if self._now > _CODE or self.code.may_close():
            return True
        self.show_step(_CODE)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes back, as « Retour » does."""
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            self._go_back()
        else:
            super().keyPressEvent(event)
