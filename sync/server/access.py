"""The right of access at the office (RGPD art. 15): who is meant, and everything kept of them over all laptops."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, or_, select

from milomobile import reference as shipped
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import WAYS
from milomobile.domain.texts import plain
from milomobile.errors import Trouble
from milomobile.reports import person_file
from milomobile.reports.safely import together
from sync.server import identity, journal, merge, office
from sync.server.kinds import moment, readable
from sync.server.rows import Known
from sync.server.store import Store
from sync.server.tables import Change, Device, Entity, Journal
from sync.server.wrong import Wrong, elsewhere

_PERSON = (
    "given_name birth_name one_name usual_name birth_date stated_age sex phone email social address no_address postal_code "
    "commune country qpv qpv_status preference birth_place birth_country"
).split()
_FILE = "handover guardian referent scheme imilo_number structure".split()
_OFFICE = "le bureau"
_NOBODY = "Personne ne correspond à «\u00a0{}\u00a0». Vérifiez l’orthographe, ou cherchez par le seul nom."


def add_to(
    add: Callable[..., argparse.ArgumentParser], with_store: Callable[..., Callable[..., Any]], now: Callable[[], int]
) -> None:
    """`find` and `person export`, as on a laptop; `now` gives milliseconds since 1970."""
    said = "cherche une personne, de tous les postes\u00a0; la consultation est notée"
    add("find", with_store(partial(_find, now)), said).add_argument(
        "text", metavar="TEXTE", help="début des noms, ou identifiant"
    )
    call = add(
        "person", with_store(partial(_export, now)), "écrit tout ce qui est gardé d’une personne, en PDF et en JSON"
    )
    call.add_argument("act", choices=["export"])
    call.add_argument("person", metavar="PERSONNE", help="son identifiant, que dit la recherche")
    call.add_argument("--out", required=True, type=Path, metavar="FICHIER")


def _find(now: Callable[[], int], store: Store, known: identity.Identity, args: argparse.Namespace) -> Any:
    with store.write() as session:
        found = list(find(session, args.text))
        journal.note(session, now(), "read list", str(len(found)))
    if not found:
        raise Wrong(_NOBODY.format(args.text))
    return found


def _export(now: Callable[[], int], store: Store, known: identity.Identity, args: argparse.Namespace) -> Any:
    files = export(store, args.person, elsewhere(args.out, args.data), now())
    return {"file": str(files[0]), "files": [str(file) for file in files]}


def find(session: Connection, text: str) -> Iterator[dict[str, Any]]:
    """Everybody each of whose names' words begins as asked, or who has that identifier; once, with when they were last met."""
    sought = plain(text).split()
    last = {who: at for at, _, who in Known(session).between(datetime.min.date(), datetime.max.date()) if who}
    asked = office.last(text, office.merged(session))
    for id, said in office.people(session):
        name = office.name(said)
        words = plain(name).split()
        if id == asked or (sought and all(any(word.startswith(one) for word in words) for one in sought)):
            met = last.get(id)
            yield {
                "id": id,
                "name": name,
                "birth_date": said.get("birth_date"),
                "last_encounter": met and met.astimezone(UTC).isoformat(),
            }


def export(store: Store, person: str, out: Path, now: int) -> list[Path]:
    """The same PDF and JSON as of a laptop, of all that every laptop sent; both or none, and noted. Raises Wrong."""
    with store.read() as session:
        kept = gathered(session, person, now)
    at_home = shipped.office()
    address = (at_home.name, at_home.town, at_home.phone, at_home.email)
    pages = person_file.pdf(kept, shipped.lists(), shipped.commune_names(), address)
    files = {
        out.with_suffix(".pdf"): pages,
        out.with_suffix(".json"): json.dumps(kept, ensure_ascii=False, indent=1).encode(),
    }

    def noted() -> None:
        with store.write() as session:
            journal.note(session, now, "export person", person)

    try:
        with together(noted) as begin:
            for file, content in files.items():
                begin(file, None, "").write(content)
    except Trouble as wrong:
        raise Wrong(wrong.sentence) from None
    return list(files)


