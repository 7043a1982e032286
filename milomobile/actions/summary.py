"""What the page Bilan shows of a period, and who is behind a bar of it."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import consulted, figures, find, home
from milomobile.actions.open import Profile
from milomobile.actions.programme import forecast_in, goal_in
from milomobile.domain.dates import LOCAL
from milomobile.domain.figures import Table
from milomobile.domain.ground import Point, Shape
from milomobile.domain.people import Found, abroad
from milomobile.domain.summary import Summary
from milomobile.reports import ground, plots
from milomobile.store import behind as store
from milomobile.store import encounters, lists, outings, pace, settings
from milomobile.store import figures as counting

_MOST = 500
"""People listed behind a bar."""


def summary(
    profile: Profile, first: date, last: date, now: datetime, stopped: Callable[[], bool] | None = None
) -> Summary:
    """Counts and charts of a period, both dates included.

    Raises NotReady where it ends before it begins, Cancelled once `stopped` says that somebody waits.
    """
    territory = home.territory(profile)
    with profile.store.read(stopped) as session:
        goal = goal_in(session, now)
        forecast = forecast_in(session, goal, now)
        met = pace.met(session, first, last)
        homes = encounters.homes(session, first, last)
        updated = settings.get(session, "last_sync")
        where = outings.communes_of_places(session)
        placed, shapes = _told_places(session), _told_shapes(session)
    tables, (referrals, told) = figures.with_sent_on(profile, first, last, stopped)
    leaving, hidden = plots.leaving(tables, met, first, last)
    outlines = (*reference.outlines(), *shapes)
    outside = [
        many for commune, country, structure, many in homes if territory.outside(commune, abroad(country), structure)
    ]
    return Summary(
        first=first,
        last=last,
        goal=goal,
        forecast=forecast,
        encounters=sum(one[-1] for one in met),
        registrations=sum(one[-1] for one in met if one[1] == "named"),
        people=_people(tables[0]),
        referrals=referrals,
        told=told,
        charts=(*plots.charts(tables, met, first, last), ground.chart(tables[0], where, placed, outlines)),
        leaving=(*hidden, ground.chart(leaving[0], where, placed, outlines)),
        updated=datetime.fromisoformat(updated) if updated else None,
        outside=sum(outside),
    )


def _told_places(session: Connection) -> dict[str, Point]:
    """Where the office placed some places, by name."""
    found = {}
    for _, body in lists.told(session, "place"):
        with suppress(TypeError, ValueError):
            found[str(body["name"])] = float(body["lon"]), float(body["lat"])
    return found


def _told_shapes(session: Connection) -> list[Shape]:
    """The outlines that the office loaded."""
    found = []
    for code, body in lists.told(session, "shape"):
        with suppress(KeyError, TypeError, ValueError):
            rings = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in json.loads(body["rings"]))
            found.append(Shape(code, str(body["name"]), str(body["layer"]), rings[0][0], rings))
    return found


def _people(activity: Table) -> int:
    cells = activity.total.cells if activity.total else ()
    return cells[activity.columns.index("Jeunes")] or 0 if cells else 0


def behind(profile: Profile, what: str, first: date, last: date, now: datetime) -> list[Found]:
    """The people counted in a bar (`Mark.behind`) whose file is here and may be used, last met first, 500 at most.

    That their names were read is journalled.
    """
    table, _, code = what.partition(":")
    if table == "days":
        first, last = map(date.fromisoformat, code.split("/"))
        table, code = "T8", "NOMINATIFS"
    groups = reference.origin_groups()
    codes = [origin for origin, group in groups.items() if group == code] or [code]
    code, hour = _at_hour(code) if table == "place" else (code, None)
    with profile.store.read() as session, counting.counted(session, first, last):
        if hour is not None:
            table, codes = "hour", pace.within(session, first, last, hour)
        ranks = store.ranks(session, table, code, codes)
    found = [one for one in find.people_at(profile, ranks[:_MOST], now) if one]
    if found:
        consulted.names(profile, now)
    return found


def _at_hour(code: str) -> tuple[str, int | None]:
    """A place and an hour, of « Marché de Borny@14 h », or a place alone."""
    place, at, hour = code.rpartition("@")
    number = hour.removesuffix("\u00a0h")
    return (place, int(number)) if at and number.isdecimal() else (code, None)


def began(profile: Profile, now: datetime) -> date | None:
    """The first day of the programme, or of the first encounter where the office told no dates."""
    with profile.store.read() as session:
        first = pace.first_day(session)
        start = goal_in(session, now).start
    today = now.astimezone(LOCAL).date()
    return min(start, today) if start else first
