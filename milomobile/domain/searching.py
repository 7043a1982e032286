"""How people are searched: the plain words they are found by, what was typed as the beginnings of such words, the chips."""

from milomobile.domain.people import Person
from milomobile.domain.texts import plain

CHIPS = (
    ("all", "Tous"),
    ("today", "Aujourd’hui"),
    ("incomplete", "À compléter"),
    ("recall", "À rappeler"),
    ("handover", "À rattacher"),
    ("minor", "Mineurs"),
    ("district", "QPV"),
)
"""What the list can be narrowed to, in the order of the screen: name and words."""


def search_text(person: Person, commune: str | None) -> str:
    """The words a search may begin with: names apart and joined, commune, telephone from its end."""
    words: list[str] = []
    for name in (person.given_name, person.birth_name, person.usual_name or "", commune or ""):
        parts = plain(name).split()
        words += parts
        if len(parts) > 1:
            words.append("".join(parts))
    if person.phone:
        words.append(_from_the_end(person.phone))
    return " ".join(dict.fromkeys(words))


def search_words(text: str) -> tuple[str, ...]:
    """What to look for in `search_text`, each the beginning of a word; digits alone are the end of a telephone."""
    words = plain(text).split()
    if words and all(word.isdigit() for word in words):
        return (_from_the_end("".join(words)),)
    return tuple(words)


def file_number(text: str) -> int | None:
    """The number of an I-MILO file typed whole, or None where the text is none."""
    digits = "".join(text.split())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def _from_the_end(phone: str) -> str:
    """Digits reversed behind a mark, so that « 56 78 » finds a number by its end."""
    digits = "".join(c for c in phone if c.isdigit())
    if phone.startswith("+33"):
        digits = "0" + digits[2:]
    return "tel" + digits[::-1]
