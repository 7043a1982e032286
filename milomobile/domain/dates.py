"""Reading dates and times as people type them, and ages on a given day."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Paris")
"""Days and hours are those of Metz, whatever the laptop thinks."""
MONTHS: tuple[str, ...] = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
)
MONTHS += ("décembre",)
DAYS = tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split())


def read_date(text: str, today: date) -> date:
    """A date typed as 12032007, 12/3/07, 12 3 2007 or 12 mars 2007; two-digit years are the latest not after `today`.

    Raises ValueError with the sentence to show.
    """
    typed = text.strip().lower()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
        year, month, day = (int(part) for part in typed.split("-"))
        return _date(day, month, year)
    for number, name in enumerate(MONTHS, 1):
        typed = re.sub(rf"\b{name}\b", str(number), typed)
    parts = re.findall(r"\d+", typed)
    if len(parts) == 1 and len(parts[0]) in (6, 8):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) != 3 or re.search(r"[^\d\s./-]", typed) or len(parts[2]) not in (2, 4):
        raise ValueError("Écrivez la date, par exemple 12/03/2007.")
    day, month, year = (int(part) for part in parts)
    if len(parts[2]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    return _date(day, month, year)


def _date(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if 1 <= month <= 12 and 1 <= day <= 31:
            leap = f" en {year}" if (day, month) == (29, 2) else ""
            raise ValueError(f"Le {day} {MONTHS[month - 1]} n’existe pas{leap}.") from None
        raise ValueError("Écrivez la date, par exemple 12/03/2007.") from None


def read_month(text: str) -> str:
    """A month typed as 06/2024, 6 2024, juin 2024 or 2024-06 → YYYY-MM; raises ValueError with the sentence to show."""
    typed = text.strip().lower()
    for number, name in enumerate(MONTHS, 1):
        typed = re.sub(rf"\b{name}\b", str(number), typed)
    found = re.fullmatch(r"(?:(\d{1,2})[\s./-]+)?(\d{4})(?:-(\d{2}))?", typed)
    month = (found[1] or found[3]) if found else None
    if found is None or month is None or (found[1] and found[3]) or not 1 <= int(month) <= 12:
        raise ValueError("Écrivez le mois, par exemple 06/2024.")
    return f"{found[2]}-{int(month):02d}"


def read_time(text: str) -> time:
    """A time typed as 14:05, 14h05, 14 h, 1405; raises ValueError with the sentence to show."""
    found = re.fullmatch(r"(\d{1,2})\s*(?:[h:. ]\s*(\d{2})?)?|(\d{2})(\d{2})", text.strip().lower())
    hour, minute = (found[1] or found[3], found[2] or found[4] or "0") if found else ("99", "0")
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError("Écrivez l’heure, par exemple 14 h 30.")
    return time(int(hour), int(minute))


def age_on(born: date, day: date) -> int:
    """Full years on `day`; born on 29 February, one is a year older on 1 March (domain.md 1.10)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def long_date(day: date) -> str:
    """« mardi 24 novembre 2026 », the first of a month as « 1er »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=16_384)
def french_date(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def french_time(at: datetime) -> str:
    """« 14 h 05 » with unbreakable spaces, « 14 h » on the hour, in the local zone."""
    local = at.astimezone(LOCAL)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02d}" if local.minute else f"{local.hour}\u00a0h"
