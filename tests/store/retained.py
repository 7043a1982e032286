"""A laptop whose lines were sent and have aged, for the tests of retention."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, text, update

from milomobile import reference
from milomobile.actions import report
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.reading import read
from milomobile.store import settings
from milomobile.store.directory_tables import Referral
from milomobile.store.law_tables import Tally
from milomobile.store.tables import Appointment, Correction, Encounter, Outbox, Person, PersonKey


def keep(profile: Profile, *lines: dict[str, Any], now: datetime) -> list[str]:
    """Registers lines; returns whom they are of."""
    kept = []
    for one in lines:
        record, found = read(one, reference.lists(), now)
        assert record, found
        kept.append(register(profile, record, now).person or "")
    return kept


def nobody(profile: Profile) -> None:
    """Nobody was ever met."""
    with profile.store.write() as session:
        for table in (Appointment, Correction, Referral, Encounter, PersonKey, Person, Tally):
            session.execute(delete(table))
        session.execute(text("DELETE FROM person_search"))


def age(profile: Profile, now: datetime, *, but: Iterable[int] = ()) -> None:
    """All that waits was taken, was held by a backup for a week, and is emptied; and that is the time of now."""
    here = Outbox.seq.not_in(list(but))
    with profile.store.write() as session:
        session.execute(update(Outbox).where(here).values(state="sent", line=None, emptied_at=now))
        clock = round(now.timestamp() * 1000)
        settings.put(session, {"kept_clock": f"{clock} {clock} {clock}"})


def figures(profile: Profile, first: date, last: date) -> dict[Any, dict[str, int]]:
    """The figures of every day and of every month from one day to another."""
    found: dict[Any, dict[str, int]] = {}
    day = first
    while day <= last:
        found[day] = report.figures(profile, day, day)
        start = day.replace(day=1)
        end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        if (start, end) not in found:
            found[start, end] = report.figures(profile, start, end)
        day += timedelta(days=1)
    return found
