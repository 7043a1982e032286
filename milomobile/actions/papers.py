"""Reports on paper: the day's page and the month's, written as PDF."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from milomobile import reference
from milomobile.actions import figures
from milomobile.actions.open import Profile
from milomobile.actions.programme import forecast_in, goal_in
from milomobile.actions.stops import stop_of
from milomobile.domain import periods
from milomobile.domain.dates import LOCAL
from milomobile.reports import daybook, month
from milomobile.reports.daybook import DayBook, Elsewhere
from milomobile.reports.month import MonthBook
from milomobile.reports.safely import written
from milomobile.store import encounters, journal, outings, pace


def daybook_of(profile: Profile, day: date, now: datetime) -> DayBook:
    """What the day's report tells; no name of a young person is in it."""
    with profile.store.read() as session:
        met = encounters.of_day(session, day)
        outing, stops = outings.outing_of(session, day), outings.stops_of(session, day)
        elsewhere = outings.met_elsewhere(session, day, [stop.id for stop in stops])
        new = sum(pace.newcomers(session, day, day).values())
        counts = encounters.figures(session, day, day)
        programme = goal_in(session, now).name
    lists = reference.lists()
    needs = (code for row in met for code in row.needs if code != "SANTE")
    sent = sum(bool(row.sent) for row in met)
    return DayBook(
        day=day,
        programme=programme,
        team=tuple(outing.team) if outing else (),
        stops=tuple(map(stop_of, stops)),
        elsewhere=tuple(Elsewhere(*row) for row in elsewhere),
        counts=(
            ("Rencontres", counts["encounters"]),
            ("Inscriptions", counts["registrations"]),
            ("dont nouveaux", new),
            ("Anonymes", counts["anonymous"]),
            ("Groupes", counts["groups"]),
            ("Personnes", counts["people_met"]),
        ),
        needs=_counted(needs, lists["demande_exprimee"]),
        outcomes=_counted((row.outcome for row in met if row.outcome), lists["resultat_contact"]),
        sent=sent,
        waiting=len(met) - sent,
    )


def _counted(codes: Iterable[str], words: Mapping[str, str]) -> dict[str, int]:
    return dict(Counter(words.get(code, code) for code in codes))


def write_day(profile: Profile, day: date, file: Path, now: datetime, replace: bool = False) -> Path:
    """Writes the day's report, whole or not at all; returns the file. Raises NoRoom, also over a file without `replace`."""
    content = daybook.pdf(daybook_of(profile, day, now), reference.office(), now.astimezone(LOCAL))
    return _put(profile, content, file, now, "day", replace)


def _put(profile: Profile, content: bytes, file: Path, now: datetime, which: str, replace: bool) -> Path:
    """No file is there whose line is not in the journal."""
    with written(file, replace=replace) as out:
        out.write(content)
        with profile.store.write() as session:
            journal.write(session, now, profile.adviser_id, f"export report {which}")
    return file


def write_month(profile: Profile, day: date, file: Path, now: datetime, replace: bool = False) -> Path:
    """Writes the report of a day's month, up to today, as `write_day` does."""
    whole = periods.until(periods.period("month", day), now.astimezone(LOCAL).date())
    with profile.store.read() as session:
        goal = goal_in(session, now)
        forecast = forecast_in(session, goal, now)
        met = pace.met(session, whole.first, whole.last)
    tables = figures.tables(profile, whole.first, whole.last)
    book = MonthBook(whole.first, whole.last, tables, met, goal, forecast)
    content = month.pdf(book, reference.office(), now.astimezone(LOCAL))
    return _put(profile, content, file, now, "month", replace)
