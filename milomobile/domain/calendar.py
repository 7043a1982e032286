"""Days and hours at which a Mission Locale of Moselle is closed: what an appointment is warned about, never refused for."""

from datetime import date, datetime
from functools import cache

from milomobile.domain.dates import DAYS, LOCAL, french_time, long_date

OPEN = range(8, 19)
"""Hours at which an appointment can begin (ux/DESIGN 9)."""


@cache
def _holidays(year: int) -> dict[date, str]:
    import holidays

    return dict(holidays.country_holidays("FR", subdiv="57", years=year, language="fr"))


def holiday(day: date) -> str | None:
    """The name of a public holiday in Moselle, where Good Friday and 26 December are two more, or None."""
    return _holidays(day.year).get(day)


def closed(day: date) -> str | None:
    """Why nobody is there on a day, as a sentence, or None."""
    name = holiday(day)
    if name:
        return f"Le {long_date(day)} est férié en Moselle ({name})."
    if day.weekday() >= 5:
        return f"C’est un {DAYS[day.weekday()]}."
    return None


def meeting_doubt(at: datetime) -> str | None:
    """What to look at again in an appointment, as one sentence, or None."""
    local = at.astimezone(LOCAL)
    said = closed(local.date())
    if said is None and local.hour not in OPEN:
        said = f"À {french_time(at)}, la Mission Locale est fermée."
    return f"{said} Vérifiez." if said else None
