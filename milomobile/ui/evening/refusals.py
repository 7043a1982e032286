"""What the server did not take: who, what, and why in words."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from milomobile.domain.dates import LOCAL, MONTHS
from milomobile.domain.sending import Refused
from milomobile.ui.icons import picture
from milomobile.ui.parts.boxes import button, card, column, label, row
from milomobile.ui.parts.discs import Disc
from milomobile.ui.parts.spoken import letters

_MOST = 20
Act = Callable[[Refused], object]


def refusals(refused: Sequence[Refused], correct: Act, leave: Act) -> QFrame:
    """A card with at most 20 of them, and how many more there are; each may be corrected or left, with a reason."""
    many = "s" * (len(refused) > 1)
    title = label(f"{len(refused)} fiche{many} à corriger", "h2")
    said = f"Elle{many} reste{'nt' if many else ''} sur cet ordinateur en attendant."
    head = row(picture("alert-triangle", "warn"), title, -1, spacing=9)
    layout = column(head, label(said, "caption", wrap=True), spacing=10)
    for place, one in enumerate(refused[:_MOST]):
        if place:
            rule = QFrame()
            rule.setObjectName("rule")
            rule.setFixedHeight(1)
            layout.addWidget(rule)
        layout.addLayout(_one(one, correct, leave))
    if len(refused) > _MOST:
        layout.addWidget(label(f"Et {len(refused) - _MOST} autres.", "second"))
    return card(layout)


def _one(one: Refused, correct: Act, leave: Act) -> QVBoxLayout:
    at = one.at.astimezone(LOCAL) if one.at else None
    what = f"{one.what} du {at.day}{'er' * (at.day == 1)} {MONTHS[at.month - 1]}" if at else one.what
    names = column(label(one.name, "strong", wrap=True), label(what, "caption"), spacing=0)
    head = row(Disc(letters(one.name), 36, "warn"), names, spacing=11)
    head.setStretch(1, 1)
    made = column(head, label(one.reason, "second", wrap=True), spacing=8)
    acts = [button("Corriger", lambda: correct(one), "tonal", "pencil")] if one.person else []
    made.addLayout(row(*acts, button("Laisser de côté", lambda: leave(one), "ghost"), -1, spacing=8))
    return made
