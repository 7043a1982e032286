"""The month's report for the funder: the programme's pace, charts and the tables T1 to T11, small counts hidden."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from milomobile.domain import charting, periods
from milomobile.domain.charting import Chart, Kind, Mark, told
from milomobile.domain.dates import MONTHS, french_date, french_time
from milomobile.domain.figures import Line, Table, rate, shown
from milomobile.domain.notice import Office
from milomobile.domain.programme import Forecast, Goal, foretold, pace
from milomobile.reports import charts, paper, plots

_HALF, _WHOLE = 410, 850
"""Widths of charts in pixels; on paper 410 of them are 84 mm."""
_COUNTED = ("Contacts", "Nominatifs", "Nouveaux", "Jeunes")
_ZEROS = "Les lignes à zéro des longs tableaux ne sont pas imprimées."
_SHORT = 9
"""Up to so many lines of a table all are printed."""


@dataclass(frozen=True)
class MonthBook:
    """A month, or what of it has passed: its tables with real figures, when people were met, the programme."""

    first: date
    last: date
    tables: Sequence[Table]
    met: Sequence[plots.Place]
    goal: Goal
    forecast: Forecast | None


def file_name(day: date) -> str:
    """« milo_mois_2026-11_v1.pdf »."""
    return f"milo_mois_{day:%Y-%m}_v1.pdf"


def pdf(book: MonthBook, office: Office, at: datetime) -> bytes:
    """The pages, A4. What is printed is only what may leave (`domain.suppression`)."""
    tables, every = plots.leaving(book.tables, book.met, book.first, book.last)
    drawn = [chart for chart in every if any(cell for mark in chart.marks for cell in mark.cells)]
    often = Counter(note for table in tables for note in table.notes)
    common = [note for note, many in often.items() if many > 1]
    name = f"{MONTHS[book.first.month - 1]} {book.first.year}"
    title = f"Rapport {'d’' if name[0] in 'ao' else 'de '}{name}"
    days = periods.in_words(book.first, book.last)
    return paper.pdf(
        "month",
        {
            "title": title,
            "office": office.name,
            "address": [line for line in (office.name, office.town, office.phone) if line],
            "foot": f"Milo Mobile, données d’un poste, fait le {french_date(at.date())} à {french_time(at)}",
            "numbered": True,
            "under": " · ".join(part for part in (book.goal.name, f"Rencontres {days}") if part),
            "counts": _counts(tables),
            "pace": _pace(book),
            "goal": _picture(_goal(book.goal), _WHOLE),
            "charts": [_picture(chart, _WHOLE if chart.kind == Kind.HEAT else _HALF) for chart in drawn],
            "notes": [*common, _ZEROS],
            "tables": [_table(table, common) for table in tables],
        },
        at,
    )


def _counts(tables: Sequence[Table]) -> list[tuple[str, str]]:
    first = next(table for table in tables if table.code == "T1")
    cells = first.total.cells if first.total else (0,) * len(first.columns)
    return [(name, shown(cells[first.columns.index(name)])) for name in _COUNTED]


def _pace(book: MonthBook) -> list[str]:
    goal = book.goal
    reached = f"Depuis le début\u00a0: {told(goal.reached)} jeunes sur {told(goal.target)}, {pace(goal)}."
    return [reached, *([f"{foretold(book.forecast)}."] if book.forecast else [])]


def _goal(goal: Goal) -> Chart:
    mark = Mark("Jeunes", (goal.reached, goal.target))
    return Chart("goal", Kind.GOAL, "Objectif", ("inscrits", "objectif"), (mark,), expected=goal.expected)


def _picture(chart: Chart, width: int) -> dict[str, Any]:
    drawn = charts.draw(chart, charts.PRINT, width)
    words = "; ".join(charting.words(chart, number) for number in range(len(chart.marks)))
    return {"svg": drawn.svg, "words": words, "title": chart.title, "note": chart.note, "wide": width == _WHOLE}


def _table(table: Table, common: Collection[str]) -> dict[str, Any]:
    short = len(table.lines) <= _SHORT
    kept = [line for line in table.lines if short or any(cell != 0 for cell in line.cells)]
    return {
        "title": f"{table.code} – {table.title}",
        "heads": ["", *table.columns],
        "rows": list(_rows(kept or table.lines[:1], table)),
        "shares": [f"{share.label}\u00a0: {rate(table, share)}" for share in table.shares],
        "notes": [note for note in table.notes if note not in common],
    }


def _rows(lines: Sequence[Line], table: Table) -> Iterator[dict[str, Any]]:
    above = {line.part_of for line in table.lines if line.part_of}
    for line in [*lines, *([table.total] if table.total else [])]:
        cells = [line.label, *map(shown, line.cells)]
        yield {"cells": cells, "inside": bool(line.part_of), "strong": line is table.total or line.code in above}
