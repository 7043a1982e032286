"""The guided tour as a list: where each stage stands, what it says, which act it waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QPushButton, QWidget

from milomobile.ui.desk import Desk
from milomobile.ui.form.bar import SaveBar


@dataclass(frozen=True)
class Stage:
    """`begin` shows its page, `target` is what the ring is around, `done` tells whether the act came, from what was so before.

    One that `locks` ends with the desk, and the next begins on the desk that comes after.
    """

    title: str
    said: str
    begin: Callable[[Desk], object]
    target: Callable[[Desk], QWidget | None]
    done: Callable[[Desk, "Facts"], bool]
    locks: bool = False


@dataclass(frozen=True)
class Facts:
    """What a stage found when it began."""

    registrations: int = 0
    anonymous: int = 0
    discreet: bool = False
    person: str = field(default="", repr=False)


def facts(desk: Desk) -> Facts:
    """As they are now."""
    day = desk.verbs.day()
    return Facts(day.registrations, day.anonymous, desk.veil.on, desk.people.detail.person or "")


def _today(desk: Desk) -> None:
    if not desk.shows(desk.today):
        desk.show_place("today")


def _form(desk: Desk) -> None:
    if not desk.shows(desk.registration):
        desk.register()


def _button(words: str) -> Callable[[Desk], QWidget | None]:
    def found(desk: Desk) -> QWidget | None:
        made = desk.today.findChildren(QPushButton)
        return next((one for one in made if one.text().strip() == words and one.isVisible()), None)

    return found


def _saving(desk: Desk) -> QWidget | None:
    bar = desk.registration.findChild(SaveBar)
    return bar.saving if isinstance(bar, SaveBar) else None


def _nothing(_: Desk) -> None:
    """It begins where one is."""


STAGES = (
    Stage(
        "Démarrer l’arrêt",
        "Tout commence au pied du camion. Cliquez sur «\u00a0Démarrer un arrêt\u00a0», choisissez un lieu connu dans la liste, puis "
        "démarrez\u00a0: les rencontres y seront rattachées toutes seules.",
        _today,
        _button("Démarrer un arrêt"),
        lambda desk, _: desk.verbs.day().open_stop is not None,
    ),
    Stage(
        "Inscrire quelqu’un",
        "Une personne veut s’inscrire. Cliquez sur «\u00a0Nouvelle inscription\u00a0», ou Ctrl N.",
        _today,
        lambda desk: desk.today.new,
        lambda desk, _: desk.shows(desk.registration),
    ),
    Stage(
        "Six réponses suffisent",
        "Inventez un prénom, un nom et une date de naissance\u00a0; téléphone\u00a0: 03 53 01 12 34. Choisissez la situation et "
        "comment la personne est informée, puis «\u00a0Enregistrer la fiche\u00a0» (Ctrl Entrée). Rien ne se perd en route\u00a0: le "
        "brouillon est gardé à chaque réponse.",
        _form,
        _saving,
        lambda desk, before: desk.verbs.day().registrations > before.registrations,
    ),
    Stage(
        "Retrouver une fiche",
        "Ctrl K, ou «\u00a0Jeunes\u00a0», puis quelques lettres\u00a0: «\u00a0bou\u00a0» trouve Boussole. "
        "Choisissez une personne pour ouvrir sa "
        "fiche, ou notez une rencontre de plus.",
        lambda desk: None if desk.shows(desk.people) else _today(desk),
        lambda desk: desk.people.typed if desk.shows(desk.people) else desk.side.place("people"),
        lambda desk, _: desk.shows(desk.people) and bool(desk.people.typed.text()) and bool(desk.people.detail.person),
    ),
    Stage(
        "Contact anonyme",
        "Quelqu’un passe sans donner son nom. «\u00a0Contact anonyme\u00a0» (Ctrl Maj N), une case d’âge, un besoin\u00a0: c’est compté. "
        "«\u00a0Annuler\u00a0» le reprend.",
        _today,
        _button("Contact anonyme"),
        lambda desk, before: desk.verbs.day().anonymous > before.anonymous,
    ),
    Stage(
        "Mode discret",
        "Un regard par-dessus l’épaule\u00a0? F8 remplace noms et téléphones par des barres. Essayez, puis remettez.",
        _today,
        lambda desk: desk.side.discreet,
        lambda desk, before: desk.veil.on != before.discreet,
    ),
    Stage(
        "Fin de journée",
        "Le soir, «\u00a0Fin de journée\u00a0» puis «\u00a0Synchroniser\u00a0» (Ctrl S) envoient tout au "
        "bureau\u00a0; sans réseau, une clé USB le "
        "fait. Dans la démonstration aucun bureau n’est relié\u00a0: rien ne part. Ouvrez la page.",
        _nothing,
        lambda desk: desk.side.place("sync"),
        lambda desk, _: desk.shows(desk.sync),
    ),
    Stage(
        "Verrouiller",
        "Vous vous éloignez\u00a0: Ctrl L ou le cadenas. Tout disparaît de l’écran. Le mot de passe de la démonstration est "
        "écrit sous la case\u00a0: rouvrez avec lui.",
        _nothing,
        lambda desk: desk.side.lock,
        lambda desk, _: False,
        locks=True,
    ),
)
