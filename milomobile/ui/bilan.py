"""What the page Bilan may ask of the program: a period's summary, its charts drawn, who is behind a bar, reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milomobile.domain.charting import Chart, Drawn
from milomobile.domain.people import Found
from milomobile.domain.programme import Programme
from milomobile.domain.summary import Summary


@dataclass(frozen=True)
class Bilan:
    """After unlocking, as `ui.verbs.Verbs`; `read` and the reports may run on the worker thread."""

    read: Callable[[date, date, Callable[[], bool]], Summary]
    """both dates included, until the callable says that somebody waits (Cancelled)"""
    draw: Callable[[Chart, Mapping[str, str], int, bool], Drawn]
    """chart, colours by token, width in pixels, whether its title is drawn too"""
    behind: Callable[[str, date, date], Sequence[Found]]
    """`Spot.behind`, both dates included → the people counted there who are known by name, last met first"""
    began: Callable[[], date | None]
    """the first day of the programme, or of the first encounter where the office told no dates"""
    programmes: Callable[[], Sequence[Programme]]
    choose: Callable[[str], None]
    """a programme's id"""
    day_name: Callable[[date], str]
    """a day → the file name of its report"""
    report_day: Callable[[date, Path], Path]
    """the day, a file → the PDF written"""
    month_name: Callable[[date], str]
    report_month: Callable[[date, Path], Path]
    """any day of the month, a file → the same"""