def gathered(session: Connection, person: str, now: int) -> dict[str, Any]:
    """What `reports.person_file` reads: of someone and of whoever was found to be them. Raises Wrong where there is nobody."""
    office.check_known(session, person)
    every = office.circle(session, person)
    states = {id: dict(state) for id, state in office.states(session) if id in every}
    met = sorted(_of(session, "encounter", every), key=lambda one: str(one.get("at")))
    meetings = {one.get("encounter"): one for one in _of(session, "appointment", every)}
    places = dict(_all(session, "place"))
    looked = select(Journal.at, Journal.what).where(Journal.id.in_([*every, *(one["id"] for one in met)]))
    return {
        "exported_at": _when(now),
        "files": [_file(id, readable("person", merge.shown(state))) for id, state in states.items()],
        "encounters": [_met(one, meetings.get(one["id"]), places) for one in met],
        "referrals": [
            {"name": one.get("name", ""), "structure": one.get("structure", ""), "at": _local(one.get("at"))}
            for one in _of(session, "referral", every)
        ],
        "corrections": list(_corrections(session, every, [one["id"] for one in met])),
        **{f"{limit}_at": _since(states.values(), limit) for limit in sorted(merge.LIMITS)},
        "sealed_criteria": any(id in every for id, _ in _all(session, "reserved")),
        "consultations": [
            {"at": _when(row.at), "what": row.what} for row in session.execute(looked.order_by(Journal.at))
        ],
    }


def _corrections(session: Connection, people: list[str], encounters: list[str]) -> Iterator[dict[str, Any]]:
    """When which answers were said anew, newest first, by which laptop or the office; of lines that are still as they came."""
    query = select(Change.entity, Change.line, Change.received, func.coalesce(Device.label, _OFFICE).label("by"))
    query = query.outerjoin(Device, Device.id == Change.node).where(Change.line.is_not(None))
    of = or_(
        (Change.entity == "person") & Change.entity_id.in_(people),
        (Change.entity == "encounter") & Change.entity_id.in_(encounters),
    )
    for row in session.execute(query.where(of).order_by(Change.received.desc(), Change.id.desc())):
        said = json.loads(row.line)
        if said["op"] == "update" and (fields := sorted(said["set"])):
            yield {"at": _when(row.received), "fields": fields, "adviser": row.by}


def _file(id: str, said: Mapping[str, Any]) -> dict[str, Any]:
    agrees = said.get("agrees") or {}
    partners = {who: agreed for who, agreed in agrees.items() if who not in WAYS}
    ways = {way: bool(agrees.get(way)) for way in WAYS}
    return {
        "id": id,
        "person": {name: said[name] for name in _PERSON if name in said},
        **{name: said[name] for name in _FILE if name in said},
        "agrees": ways | ({"partners": partners} if partners else {}),
    }


def _met(said: Mapping[str, Any], meeting: Mapping[str, Any] | None, places: Mapping[str, Any]) -> dict[str, Any]:
    """An encounter with the place's name; of nobody else, and without what is the person's own."""
    place = places.get(str(said.get("place")), {}).get("name") or said.get("place")
    told = {name: value for name, value in said.items() if name not in ("person", "kind")}
    taken = {"appointment": {"at": _local(meeting.get("at")), "place": meeting.get("place")}} if meeting else {}
    return {**told, "at": _local(said.get("at")), "place": place, **taken}


def _of(session: Connection, entity: str, people: list[str]) -> list[dict[str, Any]]:
    return [{**said, "id": id} for id, said in _all(session, entity) if said.get("person") in people]


def _all(session: Connection, entity: str) -> Iterator[tuple[str, dict[str, Any]]]:
    query = select(Entity.entity_id, Entity.state).where(Entity.entity == entity)
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield row.entity_id, {} if entity == "reserved" else readable(entity, merge.shown(row.state))


def _since(states: Any, limit: str) -> str | None:
    """Since when a limit holds, by the clock of the record that said so."""
    stamps = [state[limit][0] for state in states if limit in state and state[limit][1]]
    return _when(int(min(stamps).split()[1], 16) >> 16) if stamps else None


def _local(text: object) -> str | None:
    at = moment(text)
    return None if at is None else at.astimezone(LOCAL).isoformat()


def _when(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, LOCAL).isoformat(timespec="seconds")
