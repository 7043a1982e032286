"""What a registration becomes: the columns of its rows, and the sets of the records that travel."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import WAYS, Anonymous, Group, Named, Registration

_FILE = ("referent", "scheme", "imilo_number", "structure")


def person_set(record: Named) -> dict[str, Any]:
    """What travels of a person."""
    answers = {**plain_set(vars(record.person)), "handover": record.handover, "agrees": _agreed(record)}
    return answers | nested(record, file_columns(record))


def person_columns(record: Named) -> dict[str, Any]:
    """The columns of a person that are not of `Person`: handover, agreements, guardian, and what the file needs."""
    agrees = {f"agrees_{way}": bool(getattr(record.agrees, way)) for way in WAYS}
    partners = {"agrees_partners": dict(record.agrees.partners)}
    return {"handover": record.handover, **agrees, **partners, **file_columns(record)}


def _agreed(record: Named) -> dict[str, bool]:
    return dict.fromkeys(WAYS, False) | record.agrees.said()


def file_columns(record: Named) -> dict[str, Any]:
    """The guardian and what the file needs, as columns."""
    guardian = {f"guardian_{name}": said for name, said in vars(record.guardian).items()}
    return guardian | {name: getattr(record, name) for name in _FILE}


def nested(record: Named, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Changed columns of a person as they travel: guardian and agreements each under one key."""
    flat = {name: said for name, said in columns.items() if not name.startswith(("guardian_", "agrees_"))}
    partners = "agrees_partners" in columns
    agrees = {
        way: agreed
        for way, agreed in record.agrees.said().items()
        if f"agrees_{way}" in columns or (partners and way not in WAYS)
    }
    guardian = (
        plain_set(vars(record.guardian)) if any(columns.get(f"guardian_{n}") for n in vars(record.guardian)) else {}
    )
    return plain_set(flat) | ({"guardian": guardian} if guardian else {}) | ({"agrees": agrees} if agrees else {})


def encounter_row(record: Registration, id: str, place: str, adviser: str) -> dict[str, Any]:
    """The columns of an encounter."""
    at = record.at
    row: dict[str, Any] = {
        "id": id,
        "kind": record.kind,
        "at": at,
        "day": at.astimezone(LOCAL).date(),
        "place_id": place,
    }
    row |= {"adviser_id": adviser, "women": 0, "men": 0, "unspecified": 0}
    row |= {"audiences": [], "needs": [], "barriers": [], "resources": []}
    if isinstance(record, Group):
        return row | {"women": record.women, "men": record.men, "unspecified": record.unspecified} | _band(record)
    sex = record.sex if isinstance(record, Anonymous) else record.person.sex
    row |= {"sex": sex, {"F": "women", "M": "men"}.get(sex, "unspecified"): 1, "needs": list(record.needs)}
    if isinstance(record, Anonymous):
        return row | _band(record)
    row |= {**vars(record.situation), "resources": list(record.situation.resources)}
    row |= {"origin": record.origin, "known": record.known, "outcome": record.outcome, "recall_on": record.recall_on}
    row |= {"audiences": list(record.audiences), "barriers": list(record.barriers), "comment": record.comment}
    return row | {f"notice_{name}": said for name, said in vars(record.notice).items()}


def _band(record: Anonymous | Group) -> dict[str, str | None]:
    return {"age_band": record.age_band}


def encounter_set(record: Registration, row: Mapping[str, Any], person: str | None, adviser: str) -> dict[str, Any]:
    """What travels of an encounter."""
    common = given(person=person, stop=row["stop_id"], setting=row.get("setting"))
    answers = {"kind": record.kind, "at": record.at.isoformat(), "place": row["place_id"], "adviser": adviser, **common}
    if isinstance(record, Group):
        answers |= {"women": record.women, "men": record.men, "unspecified": record.unspecified}
        return answers | given(age_band=record.age_band)
    if isinstance(record, Anonymous):
        return answers | {"sex": record.sex, "needs": list(record.needs)} | given(age_band=record.age_band)
    answers |= {name: row[name] for name in ("origin", "known", "outcome", "audiences", "needs", "barriers")}
    answers |= {"situation": plain_set(vars(record.situation)), "notice": plain_set(vars(record.notice))}
    recall = record.recall_on.isoformat() if record.recall_on else None
    return answers | given(recall_on=recall, comment=record.comment)


def given(**answers: Any) -> dict[str, Any]:
    """Without what is unknown."""
    return {name: answer for name, answer in answers.items() if answer is not None and answer != ()}


def plain_set(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is unknown; dates and times as ISO texts."""
    dated = {n: a.isoformat() if isinstance(a, date | datetime) else a for n, a in answers.items()}
    return given(**dated)
