"""What each column of an office's list is taken for: guessed by its words, changed by hand, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from milomobile.domain.headings import Headings
from milomobile.domain.sought import Sought

MEANINGS = {
    "birth_name": "Nom de naissance",
    "usual_name": "Nom d’usage",
    "given_name": "Prénom",
    "name": "Nom et prénom",
    "birth_date": "Date de naissance",
    "phone": "Téléphone",
    "commune": "Commune",
}
NAMES = frozenset(("birth_name", "usual_name", "given_name", "name"))
Meanings = tuple[str | None, ...]
"""One of MEANINGS for each column of a file, from the left; None is not read."""


@dataclass(frozen=True)
class ListColumn:
    """`samples` are its first cells, none where it is `never` read: a column of social security numbers."""

    title: str
    samples: tuple[str, ...]
    meaning: str | None
    never: bool = False


@dataclass(frozen=True)
class Opened:
    """A list looked at and not kept: its columns from the left, and how many lines stand below their titles."""

    columns: tuple[ListColumn, ...]
    lines: int

    @property
    def meanings(self) -> Meanings:
        """What was guessed."""
        return tuple(column.meaning for column in self.columns)


@dataclass(frozen=True)
class Line:
    """Somebody as they would be kept; `said` is what is doubtful, or that they are known already."""

    number: int
    person: Sought
    said: str


@dataclass(frozen=True)
class Preview:
    """What importing would do: the first people, how many would be kept, were on a list, have a file, are refused."""

    first: tuple[Line, ...]
    taken: int
    already: int
    met: int
    warned: int
    refused: int


def meant(titles: Sequence[str], meanings: Meanings, guessed: Headings | None) -> Headings:
    """The columns as somebody said them; those of social security numbers are not read, whatever was said."""
    nir = guessed.nir if guessed else ()
    places: dict[str, list[int]] = {}
    left = []
    for place, title in enumerate(titles):
        meaning = meanings[place] if place < len(meanings) and shown(title) not in nir else None
        if meaning in MEANINGS:
            places.setdefault(str(meaning), []).append(place)
        elif shown(title):
            left.append(shown(title))
    return Headings({what: tuple(columns) for what, columns in places.items()}, tuple(left), nir)


def shown(title: str) -> str:
    """A title on one line."""
    return " ".join(title.split())[:60]
