"""What the office's files are made of, out of the states of all laptops: rows as `milomobile.reports` reads them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, select

from milomobile.domain.dates import LOCAL
from sync.server import merge, office
from sync.server.facts import aged
from sync.server.kinds import day, moment, readable
from sync.server.tables import Entity

_AT_ONCE = 500
Said = Mapping[str, Any]
_CODES = "age_band origin known outcome".split()
_SITUATION = "category inactive_since level diploma registered_ft".split()
_PERSON = (
    "given_name birth_name stated_age sex phone email postal_code commune qpv qpv_status handover imilo_number".split()
)
_TYPED = (
    "sex birth_name usual_name given_name birth_place birth_country address postal_code commune phone email".split()
)
_CALLED = "birth_name given_name stated_age phone email preference".split()


@dataclass(frozen=True)
class _Met:
    """An encounter that took place: when, its id, and whom it was with at last."""

    at: datetime
    id: str
    person: str | None
    said: Said

    @property
    def day(self) -> date:
        return self.at.astimezone(LOCAL).date()


class Known:
    """The states behind the files of a period, read in pieces: people and encounters are never all in memory."""

    def __init__(self, session: Connection) -> None:
        self._session = session
        self._into = office.merged(session)
        self._parts: dict[str, list[str]] = {}
        for part in self._into:
            self._parts.setdefault(office.last(part, self._into), []).append(part)
        self._places = dict(_all(session, "place"))
        self._order = sorted(self._met())

    def _met(self) -> Iterator[tuple[datetime, str, str | None]]:
        for id, said in _all(self._session, "encounter"):
            at = moment(said.get("at"))
            if at is not None and not said.get("withdrawn"):
                of = said.get("person") if said.get("kind") == "named" else None
                yield at, id, office.last(str(of), self._into) if of else None

    def between(self, first: date, last: date) -> list[tuple[datetime, str, str | None]]:
        """(when, id, whom) of each encounter of a period, oldest first."""
        return [one for one in self._order if first <= one[0].astimezone(LOCAL).date() <= last]

    def met(self, wanted: Sequence[tuple[datetime, str, str | None]]) -> Iterator[tuple[_Met, Said | None]]:
        """Those encounters with what is known of the person, in order; None of somebody erased or of nobody."""
        for start in range(0, len(wanted), _AT_ONCE):
            piece = wanted[start : start + _AT_ONCE]
            encounters = _some(self._session, "encounter", [id for _, id, _ in piece])
            people = self.people({who for _, _, who in piece if who})
            for at, id, who in piece:
                yield _Met(at, id, who, encounters[id]), people.get(who or "")

    def people(self, roots: set[str]) -> dict[str, Said]:
        """What people are shown as: their own answers, and what only files found to be theirs tell."""
        shown = _some(self._session, "person", [one for root in roots for one in (root, *self._parts.get(root, ()))])
        whole: dict[str, Said] = {}
        for root in roots & shown.keys():
            answers: dict[str, Any] = {}
            every = [shown.get(id, {}) for id in (*sorted(self._parts.get(root, ())), root)]
            for one in every:
                answers |= {name: said for name, said in one.items() if said not in (None, "", [], {})}
            whole[root] = answers | {name: any(one.get(name) for one in every) for name in merge.LIMITS}
        return whole

    def meetings(self) -> dict[str, Said]:
        """The appointment taken at each encounter."""
        return {str(said["encounter"]): said for _, said in _all(self._session, "appointment") if said.get("encounter")}

    def aged(self) -> set[str]:
        """Encounters whose person went because their time had passed: they stay named ones, without a name."""
        return aged(self._session)

    def place(self, id: object) -> Said:
        """What is known of a place."""
        return self._places.get(str(id), {"name": str(id or "")})


def contacts(known: Known, wanted: Sequence[tuple[datetime, str, str | None]]) -> Iterator[Any]:
    """A row an encounter, for `reports.contacts`; who limited the use of their file or objected has no name, and is `hidden`.

    Whoever asked to be erased was met without a name, as in the figures and on the laptops.
    """
    meetings, aged = known.meetings(), known.aged()
    for met, who in known.met(wanted):
        said, place = met.said, known.place(met.said.get("place"))
        erased = said.get("kind") == "named" and met.person is None and met.id not in aged
        person: Said = who if who and usable(who) else {}
        meeting = meetings.get(met.id, {}) if person else {}
        situation: Said = said.get("situation") or {}
        sex = (who or {}).get("sex") if said.get("kind") == "named" else said.get("sex")
        yield SimpleNamespace(
            kind="anonymous" if erased else said.get("kind"),
            day=met.day,
            **_counts(said, sex),
            **{name: said.get(name) for name in _CODES},
            **{name: situation.get(name) for name in _SITUATION},
            needs=json.dumps(said.get("needs") or []),
            sex=sex,
            recall_on=day(said.get("recall_on")),
            notice_how=(said.get("notice") or {}).get("how"),
            place=place.get("name"),
            setting=said.get("setting") or place.get("setting"),
            place_commune=place.get("commune"),
            place_qpv=place.get("qpv"),
            adviser=said.get("adviser"),
            person_birth_date=day(person.get("birth_date")),
            **{f"person_{name}": person.get(name) for name in _PERSON},
            meeting_at=moment(meeting.get("at")),
            meeting_place=meeting.get("place"),
            hidden=who is not None and not usable(who),
        )


def _counts(said: Said, sex: object) -> dict[str, int]:
    if said.get("kind") == "group":
        return {name: said.get(name) or 0 for name in ("women", "men", "unspecified")}
    return {"women": int(sex == "F"), "men": int(sex == "M"), "unspecified": int(sex not in ("F", "M"))}


def handovers(known: Known, wanted: Sequence[tuple[datetime, str, str | None]]) -> Iterator[Any]:
    """A row a person met who is still to be handed over, by when they were last met, for `reports.handovers`.

    None of whoever limited the use of their file or objected.
    """
    for met, person in known.met(_last_of_each(wanted)):
        if person and not usable(person):
            yield None
        elif person and person.get("handover") == "A_RATTACHER":
            guardian, situation = person.get("guardian") or {}, met.said.get("situation") or {}
            yield SimpleNamespace(
                id=met.person,
                **{name: person.get(name) for name in _TYPED},
                birth_date=day(person.get("birth_date")),
                guardian_name=guardian.get("name"),
                guardian_phone=guardian.get("phone"),
                category=situation.get("category"),
                level=situation.get("level"),
            )


def recalls(known: Known, first: date, last: date) -> Iterator[Any]:
    """A row a person to call back in a period and not met since they asked for it, for `reports.calls`."""
    found = []
    for met, person in known.met(_last_of_each(known.between(date.min, date.max))):
        due = day(met.said.get("recall_on"))
        if person and due and first <= due <= last and usable(person):
            agrees = person.get("agrees") or {}
            found.append(
                SimpleNamespace(
                    id=met.person,
                    recall_on=due,
                    **{name: person.get(name) for name in _CALLED},
                    birth_date=day(person.get("birth_date")),
                    agrees_call=agrees.get("call"),
                    agrees_sms=agrees.get("sms"),
                    day=met.day,
                    outcome=met.said.get("outcome"),
                    needs=json.dumps(met.said.get("needs") or []),
                    place=known.place(met.said.get("place")).get("name"),
                    adviser=met.said.get("adviser"),
                )
            )
    return iter(sorted(found, key=lambda one: (one.recall_on, one.day)))


def _last_of_each(
    wanted: Sequence[tuple[datetime, str, str | None]],
) -> list[tuple[datetime, str, str | None]]:
    return sorted({who: (at, id, who) for at, id, who in wanted if who}.values())


def usable(person: Said) -> bool:
    """Whether nobody limited the use of this file nor objected to it."""
    return not (person.get("restricted") or person.get("objected"))


def _all(session: Connection, entity: str) -> Iterator[tuple[str, Said]]:
    query = select(Entity.entity_id, Entity.state).where(Entity.entity == entity)
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield row.entity_id, readable(entity, merge.shown(row.state))


def _some(session: Connection, entity: str, ids: Sequence[str]) -> dict[str, Said]:
    query = select(Entity.entity_id, Entity.state).where(Entity.entity == entity, Entity.entity_id.in_(ids))
    return {row.entity_id: readable(entity, merge.shown(dict(row.state))) for row in session.execute(query)}
