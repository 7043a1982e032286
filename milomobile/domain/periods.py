"""The days that a report covers: weeks, months, quarters, the project; and how a period is cut for a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milomobile.domain.dates import MONTHS

KINDS: Sequence[tuple[str, str]] = (
    ("week", "Semaine"),
    ("month", "Mois"),
    ("quarter", "Trimestre"),
    ("project", "Projet"),
    ("dates", "Dates…"),
)
SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_FEW = 16
"""Up to so many weeks are shown; a longer period goes by months."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included, and what the screen calls them."""

    first: date
    last: date
    words: str


def period(kind: str, day: date) -> Period:
    """The whole week, month or quarter that a day is in."""
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        sunday = monday + timedelta(days=6)
        return Period(monday, sunday, f"{span_of_days(monday, sunday)} {sunday.year}")
    if kind == "quarter":
        number = (day.month - 1) // 3
        first = date(day.year, number * 3 + 1, 1)
        return Period(first, month_end(date(day.year, number * 3 + 3, 1)), f"{_ORDER[number]} trimestre {day.year}")
    first = day.replace(day=1)
    return Period(first, month_end(first), f"{MONTHS[day.month - 1].capitalize()} {day.year}")


_ORDER = ("1er", "2e", "3e", "4e")


def beside(kind: str, shown: Period, forward: bool) -> Period:
    """The week, month or quarter before or after another."""
    return period(kind, shown.last + timedelta(days=1) if forward else shown.first - timedelta(days=1))


def tells_protected(first: date, last: date, began: date, today: date) -> bool:
    """Whether protected criteria may be counted over these days: a whole month, quarter or year that has passed, or from
    the first contact to the end of such a month. Periods cut at will give small counts back by subtraction.
    """
    if last >= today or last != month_end(last):
        return False
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    whole = first.day == 1 and (months == 1 or (months in (3, 12) and (first.month - 1) % months == 0))
    return whole or first <= began


def until(shown: Period, day: date) -> Period:
    """The same period, cut after a day: what is still to come has nothing to count."""
    return Period(shown.first, max(shown.first, min(shown.last, day)), shown.words)


def to_call(kind: str, shown: Period, day: date) -> Period:
    """The days that calls to come are told of: a week, month or quarter to its end; other periods, where they go up to
    today, without an end (`date.max`).
    """
    open_end = kind in ("project", "dates") and shown.last == day
    return Period(shown.first, date.max, shown.words) if open_end else shown


def in_brief(first: date, last: date, today: date) -> str:
    """« 1–24 nov. », « dès le 1er nov. » without an end; the year of a period of another."""
    said = f"dès le {number(first)}\u00a0{short_month(first)}" if last == date.max else span_of_days(first, last)
    year = first.year if last == date.max else last.year
    if first.year < year:
        return f"{span_of_days(first, first)} {first.year}–{span_of_days(last, last)} {year}"
    return said if year == today.year else f"{said} {year}"


def cut(first: date, last: date) -> tuple[bool, list[Period]]:
    """A period cut by weeks (True), from Monday, or by months where these would be too many.

    A name says the month only where it is another than that of the bar before.
    """
    by_week = (last - first).days < 7 * _FEW
    found: list[Period] = []
    start = first
    while start <= last:
        end = min(start + timedelta(days=6 - start.weekday()) if by_week else month_end(start), last)
        found.append(
            Period(
                start, end, _short(start, end, found[-1].last if found else None) if by_week else _month(start, found)
            )
        )
        start = end + timedelta(days=1)
    return by_week, found


def _short(start: date, end: date, before: date | None) -> str:
    if before and before.month == start.month == end.month:
        return number(end) if start == end else f"{number(start)}–{number(end)}"
    return span_of_days(start, end)


def _month(start: date, before: Sequence[Period]) -> str:
    year = f"\u00a0{start.year}" if before and start.month == 1 else ""
    return short_month(start) + year


def month_end(day: date) -> date:
    """The last day of a month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def short_month(day: date) -> str:
    """« nov. »."""
    return SHORT[day.month - 1]


def span_of_days(first: date, last: date) -> str:
    """« 2–8 nov. », « 30 nov.–6 déc. », or one day."""
    end = f"{number(last)}\u00a0{short_month(last)}"
    if first == last:
        return end
    start = number(first) if first.month == last.month else f"{number(first)}\u00a0{short_month(first)}"
    return f"{start}–{end}"


def number(day: date) -> str:
    """« 24 », « 1er »."""
    return "1er" if day.day == 1 else str(day.day)


def in_words(first: date, last: date) -> str:
    """« du 1er au 24 novembre 2026 », « du 28 déc. 2026 au 3 janv. 2027 », « le 24 novembre 2026 »."""
    end = f"{number(last)} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return f"le {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"du {number(first)} au {end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"du {number(first)} {MONTHS[first.month - 1]}{year} au {end}"
