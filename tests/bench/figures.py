"""All eleven tables over many contacts, against eleven scans of the same encrypted rows that read every column."""

import time
from datetime import date

from sqlalchemy import Connection

from milomobile.actions import figures
from milomobile.actions.open import Profile
from milomobile.store.tables import Encounter

EVER = (date(2000, 1, 1), date(2100, 1, 1))
_COLUMNS = " + ".join(f"count({column.name})" for column in Encounter.__table__.columns)


def counting(profile: Profile) -> dict[str, float]:
    """Seconds of the tables over everything, and of the last month alone; the bound is SQLite's own, without Python."""
    with profile.store.read() as session:
        scan = min(_scan(session) for _ in range(5))
        rows = session.exec_driver_sql("SELECT count(*) FROM encounter").scalar_one()
    last = _last(profile)
    ours = min(_timed(profile, *EVER) for _ in range(3))
    month = min(_timed(profile, last.replace(day=1), last) for _ in range(3))
    return {
        "contacts": rows,
        "ratio": ours / (11 * scan),
        "target": 1.5,
        "seconds": ours,
        "scan_seconds": scan,
        "last_month_seconds": month,
    }


def _scan(session: Connection) -> float:
    began = time.perf_counter()
    session.exec_driver_sql(f"SELECT {_COLUMNS} FROM encounter NOT INDEXED").scalar_one()
    return time.perf_counter() - began


def _last(profile: Profile) -> date:
    with profile.store.read() as session:
        return date.fromisoformat(session.exec_driver_sql("SELECT max(day) FROM encounter").scalar_one())


def _timed(profile: Profile, first: date, last: date) -> float:
    began = time.perf_counter()
    figures.tables(profile, first, last)
    return time.perf_counter() - began
