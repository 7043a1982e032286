"""What can go wrong and is told to a person; anything else is a bug."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milomobile.domain.problems import Problem


class Trouble(Exception):
    """A plain French sentence: what happened, what it means for the data, what to do."""

    exit_code = 2

    @property
    def sentence(self) -> str:
        """The sentence as the screen and the command line show it."""
        return str(self)


class WrongPassword(Trouble):
    """The password (or the recovery code) opens no slot."""


class KeyringLost(WrongPassword):
    """The device secret of a slot is not to be had: the password cannot be judged, and the recovery code opens."""


class TooSoon(WrongPassword):
    """A try before its time; `seconds` are left."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(f"Nouvel essai dans {self.seconds} seconde{'s' * (self.seconds > 1)}.")


class WeakPassword(Trouble):
    """The password is below 80 bits (CNIL, délibération 2022-100)."""


class NotOurs(Trouble):
    """The folder or file is not a profile of this program, or is damaged."""


class AlreadyOpen(Trouble):
    """Another program holds this profile."""


class NoRoom(Trouble):
    """The disk is full or cannot be written; what was typed is still on the screen."""


class Cancelled(Trouble):
    """An act that was stopped before its end, by who had asked for it; nothing of it stays."""

    exit_code = 1


class NotReady(Trouble):
    """The answers do not make a record yet; `problems` says which and why."""

    def __init__(self, sentence: str, problems: "tuple[Problem, ...]" = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class NotSent(Trouble):
    """The network or the server did not let the records through; all of them are kept."""

    exit_code = 3

    def __init__(self, sentence: str, page: str | None = None) -> None:
        super().__init__(sentence)
        self.page = page


OURS = "Le dossier du profil ne reçoit pas d’export. Les fiches sont intactes. Choisissez un autre dossier."
TAMPERED = (
    "Le journal des consultations a été modifié hors du programme\u00a0: des lignes manquent, ont changé ou ont été "
    "ajoutées. Les fiches ne sont pas touchées. Prévenez le bureau, et gardez ce poste tel qu’il est."
)
