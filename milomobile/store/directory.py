"""The offline directory and referrals in the file."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, String, delete, func, or_, select, type_coerce
from sqlalchemy.dialects.sqlite import insert

from milomobile.domain.referrals import Referral, Service, Structure
from milomobile.store.directory_tables import Referral as KeptReferral
from milomobile.store.directory_tables import Service as KeptService
from milomobile.store.directory_tables import Structure as KeptStructure

_TUPLES = ("themes", "publics", "modes", "zones")
_AT_ONCE = 500


def put(session: Connection, structures: Sequence[Structure], services: Sequence[Service]) -> None:
    """Keeps entries, in place of those of the same id."""
    _put(session, KeptStructure, [asdict(one) for one in structures])
    rows = [{name: list(said) if name in _TUPLES else said for name, said in asdict(one).items()} for one in services]
    _put(session, KeptService, rows)


def _put(session: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    statement = insert(table)
    names = [column.name for column in table.__table__.columns if column.name != "id"]
    upsert = statement.on_conflict_do_update(
        index_elements=["id"], set_={name: statement.excluded[name] for name in names}
    )
    for first in range(0, len(rows), _AT_ONCE):
        session.execute(upsert, rows[first : first + _AT_ONCE])


def keep_only(session: Connection, sources: Collection[str], ids: Collection[str]) -> int:
    """Entries of these sources whose id is none of `ids` go; returns how many services went."""
    services = _others(session, KeptService, sources, ids)
    structures = _others(session, KeptStructure, sources, ids)
    for first in range(0, len(services), _AT_ONCE):
        session.execute(delete(KeptService).where(KeptService.id.in_(services[first : first + _AT_ONCE])))
    unused = KeptStructure.id.not_in(select(KeptService.structure_id))
    for first in range(0, len(structures), _AT_ONCE):
        session.execute(delete(KeptStructure).where(KeptStructure.id.in_(structures[first : first + _AT_ONCE]), unused))
    return len(services)


def _others(session: Connection, table: Any, sources: Collection[str], ids: Collection[str]) -> list[str]:
    known = session.execute(select(table.id).where(table.source.in_(sources))).scalars()
    return [id for id in known if id not in ids]


def structure_ids(session: Connection) -> set[str]:
    """The ids of every structure."""
    return set(session.execute(select(KeptStructure.id)).scalars())


def all_services(session: Connection, needs: Collection[str] = ()) -> list[tuple[Service, Structure]]:
    """Every service with its structure; `needs` leave out those that name none of these themes or categories."""
    query = select(*_COLUMNS).join(KeptStructure, KeptStructure.id == KeptService.structure_id)
    if needs:
        themes = type_coerce(KeptService.themes, String)
        query = query.where(or_(*(themes.contains(need, autoescape=True) for need in needs)))
    structures: dict[str, Structure] = {}
    return [_pair(row, structures) for row in session.execute(query)]


def get(session: Connection, id: str) -> tuple[Service, Structure] | None:
    """One service with its structure, or None."""
    query = select(*_COLUMNS).join(KeptStructure, KeptStructure.id == KeptService.structure_id)
    row = session.execute(query.where(KeptService.id == id)).first()
    return _pair(row, {}) if row else None


_SERVICE = [field.name for field in fields(Service)]
_STRUCTURE = [field.name for field in fields(Structure)]
_COLUMNS = [
    *(KeptService.__table__.columns[name] for name in _SERVICE),
    *(KeptStructure.__table__.columns[name].label(f"of_{name}") for name in _STRUCTURE),
]


def _pair(row: Any, structures: dict[str, Structure]) -> tuple[Service, Structure]:
    service = dict(zip(_SERVICE, row[: len(_SERVICE)], strict=True))
    of = dict(zip(_STRUCTURE, row[len(_SERVICE) :], strict=True))
    structure = structures.setdefault(of["id"], Structure(**of))
    lists: dict[str, Any] = {name: tuple(service.pop(name)) for name in _TUPLES}
    return Service(**service, **lists), structure


def count(session: Connection) -> int:
    """How many services the directory has."""
    return session.execute(select(func.count()).select_from(KeptService)).scalar_one()


def add_referral(session: Connection, id: str, referral: Referral, seq: int) -> None:
    """Somebody was sent to a service."""
    row = {**asdict(referral), "id": id, "person_id": referral.person, "service_id": referral.service, "seq": seq}
    del row["person"], row["service"]
    session.execute(insert(KeptReferral), row)


def referrals_of(session: Connection, people: Collection[str]) -> list[Referral]:
    """Where somebody was sent, newest first; `people` are all who were found to be them."""
    kept = KeptReferral
    query = select(kept.person_id, kept.service_id, kept.name, kept.structure, kept.at).where(
        kept.person_id.in_(people)
    )
    return [Referral(*row) for row in session.execute(query.order_by(kept.at.desc()))]
