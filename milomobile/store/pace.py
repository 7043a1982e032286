"""When people were met: by day, place and hour; and who was new."""

from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, func, select, text

from milomobile.domain.dates import LOCAL
from milomobile.store.tables import Encounter

_MET = text("""
    SELECT encounter.day AS day, encounter.kind AS kind, place.name AS place, substr(encounter.at, 1, 13) AS hour, count(*) AS many
    FROM encounter JOIN place ON place.id = encounter.place_id
    WHERE encounter.day BETWEEN :first AND :last GROUP BY 1, 2, 3, 4
""")
_NEW = text("""
    WITH RECURSIVE up(id, root) AS (
        SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL
        UNION SELECT up.id, merged_into FROM up JOIN person ON person.id = up.root WHERE merged_into IS NOT NULL
    ), parts(id, root) AS MATERIALIZED (
        SELECT up.id, up.root FROM up JOIN person ON person.id = up.root WHERE person.merged_into IS NULL
    ), met AS (
        SELECT day, at || encounter.id AS moment, first_met, coalesce(parts.root, person_id) AS root
        FROM encounter LEFT JOIN parts ON parts.id = encounter.person_id
        WHERE kind = 'named' AND day BETWEEN :first AND :last
    )
    SELECT day, count(*) AS many FROM met WHERE CASE
        WHEN root IS NULL THEN coalesce(first_met, 0)
        ELSE NOT EXISTS (
            SELECT 1 FROM encounter AS other
            WHERE other.person_id IN (SELECT root UNION ALL SELECT id FROM parts WHERE parts.root = met.root)
            AND (coalesce(other.first_met, 1) = 0 OR other.at || other.id < met.moment)
        ) END
    GROUP BY day
""")


Met = tuple[date, str, str, int, int]
"""So many encounters: (day, kind, place, hour from 0 to 23 as a clock in Metz shows, how many)."""


def met(session: Connection, first: date, last: date) -> list[Met]:
    """Every encounter of a period, both dates included, counted."""
    rows = session.execute(_MET, _between(first, last))
    return [(_day(day), kind, place, _hour(hour), many) for day, kind, place, hour, many in rows]


def within(session: Connection, first: date, last: date, hour: int) -> list[str]:
    """The ids of the encounters of a period in one hour, as a clock in Metz shows it."""
    query = text("SELECT id, substr(at, 1, 13) FROM encounter WHERE day BETWEEN :first AND :last")
    return [id for id, at in session.execute(query, _between(first, last)) if _hour(at) == hour]


@lru_cache(maxsize=4096)
def _hour(utc: str) -> int:
    return datetime.fromisoformat(f"{utc}:00+00:00").astimezone(LOCAL).hour


def newcomers(session: Connection, first: date, last: date) -> dict[date, int]:
    """How many people were met for the first time, by day; days without any are missing."""
    return {_day(row.day): row.many for row in session.execute(_NEW, _between(first, last))}


def first_day(session: Connection) -> date | None:
    """The day of the first encounter."""
    return session.execute(select(func.min(Encounter.day))).scalar()


def _between(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


@lru_cache(maxsize=4096)
def _day(said: str) -> date:
    return date.fromisoformat(said)
