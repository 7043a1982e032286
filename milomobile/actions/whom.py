"""Whom a registration is of: known here or new, what travels of them, and what their rows become."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import home
from milomobile.actions.written import file_columns, given, nested, person_columns, person_set
from milomobile.domain.encounters import WAYS, Named
from milomobile.domain.problems import STRUCTURE, Problem
from milomobile.errors import NotReady
from milomobile.store import matching, people, settings, sought
from milomobile.store.outbox import Letter
from sync import records

_CONTACT = (
    "usual_name phone email social address postal_code commune qpv qpv_status qpv_generation no_address country "
    "preference birth_place birth_country"
).split()
_IDENTITY = ("given_name", "birth_name", "one_name", "birth_date", "stated_age", "sex")
_UNSAID = (None, "", "NSP", False)
NOT_ENROLLED = (
    "Les critères protégés ne se notent qu’une fois ce poste relié au serveur. Rien n’a été enregistré. "
    "Reliez-le, puis recommencez."
)
NOBODY = "La personne choisie n’est plus sur ce poste. Rien n’a été enregistré\u00a0: cherchez-la, ou faites une nouvelle fiche."


@dataclass(frozen=True)
class Whom:
    """Somebody's id, their row before (None of who is new), what changes of it, and who else they probably are."""

    id: str
    kept: Any
    changes: dict[str, Any]
    probable: str | None


def settled(session: Connection, record: Named) -> Named:
    """The answers as they are kept; of those it is told apart from, those who are on this laptop (any more)."""
    here = tuple(id for id in record.apart if people.get(session, id))
    return replace(home.settled(record), apart=here)


def of(session: Connection, record: Named, moment: int) -> Whom:
    """Whom it is of. Raises NotReady where the one chosen is not here, and for a Mission Locale that no list names."""
    known, probable = _known(session, record)
    kept = people.get(session, known) if known else None
    _check_structure(session, record, kept)
    return Whom(known or records.uuid7(moment), kept, _changes(record, kept) if kept else {}, probable)


def letters(session: Connection, record: Named, who: Whom) -> list[Letter]:
    """What travels of them. Raises NotReady for protected criteria where there is no server to read them."""
    sealed = _sealed(session, record, who.id)
    if not who.kept:
        return [Letter("person", who.id, person_set(record) | given(apart=list(record.apart) or None)), *sealed]
    changed = [Letter("person", who.id, nested(record, who.changes), "update")] if who.changes else []
    return [*changed, *sealed]


def keep(session: Connection, record: Named, who: Whom, seq: int) -> None:
    """Their rows, and whom of the office's lists they are found to be."""
    person = replace(people.person_of(who.kept), **_of_person(who.changes)) if who.kept else record.person
    commune = reference.commune_names().get(person.commune or "")
    if who.kept:
        people.met_again(session, who.id, person, record.at, commune, {**who.changes, "seq": seq})
    else:
        more = {**person_columns(record), "apart": list(record.apart)}
        people.add(session, who.id, person, record.at, seq, commune, **more)
    sought.found(session, who.id, record.person)


def _known(session: Connection, record: Named) -> tuple[str | None, str | None]:
    """(who this surely is, who it probably is): an id or None for each."""
    if record.same_as:
        known = people.merged(session, record.same_as)
        if people.get(session, known) is None:
            raise NotReady(NOBODY, (Problem("same_as", NOBODY),))
        return known, None
    sure, probable = matching.same(session, record.person, record.apart)
    return people.merged(session, sure) if sure else None, probable


def _check_structure(session: Connection, record: Named, kept: Any) -> None:
    """It may stay what it was of the person before."""
    if record.structure is None or any(one.code == record.structure for one in home.territory_in(session).missions):
        return
    if kept is None or kept.structure != record.structure:
        raise NotReady(STRUCTURE, (Problem("structure", STRUCTURE),))


def _changes(record: Named, kept: Any) -> dict[str, Any]:
    known = kept._mapping
    said = {name: getattr(record.person, name) for name in _CONTACT} | file_columns(record)
    said |= {f"agrees_{way}": getattr(record.agrees, way) for way in WAYS}
    partners = dict(known.get("agrees_partners") or {})
    said["agrees_partners"] = partners | dict(record.agrees.partners)
    identity = {name: getattr(record.person, name) for name in _IDENTITY}
    said |= {
        name: value
        for name, value in identity.items()
        if value not in _UNSAID and (record.same_as or known.get(name) in _UNSAID)
    }
    if record.same_as or known.get("handover") == Named.handover:
        said["handover"] = record.handover
    told = home.moved(said, known, record.same_as is not None)
    return {name: value for name, value in told.items() if value is not None and value != known.get(name)}


def _of_person(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: changes[name] for name in (*_CONTACT, *_IDENTITY) if name in changes}


def _sealed(session: Connection, record: Named, person: str) -> list[Letter]:
    if not record.reserved.asked:
        return []
    sealing = settings.get(session, "sealing_key")
    if sealing is None:
        raise NotReady(NOT_ENROLLED, (Problem("reserved", NOT_ENROLLED),))
    criteria = {name: code for name, code in asdict(record.reserved).items() if name != "rqth_consent" or code == "OUI"}
    return [Letter("reserved", person, records.seal(bytes.fromhex(sealing), person, criteria))]
