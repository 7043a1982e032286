"""Équipe in Réglages: who opens this laptop; people added, renamed and removed, their passwords, the recovery code."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from milomobile.domain.team import Member
from milomobile.domain.texts import initials
from milomobile.ui.parts.asking_sheet import AskingSheet, Job
from milomobile.ui.parts.boxes import banner, button, clear, column, label, row
from milomobile.ui.parts.discs import Disc
from milomobile.ui.parts.fields import Field
from milomobile.ui.parts.new_password import NewPassword
from milomobile.ui.parts.recovery_code import RecoveryCode
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.tasks import Tasks
from milomobile.ui.team import Team

_WHAT = "Chaque personne ouvre les fiches avec son propre mot de passe. Personne d’autre ne le connaît."


class TeamCard(QFrame):
    """Each act asks in a sheet; `sheet` is the one open, or the last."""

    guide = "reglages"

    def __init__(self, team: Team, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._team, self._tasks = team, tasks
        self.sheet: Sheet | None = None
        self._people, self._said = column(spacing=10), column()
        self.add = button("Ajouter une personne…", self._add, "secondary", "user-plus")
        self.code = button("Nouveau code de secours…", self._code, "ghost", "key")
        parts = (label("Équipe", "h2"), label(_WHAT, "second", wrap=True), self._people)
        self.setLayout(column(*parts, row(self.add, self.code, -1), self._said, spacing=12, margins=(20, 16, 20, 18)))
        self.refresh()

    def refresh(self) -> None:
        """Who opens this laptop now."""
        clear(self._people)
        for member in self._team.members():
            self._people.addLayout(self._row(member))

    def _row(self, member: Member) -> QLayout:
        first, _, last = member.name.partition(" ")
        name = label(member.name + (" (vous)" if member.me else ""), "strong", wrap=True)
        if member.me:
            acts = [("Mon nom…", self._rename), ("Mon mot de passe…", self._change)]
        else:
            acts = [("Nouveau mot de passe…", self._reset), ("Retirer…", self._remove)]
        made = []
        for words, act in acts:
            made.append(button(words, partial(act, member), "small"))
            made[-1].setAccessibleName(f"{words} {member.name}")
        line = row(Disc(initials(first, last), 36), name, *made, spacing=10)
        line.setStretch(1, 1)
        return line

    def _add(self) -> None:
        name = Field("Prénom et nom", required=True)
        new = self._new(name.text)

        def read() -> Job | None:
            typed, password = name.text(), new.value()
            name.say("" if typed else "Écrivez le nom de la personne.")
            return partial(self._team.add, typed, password) if typed and password else None

        said = "La personne choisit et tape elle-même son mot de passe."
        self._ask(("Ajouter une personne", said, "Ajouter"), (name, new), read, lambda: f"{name.text()} peut ouvrir.")

    def _rename(self, member: Member) -> None:
        name, own = Field("Prénom et nom", required=True), _secret("Votre mot de passe")
        name.edit.setText(member.name)

        def read() -> Job | None:
            typed = name.text()
            name.say("" if typed else "Écrivez votre nom.")
            return partial(self._team.rename, own.edit.text(), typed) if typed else None

        said = "Vos rencontres gardent leur auteur\u00a0: c’est le même, sous son nouveau nom."
        self._ask(("Changer mon nom", said, "Changer"), (name, own), read, lambda: "Votre nom est changé.")

    def _change(self, member: Member) -> None:
        own = _secret("Mot de passe actuel, ou code de secours")
        new = self._new(lambda: member.name)

        def read() -> Job | None:
            password = new.value()
            return partial(self._team.change_password, own.edit.text(), password) if password else None

        said = "Le code de secours reste le même."
        words = ("Changer mon mot de passe", said, "Changer")
        self._ask(words, (own, new), read, lambda: "Votre mot de passe est changé.")

    def _reset(self, member: Member) -> None:
        code, new = Field("Code de secours", required=True), self._new(lambda: member.name)

        def read() -> Job | None:
            password = new.value()
            return partial(self._team.reset, code.edit.text(), member.id, password) if password else None

        said = "Demandez au bureau le code de secours de ce poste. La personne tape elle-même son mot de passe."
        words = (f"Nouveau mot de passe pour {member.name}", said, "Changer")
        self._ask(words, (code, new), read, lambda: f"Le mot de passe de {member.name} est changé.")

    def _remove(self, member: Member) -> None:
        own = _secret("Votre mot de passe")
        said = "Son mot de passe n’ouvrira plus rien ici. Ses rencontres et l’historique restent, sous son nom."
        words = (f"Retirer {member.name} de ce poste\u00a0?", said, "Retirer l’accès")
        self._ask(
            words,
            (own,),
            lambda: partial(self._team.remove, member.id, own.edit.text()),
            lambda: f"{member.name} n’ouvre plus ce poste.",
        )

    def _code(self) -> None:
        own = _secret("Votre mot de passe")
        said = "Le code d’avant n’ouvrira plus rien\u00a0: remplacez-le au coffre du bureau."
        sheet = self._ask(
            ("Nouveau code de secours", said, "Créer le code"),
            (own,),
            lambda: partial(self._team.new_recovery_code, own.edit.text()),
            lambda: "Le code de secours est changé.",
        )
        sheet.acted.connect(self._show_code, Qt.ConnectionType.QueuedConnection)

    def _show_code(self, code: str) -> None:
        self.sheet = sheet = Sheet("Code de secours", self.window(), 640)
        sheet.nameless = True
        shown = RecoveryCode(code)
        sheet.body.addWidget(shown)
        on = button("Terminer", sheet.accept, "primary")
        on.setEnabled(False)
        shown.kept.connect(on.setEnabled)
        sheet.foot.addWidget(on)
        sheet.open()

    def _new(self, whose: Callable[[], str]) -> NewPassword:
        return NewPassword(self._team.problem, self._team.strength, self._tasks, whose)

    def _ask(
        self,
        words: tuple[str, str, str],
        parts: Sequence[QWidget],
        read: Callable[[], Job | None],
        done: Callable[[], str],
    ) -> AskingSheet:
        self.sheet = sheet = AskingSheet(self.window(), self._tasks, words, parts, read)
        sheet.acted.connect(lambda _: self._done(done()))
        sheet.open()
        return sheet

    def _done(self, said: str) -> None:
        self.refresh()
        clear(self._said)
        self._said.addWidget(banner(said, "ok"))


def _secret(title: str) -> Field:
    return Field(title, required=True, secret=True)
