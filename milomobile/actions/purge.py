"""Retention: what must go from this laptop, shown first, then taken out, a batch at a time."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from milomobile import logs
from milomobile.actions.home import territory_in
from milomobile.actions.open import Profile
from milomobile.domain import journal as journal_rules
from milomobile.domain import retention
from milomobile.domain.dates import LOCAL
from milomobile.domain.people import abroad
from milomobile.domain.retention import Purged
from milomobile.errors import Trouble
from milomobile.store import ageing, engine, erasing, journal, purging, sending, settings
from milomobile.store.purging import Circle

_AT_ONCE = 50
"""People in one transaction: whoever registers meanwhile waits for no more."""
_PAUSE = 0.12
"""Seconds between two batches: longer than SQLite sleeps before it looks again whether it may write (100 ms)."""
_MONTHS, _JOURNAL_MONTHS, _TO_COMPACT = "keep_months", "journal_months", "to_compact"
_SETTINGS = {
    _MONTHS: (retention.KEPT, retention.KEPT_LEAST, retention.KEPT_MOST),
    _JOURNAL_MONTHS: (journal_rules.KEPT, journal_rules.KEPT_LEAST, journal_rules.KEPT_MOST),
}


def preview(profile: Profile, now: datetime, stopped: Callable[[], bool] | None = None) -> Purged:
    """What `purge` would take out now. Raises Cancelled once `stopped` says that somebody waits."""
    with profile.store.read(stopped) as session:
        at, day = _time(session, now), now.astimezone(LOCAL).date()
        circles, left = purging.find(session, at, _months(session, _MONTHS))
        return Purged(
            erased=sum(circle.erased for circle in circles),
            reduced=sum(not circle.erased for circle in circles),
            encounters=purging.count_unlinked(session, circles),
            journal=journal.count_before(session, _journal_limit(session, at)),
            sought=purging.count_lists(session, day),
            left=left,
            drafts=sending.count_drafts(session),
        )


def purge(profile: Profile, now: datetime, stopped: Callable[[], bool] = lambda: False) -> Purged:
    """Takes out what must go, until `stopped` says that somebody waits; what is left goes the next time.

    Each batch is whole or not at all; the figures of what goes are kept with it. Then the file is written anew.
    Raises Cancelled where it was stopped while it looked.
    """
    done, unlinked = preview(profile, now, stopped), 0
    if done.some:
        with profile.store.write() as session:
            at, day = _time(session, now), now.astimezone(LOCAL).date()
            months = _months(session, _MONTHS)
            purging.drop_remarks(session, retention.months_before(at.astimezone(LOCAL).date(), months))
            purging.drop_lists(session, day)
            journal.drop(session, _journal_limit(session, at))
            journal.write(session, now, profile.adviser_id, "purge")
            settings.put(session, {_TO_COMPACT: "yes"})
            if done.erased:
                erasing.outdate_copies(session)
        erased, reduced, unlinked = _circles(profile, at, months, stopped)
        done = replace(done, erased=erased, reduced=reduced, encounters=unlinked)
        logs.note("purge", people=done.erased, encounters=done.encounters)
    if not stopped():
        _compact(profile)
    return done


def _circles(profile: Profile, at: datetime, months: int, stopped: Callable[[], bool]) -> tuple[int, int, int]:
    """(names erased, files reduced, encounters without a person from then on)."""
    erased = reduced = unlinked = 0
    with profile.store.read(stopped) as session:
        stamp, (circles, _) = purging.stamp(session), purging.find(session, at, months)
    for turn, batch in enumerate(circles[start : start + _AT_ONCE] for start in range(0, len(circles), _AT_ONCE)):
        if turn:
            time.sleep(_PAUSE)
        if stopped():
            break
        with profile.store.write() as session:
            still: set[Circle] = set(circles)
            if purging.stamp(session) != stamp:
                still = set(purging.find(session, at, months)[0])
            now = [circle for circle in batch if circle in still]
            unlinked += purging.carry_out(session, now, at, _outside(session))
        erased += sum(circle.erased for circle in now)
        reduced += sum(not circle.erased for circle in now)
    return erased, reduced, unlinked


def _outside(session: Connection) -> Callable[[Any], bool]:
    territory = territory_in(session)
    return lambda row: territory.outside(row.commune, abroad(row.country), row.structure)


def _compact(profile: Profile) -> None:
    """Where something went since the last time, and there is room: else the next time."""
    file = profile.folder / engine.FILE
    with profile.store.read() as session:
        if not settings.get(session, _TO_COMPACT):
            return
    profile.store.forget()
    if shutil.disk_usage(profile.folder).free < 3 * file.stat().st_size:
        return
    try:
        profile.store.compact()
    except Trouble:
        return
    with profile.store.write() as session:
        settings.put(session, {_TO_COMPACT: ""})


def _time(session: Connection, now: datetime) -> datetime:
    """This laptop's, but never beyond the last sending's: a clock put forward three years takes nobody out."""
    sent = ageing.time(session)
    return min(now, sent.astimezone(now.tzinfo)) if sent else now


def durations(profile: Profile) -> tuple[int, int]:
    """Months that names stay after the last encounter, and that the journal's lines stay."""
    with profile.store.read() as session:
        return _months(session, _MONTHS), _months(session, _JOURNAL_MONTHS)


def keep_for(profile: Profile, names: int, lines: int, now: datetime) -> None:
    """Sets both, within what the law lets choose."""
    with profile.store.write() as session:
        settings.put(session, {_MONTHS: str(names), _JOURNAL_MONTHS: str(lines)})
        journal.write(session, now, profile.adviser_id, "change", "keep_months")


def _months(session: Connection, name: str) -> int:
    usual, least, most = _SETTINGS[name]
    said = settings.get(session, name) or ""
    return min(most, max(least, int(said))) if said.isdecimal() else usual


def _journal_limit(session: Connection, at: datetime) -> datetime:
    day = retention.months_before(at.astimezone(LOCAL).date(), _months(session, _JOURNAL_MONTHS))
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)
