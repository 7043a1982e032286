"""The contacts of a period as the figures count them (`domain.facts`), and what was counted before it went."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from milomobile.domain import audiences, facts, retention
from milomobile.store.law_tables import Tally


def _codes(codes: Collection[str]) -> str:
    return "(" + ", ".join(f"'{code}'" for code in codes) + ")"


_PARTS = """
WITH RECURSIVE chain(id, root) AS (
    SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL
    UNION SELECT chain.id, person.merged_into FROM chain
    JOIN person ON person.id = chain.root AND person.merged_into IS NOT NULL
), part AS (
    SELECT chain.id, chain.root FROM chain JOIN person ON person.id = chain.root AND person.merged_into IS NULL
), circle AS (
    SELECT part.root, max(person.handover = '{attached}') AS attached, max(person.scheme) AS scheme
    FROM part JOIN person ON person.id = part.id GROUP BY part.root
)"""
"""Files found to be of one person: whom each is at last, and what those that are part of hers say for her."""

_SEEN = """, seen AS (
    SELECT person_id AS id FROM encounter WHERE day BETWEEN :first AND :last
    UNION SELECT part.root FROM part WHERE part.id IN (SELECT person_id FROM encounter WHERE day BETWEEN :first AND :last)
), whom AS (
    SELECT id FROM seen UNION SELECT part.id FROM part WHERE part.root IN (SELECT id FROM seen)
)"""
"""Whom was met in a period, in all their files: of a short one it is quicker to look at their encounters alone."""

_MET = """, met AS (
    SELECT CAST(coalesce(part.root, encounter.person_id) AS TEXT) AS root, min(encounter.at || encounter.id) AS first,
        min(coalesce(encounter.first_met, 1)) AS begins,
        max(CASE WHEN encounter.day BETWEEN :first AND :last THEN encounter.at || encounter.id END) AS last
    FROM encounter LEFT JOIN part ON part.id = encounter.person_id
    WHERE encounter.person_id {known} GROUP BY 1
), meeting AS (
    SELECT encounter_id, max(coalesce(status, '') = '{present}') AS present FROM appointment
    WHERE encounter_id {taken} AND coalesce(status, '') <> '{not_kept}' GROUP BY encounter_id
), counted AS (
    SELECT encounter.*, place.name AS place, person.id AS root, met.last, met.first, met.begins,
        person.sex AS person_sex, person.commune, nullif(person.qpv, '') AS qpv, nullif(person.qpv_status, '') AS qpv_status,
        person.handover, coalesce(person.scheme, circle.scheme) AS scheme, circle.attached, meeting.present,
        encounter.kind = 'named' AS named, nullif(encounter.category, '') AS situation,
        CASE WHEN person.birth_date IS NULL THEN person.stated_age ELSE
            substr(encounter.day, 1, 4) - substr(person.birth_date, 1, 4)
            - (substr(encounter.day, 6) < substr(person.birth_date, 6)) END AS age
    FROM encounter JOIN place ON place.id = encounter.place_id
    LEFT JOIN part ON part.id = encounter.person_id
    LEFT JOIN person ON person.id = coalesce(part.root, encounter.person_id)
    LEFT JOIN circle ON circle.root = person.id
    LEFT JOIN met ON met.root = person.id
    LEFT JOIN meeting ON meeting.encounter_id = encounter.id
    WHERE encounter.day BETWEEN :first AND :last
)"""

_SAYS = {
    "women": "CASE WHEN kind = 'group' THEN women ELSE 0 END",
    "men": "CASE WHEN kind = 'group' THEN men ELSE 0 END",
    "unspecified": "CASE WHEN kind = 'group' THEN unspecified ELSE 0 END",
    "person": "root",
    "latest": "coalesce(at || id = last, 0)",
    "first_met": "named AND (CASE WHEN root IS NULL THEN coalesce(first_met, 0) ELSE at || id = first AND begins END)",
    "reduced": "named AND (reduced_at IS NOT NULL OR root IS NULL)",
    "sex": "CASE WHEN kind = 'group' THEN NULL WHEN root IS NOT NULL THEN person_sex WHEN named THEN"
    " CASE WHEN women THEN 'F' WHEN men THEN 'M' ELSE 'NSP' END ELSE sex END",
    "age_band": "CASE WHEN root IS NULL THEN age_band WHEN age IS NULL THEN NULL WHEN age <= 15 THEN 'MOINS_16'"
    " WHEN age <= 17 THEN '16-17' WHEN age <= 21 THEN '18-21' WHEN age <= 25 THEN '22-25' WHEN age <= 29 THEN '26-29'"
    " ELSE '30_PLUS' END",
    "minor": "age < 18",
    "category": "situation",
    "neet": f"situation IN {_codes(audiences.IDLE)}",
    "drop_out": "age >= 16 AND situation <> 'SCOLARITE' AND CASE WHEN diploma IS NULL OR diploma IN"
    f" {_codes(audiences.LEVEL_UNKNOWN)} THEN NULL ELSE diploma IN {_codes(audiences.BELOW_CAP)} END",
    "unfollowed": "NOT (CASE registered_ft WHEN 'O' THEN 1 WHEN 'N' THEN 0 END"
    " AND CASE last_contact WHEN 'PLUS_5_MOIS' THEN 0 WHEN 'JAMAIS' THEN 0 WHEN 'MOINS_5_MOIS' THEN 1 END)",
    "homeless": f"CASE WHEN housing = 'NSP' THEN NULL ELSE housing IN {_codes(audiences.NO_HOME)} END",
    "district": "CASE WHEN qpv_status IN ('NON', 'A_VERIFIER') THEN qpv_status ELSE coalesce(qpv, qpv_status) END",
    "qpv": "CASE qpv_status WHEN 'OUI' THEN 1 WHEN 'NON' THEN 0 END",
    "attached": f"coalesce(handover = '{facts.ATTACHED}', 0) OR coalesce(attached, 0)",
    "meeting": "present IS NOT NULL",
    "present": "coalesce(present, 0)",
}
"""Columns that are more than one of `counted`; the rules of `domain.audiences` in SQL, where unknown is NULL."""
_SHORT = timedelta(days=100)


def _fill(seen: str, known: str, taken: str) -> str:
    columns = ", ".join(_SAYS.get(name, name) for name in facts.COLUMNS)
    return f"INSERT INTO contact_facts {_PARTS}{seen}{_MET} SELECT {columns} FROM counted".format(
        attached=facts.ATTACHED, present=facts.PRESENT, not_kept=facts.NOT_KEPT, known=known, taken=taken
    )


_THEN = "IN (SELECT id FROM encounter WHERE day BETWEEN :first AND :last)"
_FILL_SHORT = _fill(_SEEN, "IN (SELECT id FROM whom)", _THEN)
_FILL_LONG = _fill("", "IS NOT NULL", "IS NOT NULL")
_WHERE_IT_WAS = """
INSERT INTO passed
SELECT outing.day, place.name FROM stop JOIN outing ON outing.id = stop.outing_id JOIN place ON place.id = stop.place_id
WHERE outing.day BETWEEN :first AND :last UNION SELECT day, place FROM contact_facts"""
_TABLES = ("contact_facts", "passed")


@contextmanager
def counted(session: Connection, first: date, last: date) -> Iterator[None]:
    """Within it the tables `contact_facts` and `passed` hold a period, both dates included; in memory alone."""
    period = {"first": first.isoformat(), "last": last.isoformat()}
    drop_all(session)
    try:
        for create in (facts.CREATE, facts.CREATE_PASSED):
            session.exec_driver_sql(create)
        session.exec_driver_sql(_FILL_SHORT if last - first <= _SHORT else _FILL_LONG, period)
        session.exec_driver_sql(_WHERE_IT_WAS, period)
        yield
    finally:
        drop_all(session)


def drop_all(session: Connection) -> None:
    """Takes them away."""
    for table in _TABLES:
        session.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")


def rows(session: Connection, query: str) -> Sequence[Any]:
    """What one of the tables' SQL texts finds."""
    return session.exec_driver_sql(query).fetchall()


def contacts_before(session: Connection, first: date, last: date) -> dict[tuple[str, str], int]:
    """What was counted before it went: (fact, value) → contacts of the whole months of a period."""
    whole = (Tally.month.between(*retention.whole_months(first, last)), func.length(Tally.month) == len("2026-11"))
    query = select(Tally.fact, Tally.value, func.sum(Tally.contacts)).where(*whole)
    return {(fact, value): many for fact, value, many in session.execute(query.group_by(Tally.fact, Tally.value))}
