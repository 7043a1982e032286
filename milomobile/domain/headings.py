"""What the columns of an office's list hold, known by the words above them, whatever their order, case and accents."""

from collections.abc import Sequence
from dataclasses import dataclass

from milomobile.domain.texts import plain

_PASSED_OVER = frozenset(
    "de du des d la le l les e es et au a son sa eleve eleves jeune jeunes personne candidat stagiaire apprenti "
    "beneficiaire usager".split()
)
_WORDS = {
    "birth_name": ("nom naissance", "nom famille", "nom patronymique", "patronyme", "nom", "noms", "birth name"),
    "usual_name": ("nom usage", "nom usuel", "nom marital", "last name", "surname"),
    "given_name": ("prenom", "prenoms", "prenom 1", "premier prenom", "given name", "first name", "firstname"),
    "name": ("nom prenom", "nom prenoms", "noms prenoms", "prenom nom", "prenoms nom", "identite"),
    "birth_date": ("date naissance", "ne", "nee", "ne nee", "naissance", "ddn", "date naiss", "dt naissance", "birth date"),
    "phone": (
        "portable", "tel portable", "telephone portable", "mobile", "tel mobile", "telephone mobile", "gsm", "telephone",
        "tel", "numero telephone", "n telephone", "no telephone", "num telephone", "n tel", "telephone 1", "tel 1",
        "telephone fixe", "tel fixe", "fixe", "telephone 2", "tel 2", "phone",
    ),
    "commune": (
        "commune", "ville", "commune residence", "ville residence", "commune domicile", "commune habitation", "localite",
        "city",
    ),
}  # fmt: skip
"""By what a column holds: the words that tell it, those to be believed first before the others."""
_NIR = frozenset("nir nss nni insee secu securite immatriculation".split())


@dataclass(frozen=True)
class Headings:
    """`places` are columns by what they hold, the best first; `left` the words above those that are not read.

    `nir` are those among them that hold a number which is never kept.
    """

    places: dict[str, tuple[int, ...]]
    left: tuple[str, ...]
    nir: tuple[str, ...]


def headings(cells: Sequence[str]) -> Headings | None:
    """What each column of a row of words holds; None where none of them is a name."""
    found: dict[str, list[tuple[int, int]]] = {}
    left, nir = [], []
    for place, cell in enumerate(cells):
        words = plain(cell).split()
        bare = " ".join(word for word in words if word not in _PASSED_OVER)
        for what, known in _WORDS.items():
            if bare in known:
                found.setdefault(what, []).append((known.index(bare), place))
                break
        else:
            left += [" ".join(cell.split())[:60]] if words else []
            nir += [" ".join(cell.split())[:60]] if _NIR & set(words) and "commune" not in words else []
    places = {what: tuple(place for _, place in sorted(columns)) for what, columns in found.items()}
    if not {"birth_name", "usual_name", "given_name", "name"} & set(places):
        return None
    return Headings(places, tuple(left), tuple(nir))
