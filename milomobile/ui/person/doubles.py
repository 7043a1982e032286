"""On somebody's page: other files that may be theirs, and those found to be."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame

from milomobile.domain.people import Alike, Sheet
from milomobile.ui.parts.boxes import Part, button, card, column, label


def card_of(
    sheet: Sheet, alike: Sequence[Alike], compare: Callable[[Alike], object], part: Callable[[str], object]
) -> list[QFrame]:
    """One card, or none where there is nothing to say."""
    lines: list[Part] = []
    for one in alike:
        go = button("Comparer", partial(compare, one), "secondary")
        go.setAccessibleName(f"Comparer avec la fiche de {one.person.name}")
        why = label(", ".join(one.why).capitalize(), "caption", wrap=True)
        lines.append(column(label(one.person.name, "medium", wrap=True), why, go, spacing=4))
    for each in sheet.parts:
        said = "Réunie par le bureau" if each.by_office else "Réunie avec cette fiche"
        parts: list[Part] = [label(each.name, "medium", wrap=True), label(said, "caption")]
        if not each.by_office:
            apart = button("Séparer", partial(part, each.id), "ghost")
            apart.setAccessibleName(f"Séparer la fiche de {each.name}")
            parts.append(apart)
        lines.append(column(*parts, spacing=4))
    if not lines:
        return []
    title = "Une autre fiche\u00a0?" if alike else "Fiches réunies"
    return [card(label(title, "strong"), *lines, spacing=12)]
