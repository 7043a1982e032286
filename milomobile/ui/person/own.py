"""Ses données: what a person may ask of the file kept of them, one button each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from milomobile.domain.dates import LOCAL
from milomobile.domain.people import Sheet
from milomobile.ui.parts.boxes import button, card, label, row
from milomobile.ui.parts.spoken import full_day

WAYS = {"sms": "Accepte les SMS", "call": "Accepte les appels", "email": "Accepte les e-mails"}


@dataclass(frozen=True)
class Asked:
    """What the buttons do; `withdraw` takes the agreement's name."""

    export: Callable[[], object]
    withdraw: Callable[[str], object]
    restrict: Callable[[bool], object]
    object_to: Callable[[], object]


def card_of(sheet: Sheet, asked: Asked, more: Mapping[str, Callable[[], object]] | None = None) -> QFrame:
    """The agreements with a way to take each back, then the acts; `more` are further buttons."""
    made = card(label("Ses données", "h2"), spacing=8)
    put = made.layout()
    assert put is not None
    for at, said in ((sheet.restricted_at, "Usage limité à sa demande"), (sheet.objected_at, "S’est opposé au suivi")):
        if at:
            put.addWidget(label(f"{said}, le {full_day(at.astimezone(LOCAL).date())}.", "strong", wrap=True))
    for name in sheet.agreements:
        said = WAYS.get(name, f"Accepte le partage avec {name}")
        taken = button("Retirer", lambda name=name: asked.withdraw(name), "link")  # type: ignore[misc]
        taken.setAccessibleName(f"Retirer l’accord\u00a0: {said}")
        line = row(label(said, wrap=True), taken, spacing=6)
        line.setStretch(0, 1)
        put.addLayout(line)  # type: ignore[attr-defined]
    put.addWidget(button("Exporter son dossier…", asked.export, "secondary", "folder"))
    limited = sheet.restricted_at is not None
    words = "Lever la limitation" if limited else "Limiter l’usage"
    put.addWidget(button(words, lambda: asked.restrict(not limited), "secondary", "hand-stop"))
    if not sheet.objected_at:
        put.addWidget(button("S’oppose au suivi", asked.object_to, "secondary", "x"))
    for words, act in (more or {}).items():
        put.addWidget(button(words, act, "secondary"))
    return made
