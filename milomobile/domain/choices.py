"""A coded choice, and the lists of choices that the questions take (domain.md 1.8)."""

from collections.abc import Mapping
from dataclasses import dataclass

Lists = Mapping[str, Mapping[str, str]]
"""List name → code → French label, in the order of the list."""

DECLARED_AUDIENCES = ("PRECARITE", "DECROCHEUR", "PI", "PM", "FLE", "RSA", "ZRR")
AGE_BANDS = ("16-17", "18-21", "22-25", "26-29", "MOINS_16", "30_PLUS")


@dataclass(frozen=True)
class Commune:
    """A commune (INSEE) with one of its postal codes."""

    code: str
    name: str
    postal_code: str


@dataclass(frozen=True)
class District:
    """A priority district (QPV, generation 2024) and the communes it lies in."""

    code: str
    name: str
    communes: tuple[str, ...]


def age_band(age: int) -> str:
    """The code of list `tranche_age` for an age in full years."""
    for band, last in (("MOINS_16", 15), ("16-17", 17), ("18-21", 21), ("22-25", 25), ("26-29", 29)):
        if age <= last:
            return band
    return "30_PLUS"
