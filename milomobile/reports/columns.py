"""What a file of the office is made of: its columns in order, told once for CSV, XLSX and JSON Lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "time", "number"]


@dataclass(frozen=True)
class Column:
    """One column. `key` names it for machines; `codes` is the list of nomenclatures.csv its values come from.

    `naming` columns tell who somebody is; `answer` columns are left empty for the office to fill in, with `choices`
    (codes of that list) where it picks one.
    """

    title: str
    key: str
    kind: Kind = "text"
    naming: bool = False
    codes: str | None = None
    answer: bool = False
    choices: Sequence[str] = ()


def titles(columns: Sequence[Column]) -> tuple[str, ...]:
    """The header, in order."""
    return tuple(column.title for column in columns)
