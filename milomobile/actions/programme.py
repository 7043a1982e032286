"""Which programme the goal is of, how far it is, and how far it may come."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from milomobile.actions.open import Profile
from milomobile.domain import programme
from milomobile.domain.dates import LOCAL
from milomobile.domain.programme import Forecast, Goal, Programme
from milomobile.errors import NotOurs
from milomobile.store import journal, lists, pace, people, settings, tallies

_CHOSEN = "programme"


def programmes(profile: Profile) -> list[Programme]:
    """The office's programmes, the one that is shown first."""
    with profile.store.read() as session:
        return _told(session)


def choose(profile: Profile, id: str, now: datetime) -> None:
    """Shows another programme from now on, on this laptop. Raises NotOurs where the office has none of that id."""
    with profile.store.write() as session:
        if all(one.id != id for one in _told(session)):
            raise NotOurs(
                "Ce programme n’est plus dans la liste du bureau. Rien n’a été modifié. Choisissez-en un autre."
            )
        settings.put(session, {_CHOSEN: id})
        journal.write(session, now, profile.adviser_id, "change programme", id)


def _told(session: Connection) -> list[Programme]:
    chosen = settings.get(session, _CHOSEN)
    every = [Programme(id, str(body.get("name") or id), body) for id, body in lists.told(session, "programme")]
    return sorted(every, key=lambda one: one.id != chosen)


def goal(profile: Profile, now: datetime) -> Goal:
    """How far the programme is, by the people of this laptop and the office's dates."""
    with profile.store.read() as session:
        return goal_in(session, now)


def goal_in(session: Connection, now: datetime) -> Goal:
    """The same inside a transaction: everybody known here, but whom was met before the programme or after it."""
    told, day = _told(session), now.astimezone(LOCAL).date()
    reached = people.count(session) + tallies.gone(session)
    found = programme.goal(reached, told[0].told if told else {}, day)
    if found.start is None or found.end is None:
        return found
    before = pace.newcomers(session, date.min, found.start - timedelta(days=1))
    after = pace.newcomers(session, found.end + timedelta(days=1), date.max)
    return programme.goal(max(0, reached - sum(before.values()) - sum(after.values())), told[0].told, day)


def forecast_in(session: Connection, found: Goal, now: datetime) -> Forecast | None:
    """How far it may come, from the whole weeks since somebody was first met here or the programme began."""
    day, began = now.astimezone(LOCAL).date(), pace.first_day(session)
    if began is None or found.start is None:
        return None
    monday = day - timedelta(days=day.weekday())
    began = max(began, found.start)
    first = max(began + timedelta(days=-began.weekday() % 7), monday - timedelta(weeks=programme.WEEKS))
    new = pace.newcomers(session, first, monday - timedelta(days=1)) if first < monday else {}
    weekly = [0] * max(0, (monday - first).days // 7)
    for when, many in new.items():
        weekly[(when - first).days // 7] += many
    return programme.forecast(found, weekly, day)
