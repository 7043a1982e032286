"""The encounters of a period as the figures count them, out of the states of all laptops."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date
from typing import Any

from sqlalchemy import Connection, select

from milomobile.domain import facts
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import Situation
from milomobile.domain.facts import Fact
from sync.server import bulk, merge, office
from sync.server.kinds import day as day_of
from sync.server.kinds import moment as moment_of
from sync.server.kinds import readable
from sync.server.retention import REASON
from sync.server.tables import Entity, Erasure

_SITUATION = {field.name for field in fields(Situation)}
_UNKNOWN_PERSON = ("NSP", None, None, None, None, None, False, None)


@dataclass(frozen=True)
class _Person:
    """What the figures need of someone; `attached` and `scheme` may come from a file found to be theirs."""

    sex: str
    born: date | None
    stated: int | None
    commune: str | None
    district: str | None
    qpv: int | None
    attached: bool
    scheme: str | None


@contextmanager
def counted(session: Connection, first: date, last: date) -> Iterator[None]:
    """Within it the tables `contact_facts` and `passed` hold a period, both dates included."""
    names = _places(session)
    found = list(_facts(session, names, first, last))
    passed = {(one.day, one.place) for one in found} | set(_stops(session, names, first, last))
    _drop(session)
    try:
        for create in (facts.CREATE, facts.CREATE_PASSED):
            session.exec_driver_sql(create)
        bulk.add_plain(session, "contact_facts", facts.COLUMNS, map(facts.row, found))
        bulk.add_plain(session, "passed", ("day", "place"), sorted(passed))
        yield
    finally:
        _drop(session)


def began(session: Connection) -> date | None:
    """The day of the first encounter that took place."""
    moments = (moment_of(said.get("at")) for _, said in _shown(session, "encounter") if not said.get("withdrawn"))
    return min((at.astimezone(LOCAL).date() for at in moments if at), default=None)


def _drop(session: Connection) -> None:
    for table in ("contact_facts", "passed"):
        session.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def _facts(session: Connection, names: Mapping[str, str], first: date, last: date) -> Iterator[Fact]:
    """The encounters of a period that took place, each once."""
    into = office.merged(session)
    people, meetings, gone = _people(session, into), _meetings(session), aged(session)
    begun: dict[str, str] = {}
    ended: dict[str, str] = {}
    found: list[tuple[str, Fact]] = []
    for id, said in _shown(session, "encounter"):
        at = moment_of(said.get("at"))
        if said.get("withdrawn") or at is None:
            continue
        day, moment = at.astimezone(LOCAL).date(), at.astimezone(UTC).isoformat(timespec="milliseconds") + id
        of = said.get("person")
        root = office.last(str(of), into) if of and said.get("kind") == "named" else None
        if root:
            begun[root] = min(moment, begun.get(root, moment))
        if first <= day <= last:
            place = names.get(str(said.get("place")), str(said.get("place")))
            made = _fact(Fact(id, day.isoformat(), place, "anonymous"), said, day, root, people, id in gone)
            meeting, present = meetings.get(id, (0, 0))
            found.append((moment, replace(made, meeting=meeting, present=present)))
            if root:
                ended[root] = max(moment, ended.get(root, moment))
    for moment, fact in found:
        if fact.person:
            latest, first_met = (moment == when[fact.person] for when in (ended, begun))
            yield replace(fact, latest=int(latest), first_met=int(first_met))
        else:
            yield fact


def _fact(
    bare: Fact, said: Mapping[str, Any], day: date, root: str | None, people: Mapping[str, _Person], aged: bool
) -> Fact:
    """Somebody named whose person was erased is met without a name, save where only their time had passed."""
    if said.get("kind") == "group":
        counts: dict[str, Any] = {name: _number(said.get(name)) for name in ("women", "men", "unspecified")}
        return replace(bare, kind="group", age_band=_code(said.get("age_band")), **counts)
    if root is None:
        kind, sex = ("named", "NSP") if aged else ("anonymous", _code(said.get("sex")))
        return replace(bare, kind=kind, reduced=int(aged), sex=sex, age_band=_code(said.get("age_band")))
    who = people.get(root, _Person(*_UNKNOWN_PERSON))
    told = said.get("situation")
    answers = {name: told[name] for name in _SITUATION & told.keys()} if isinstance(told, Mapping) else {}
    situation = Situation(**answers)
    age, band = facts.band(who.born, who.stated, day)
    computed: dict[str, Any] = dict(facts.of_situation(situation, age))
    return replace(
        bare,
        kind="named",
        person=root,
        sex=who.sex,
        age_band=band,
        category=_code(situation.category),
        inactive_since=_code(situation.inactive_since),
        level=_code(situation.level),
        diploma=_code(situation.diploma),
        audiences=json.dumps(said.get("audiences") or []),
        origin=_code(said.get("origin")),
        known=_code(said.get("known")),
        outcome=_code(said.get("outcome")),
        commune=who.commune,
        district=who.district,
        qpv=who.qpv,
        attached=int(who.attached),
        scheme=who.scheme,
        **computed,
    )


def _people(session: Connection, into: Mapping[str, str]) -> dict[str, _Person]:
    """By whom someone was found to be at last: her own answers; that a file is open is also told by those part of hers."""
    found = {id: _person(said) for id, said in _shown(session, "person")}
    for id in sorted(into.keys() & found.keys()):
        root, part = office.last(id, dict(into)), found[id]
        if root in found:
            own = found[root]
            found[root] = replace(own, attached=own.attached or part.attached)
    schemes: dict[str, list[str]] = {}
    for id in into.keys() & found.keys():
        if scheme := found[id].scheme:
            schemes.setdefault(office.last(id, dict(into)), []).append(scheme)
    return {id: replace(who, scheme=who.scheme or max(schemes.get(id, [""])) or None) for id, who in found.items()}


def _person(said: Mapping[str, Any]) -> _Person:
    qpv, status, stated = _code(said.get("qpv")), _code(said.get("qpv_status")), said.get("stated_age")
    return _Person(
        sex=_code(said.get("sex")) or "NSP",
        born=day_of(said.get("birth_date")),
        stated=stated if isinstance(stated, int) else None,
        commune=_code(said.get("commune")),
        district=facts.district(qpv, status),
        qpv={"OUI": 1, "NON": 0}.get(status or ""),
        attached=said.get("handover") == facts.ATTACHED,
        scheme=_code(said.get("scheme")),
    )


def _meetings(session: Connection) -> dict[str, tuple[int, int]]:
    """Encounter → (1, whether they came to the appointment taken then); not those that were cancelled."""
    found: dict[str, tuple[int, int]] = {}
    for _, said in _shown(session, "appointment"):
        encounter, status = said.get("encounter"), said.get("status")
        if encounter and status != facts.NOT_KEPT:
            found[str(encounter)] = (1, max(found.get(str(encounter), (1, 0))[1], int(status == facts.PRESENT)))
    return found


def _places(session: Connection) -> dict[str, str]:
    return {id: str(said.get("name") or id) for id, said in _shown(session, "place")}


def _stops(session: Connection, names: Mapping[str, str], first: date, last: date) -> Iterator[tuple[str, str]]:
    """(day, place) of where the van was."""
    for _, said in _shown(session, "stop"):
        at = moment_of(said.get("opened_at"))
        if at and not said.get("withdrawn") and first <= at.astimezone(LOCAL).date() <= last:
            yield at.astimezone(LOCAL).date().isoformat(), names.get(str(said.get("place")), str(said.get("place")))


def aged(session: Connection) -> set[str]:
    """Encounters whose person went because her time had passed."""
    query = select(Erasure.entity_id).where(Erasure.entity == "encounter", Erasure.reason == REASON)
    return set(session.execute(query).scalars())


def _shown(session: Connection, entity: str) -> Iterator[tuple[str, dict[str, Any]]]:
    query = select(Entity.entity_id, Entity.state).where(Entity.entity == entity)
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield row.entity_id, readable(entity, merge.shown(row.state))


def _code(said: object) -> str | None:
    return said if isinstance(said, str) and said else None


def _number(said: object) -> int:
    return said if isinstance(said, int) else 0
