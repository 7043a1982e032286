"""What a file of the office is made of: its columns in order, told once for CSV, XLSX and JSON Lines."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from milomobile.errors import NotReady

NO_COLUMN = "Aucune colonne n’est choisie. Rien n’est écrit. Donnez-en au moins une."
Kind = Literal["text", "date", "time", "number", "phone", "many"]


@dataclass(frozen=True)
class Column:
    """One column. `key` names it for machines; `codes` is the list (`lists.of_files`) that its values are codes of.

    `kind` is that of a value: a text, a date, an aware datetime, an int (or a code), a telephone as kept, codes.
    `naming` columns tell who somebody is, `group` is what the screen ticks them by. `answer` columns are left empty for
    the office to fill in, with `choices` (codes of the list) where it picks one.
    """

    title: str
    key: str
    kind: Kind = "text"
    naming: bool = False
    codes: str | None = None
    group: str = ""
    answer: bool = False
    choices: Sequence[str] = ()


Row = Sequence[Any]
"""The values of a line, one a column; None is unknown."""


@dataclass(frozen=True)
class Layout:
    """One of the office's files: its name, the version of its columns, and these."""

    name: str
    title: str
    version: int
    columns: tuple[Column, ...]

    def chosen(self, keys: Collection[str] | None) -> tuple[int, ...]:
        """The places of the columns of these keys, in the file's order; None is all of them."""
        return tuple(n for n, one in enumerate(self.columns) if keys is None or one.key in keys)

    def keys(self, named: Sequence[str]) -> tuple[str, ...]:
        """The keys of columns named by key or by title; raises NotReady for none at all, or for one that is none of them."""
        if not any(one.strip() for one in named):
            raise NotReady(NO_COLUMN)
        known = {told: column.key for column in self.columns for told in (column.key, column.title)}
        for one in named:
            if one.strip() not in known:
                raise NotReady(
                    f"Le fichier «\u00a0{self.name}\u00a0» n’a pas de colonne «\u00a0{one.strip()}\u00a0». Rien "
                    f"n’est écrit. Corrigez ce nom."
                )
        return tuple(known[one.strip()] for one in named)


def titles(columns: Sequence[Column]) -> tuple[str, ...]:
    """The header, in order."""
    return tuple(column.title for column in columns)


def grouped(group: str, *columns: Column) -> Iterable[Column]:
    """The same columns under one tick of the screen."""
    return (replace(column, group=group) for column in columns)
