"""How a value stands in a file: words for people, codes for machines, JSON for programs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from milomobile.domain.choices import Lists
from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.phones import show_phone
from milomobile.reports.columns import Column

Say = Callable[[Any], str | None]
"""Makes a cell of a value that is known; None is an empty one."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(cell: str) -> str:
    """The cell on one line, and harmless where a spreadsheet would run it (OWASP, CSV injection)."""
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return cell if cell.isprintable() else one_line(cell)


def one_line(cell: str) -> str:
    """Line breaks and what cannot be printed become spaces; an emoji of several parts stays whole."""
    return "".join(c if c.isprintable() or c in "\u200d\ufe0f" else " " for c in cell)


def said(column: Column, lists: Lists) -> Say:
    """For people: labels, dd/mm/yyyy, « 06 12 34 56 78 »; never what a spreadsheet would run."""
    labels = lists.get(column.codes or "", {})
    if column.kind == "many":
        return _joined(labels if column.codes else None, ", ")
    if column.kind == "number":
        return lambda value: labels.get(value) if labels and isinstance(value, str) else guard(str(value))
    if column.codes:
        return lru_cache(maxsize=4096)(lambda code: guard(labels[code]) if code in labels else None)
    return _SAID[column.kind]


def coded(column: Column, lists: Lists) -> Say:
    """For machines: codes, ISO dates and times, telephones as kept; guarded too, for people open everything."""
    return _joined(None, " ") if column.kind == "many" else _CODED[column.kind]


def plain(column: Column, value: Any) -> Any:
    """For JSON: the value itself, dates and times as ISO texts."""
    if column.kind == "date":
        return value.isoformat()
    if column.kind == "time":
        return value.astimezone(LOCAL).isoformat(timespec="minutes")
    return list(value) if column.kind == "many" else value


def _joined(labels: Mapping[str, str] | None, between: str) -> Say:
    @lru_cache(maxsize=4096)
    def join(codes: Sequence[str]) -> str:
        return guard(between.join(codes if labels is None else (labels[code] for code in codes if code in labels)))

    return join


def _time(at: datetime) -> str:
    return f"{at.astimezone(LOCAL):%d/%m/%Y %H:%M}"


_often = lru_cache(maxsize=4096)(guard)
"""Places, postal codes, names come again and again."""
_SAID: Mapping[str, Say] = {
    "text": _often,
    "date": french_date,
    "time": _time,
    "phone": lambda value: guard(show_phone(value)),
}
_CODED: Mapping[str, Say] = {
    "text": guard,
    "date": lambda value: str(value.isoformat()),
    "time": lambda value: str(value.astimezone(LOCAL).isoformat(timespec="minutes")),
    "number": lambda value: guard(str(value)),
    "phone": guard,
}
