"""Which Mission Locale serves whom, and who lives outside the Pays Messin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

OURS = "57463S00"
"""The I-MILO code of the Mission Locale du Pays Messin."""


@dataclass(frozen=True)
class Mission:
    """A Mission Locale: its I-MILO code, the intercommunalities (SIREN) and the single communes (INSEE) it serves."""

    code: str
    name: str
    epci: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()


def mission(code: str, row: Mapping[str, object]) -> Mission:
    """From a line of `missions_locales.csv`: `epci` and `communes` are codes with spaces between them."""
    epci, communes = (tuple(str(row.get(name) or "").split()) for name in ("epci", "communes"))
    return Mission(code, str(row.get("name") or code), epci, communes)


@dataclass(frozen=True)
class Territory:
    """Who serves whom; `epci_of` is INSEE code → SIREN."""

    missions: Sequence[Mission]
    epci_of: Mapping[str, str]

    def competent(self, commune: str | None) -> Mission | None:
        """Whose commune it is: named alone, else with its intercommunality; None where no line of the list says so."""
        if not commune:
            return None
        epci = self.epci_of.get(commune)
        alone = next((one for one in self.missions if commune in one.communes), None)
        return alone or next((one for one in self.missions if epci and epci in one.epci), None)

    def outside(self, commune: str | None, abroad: bool = False, structure: str | None = None) -> bool:
        """Whether somebody belongs to another Mission Locale: as was said, else as where they live tells."""
        if structure:
            return structure != OURS
        competent = self.competent(commune)
        return abroad or (commune is not None and (competent is None or competent.code != OURS))

    def name(self, structure: str | None) -> str | None:
        """The name of a Mission Locale of the list."""
        return next((one.name for one in self.missions if one.code == structure), structure)

    @cached_property
    def communes(self) -> frozenset[str]:
        """The communes of the Pays Messin."""
        ours = next((one for one in self.missions if one.code == OURS), Mission(OURS, ""))
        near = {commune for commune, epci in self.epci_of.items() if epci in ours.epci} | {*ours.communes}
        return frozenset(commune for commune in near if not self.outside(commune))
