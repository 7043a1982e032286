"""The figures of a period that this laptop can tell (domain.md 5.3)."""

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy import Connection

from milomobile.actions.open import Profile
from milomobile.domain.figures import Table
from milomobile.errors import NotReady
from milomobile.reports import figures as reports
from milomobile.reports.tables import Beside, rows
from milomobile.store import figures, tallies

BACKWARDS = "La période finit avant de commencer. Rien n’est compté. Corrigez les dates."


def tables(profile: Profile, first: date, last: date) -> tuple[Table, ...]:
    """T1 to T11 of a period, both dates included; real, save of reserved audiences. Raises NotReady where it ends before it begins."""
    return with_sent_on(profile, first, last)[0]


def with_sent_on(
    profile: Profile, first: date, last: date, stopped: Callable[[], bool] | None = None
) -> tuple[tuple[Table, ...], tuple[int, int]]:
    """The same; and people given something to go on with at least once, of those whose outcome is known here.

    Raises Cancelled once `stopped` says that somebody waits.
    """
    if first > last:
        raise NotReady(BACKWARDS)
    with profile.store.read(stopped) as session, figures.counted(session, first, last):
        ((sent_on, known),) = rows(partial(figures.rows, session), "sent on")
        return _made(session, first, last), (sent_on, known)


def counted(session: Connection, first: date, last: date) -> tuple[Table, ...]:
    """The same inside a transaction already begun."""
    with figures.counted(session, first, last):
        return _made(session, first, last)


def _made(session: Connection, first: date, last: date) -> tuple[Table, ...]:
    beside = Beside(
        contacts=figures.contacts_before(session, first, last), people=tallies.people_by_sex(session, first, last)
    )
    return reports.tables(partial(figures.rows, session), beside)
