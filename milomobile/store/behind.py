"""Who is behind a bar of a chart: the people of `contact_facts` that fit, known by name and not withheld."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select, text

from milomobile.store.rights import USABLE
from milomobile.store.tables import Person

_LATEST: Mapping[str, str] = {
    "T2": "sex = :code",
    "band": "age_band = :code",
    "T3": "district = :code OR (:code = 'INCONNU' AND district IS NULL)",
    "T5": "commune = :code OR (:code = 'INCONNU' AND commune IS NULL)",
    "T6": "origin IN (SELECT value FROM json_each(:codes)) OR (:code = 'INCONNU' AND origin IS NULL AND reduced = 0)",
}
_AUDIENCES: Mapping[str, str] = {
    "NEET": "neet",
    "MINEUR": "minor",
    "DECROCHEUR": "drop_out",
    "QPV": "qpv",
    "INVISIBLE": "unfollowed",
}
_STAGES: Mapping[str, str] = {
    "NOMINATIFS": "latest = 1",
    "RDV": "meeting = 1",
    "PRESENTS": "present = 1",
    "RATTACHES": "latest = 1 AND attached = 1",
}
_FOUND = select(Person.rank).where(Person.merged_into.is_(None), USABLE).order_by(Person.rank.desc())


def ranks(session: Connection, table: str, code: str, codes: Sequence[str]) -> list[int]:
    """The ranks of those counted at a line, last met first; `codes` are the origins that one line holds
    together, or the ids of an hour's encounters.

    Whoever limited or refused the use of their file is counted, but in no list by name (RGPD art. 18 and 21). To be
    called within `store.figures.counted`.
    """
    if (fits := _fits(table, code)) is None:
        return []
    wanted = {"code": code, "codes": json.dumps(list(codes)), "quoted": f'%"{code}"%'}
    asked = text(f"SELECT person FROM contact_facts WHERE person IS NOT NULL AND ({fits})")
    within = asked.bindparams(**{name: wanted[name] for name in asked.compile().params})
    return list(session.execute(_FOUND.where(Person.id.in_(within))).scalars())


def _fits(table: str, code: str) -> str | None:
    if table == "place":
        return "place = :code"
    if table == "hour":
        return "place = :code AND id IN (SELECT value FROM json_each(:codes))"
    if table == "T8":
        return _STAGES.get(code)
    if table == "T11":
        column = _AUDIENCES.get(code)
        return "latest = 1 AND (audiences LIKE :quoted" + (f" OR {column} = 1)" if column else ")")
    return f"latest = 1 AND ({_LATEST[table]})" if table in _LATEST else None
