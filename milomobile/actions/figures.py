"""The figures of a period that this laptop can tell (domain.md 5.3)."""

from datetime import date

from sqlalchemy import Connection

from milomobile.actions.open import Profile
from milomobile.domain.figures import Table
from milomobile.errors import NotReady
from milomobile.reports import figures as reports
from milomobile.reports.tables import Beside
from milomobile.store import figures, tallies

BACKWARDS = "La période finit avant de commencer. Corrigez les dates."


def tables(profile: Profile, first: date, last: date) -> tuple[Table, ...]:
    """T1 to T11 of a period, both dates included; real, save of reserved audiences. Raises NotReady where it ends before it begins."""
    if first > last:
        raise NotReady(BACKWARDS)
    with profile.store.read() as session:
        return counted(session, first, last)


def counted(session: Connection, first: date, last: date) -> tuple[Table, ...]:
    """The same inside a transaction already begun."""
    with figures.counted(session, first, last):
        beside = Beside(
            contacts=figures.contacts_before(session, first, last), people=tallies.people_by_sex(session, first, last)
        )
        return reports.tables(lambda query: figures.rows(session, query), beside)
