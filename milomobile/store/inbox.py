"""What the office tells this laptop, kept: erasures, people found to be one, verdicts, reference lists."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from milomobile.domain.texts import plain
from milomobile.store import encounters, erasing, journal, people
from milomobile.store.day_tables import Place
from milomobile.store.engine import Store
from milomobile.store.tables import Feed, Outbox, Person, Reference


class Inbox:
    """The inbox that a pull sees (`sync.pull.Inbox`): a page and its cursor in one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def cursor(self, feed: str) -> str:
        """How far a feed was read; empty before the first time."""
        with self._store.read() as session:
            return session.execute(select(Feed.cursor).where(Feed.name == feed)).scalar() or ""

    def take(self, feed: str, items: Sequence[dict[str, Any]], cursor: str, *, whole: bool) -> None:
        """Keeps items and cursor. Items of a kind this version does not know are passed over, never an error."""
        with self._store.write() as session:
            if whole and feed == "reference":
                session.execute(delete(Reference))
            if whole and feed == "merges":
                session.execute(
                    update(Person).where(Person.merged_by == "office").values(merged_into=None, merged_by=None)
                )
            for item in items:
                _KEEP[feed](session, item)
            statement = insert(Feed).values(name=feed, cursor=cursor)
            session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"cursor": cursor}))
        if feed == "tombstones" and items:
            self._store.forget()


def _erase(session: Connection, item: dict[str, Any]) -> None:
    if erasing.erase(session, person := str(item.get("person"))):
        journal.write(session, datetime.now(UTC), "office", "erase person", person)


def _merge(session: Connection, item: dict[str, Any]) -> None:
    loser, winner = str(item.get("loser")), item.get("winner")
    known = session.execute(select(Person.id).where(Person.id == winner, Person.id != loser)).scalar()
    by = ("adviser" if item.get("by") == "adviser" else "office") if known else None
    if known and people.merged(session, known) == loser:
        # Here it was the other way round: what the office says last holds.
        session.execute(update(Person).where(Person.id == known).values(merged_into=None, merged_by=None))
    session.execute(update(Person).where(Person.id == loser).values(merged_into=known, merged_by=by))


def _judge(session: Connection, item: dict[str, Any]) -> None:
    if "verdict" not in item:
        return _answer(session, item)
    states = {"taken": "sent", "already": "sent", "refused": "refused", "gone": "gone"}
    if item.get("verdict") in states:
        values = {
            "state": states[item["verdict"]],
            "reason": item.get("detail") or None,
            "pointer": item.get("pointer"),
        }
        if values["state"] == "gone":
            values |= {"line": None, "emptied_at": None}
        here = (Outbox.id == str(item.get("id")), Outbox.state != "waiting")
        session.execute(update(Outbox).where(*here).values(**values))


def _answer(session: Connection, item: dict[str, Any]) -> None:
    """What the office says of a handover or an appointment; of people and meetings not known here, nothing."""
    said = {name: item[name] for name in people.TOLD if name in item and _is_told(name, item[name])}
    if "person" in item and said and people.tell(session, str(item["person"]), said, datetime.now(UTC)):
        journal.write(session, datetime.now(UTC), "office", "change person", str(item["person"]))
    if "appointment" in item and isinstance(item.get("status"), str):
        encounters.tell(session, str(item["appointment"]), item["status"])


def _is_told(name: str, value: object) -> bool:
    return isinstance(value, int if name == "imilo_number" else str) and not isinstance(value, bool)


def _tell(session: Connection, item: dict[str, Any]) -> None:
    kind, id, body = str(item.get("kind")), str(item.get("id")), item.get("set")
    if not isinstance(body, dict):
        session.execute(delete(Reference).where(Reference.kind == kind, Reference.id == id))
        return
    statement = insert(Reference).values(kind=kind, id=id, body=body)
    session.execute(statement.on_conflict_do_update(index_elements=["kind", "id"], set_={"body": body}))
    if kind == "place":
        _tell_place(session, id, body)


def _tell_place(session: Connection, id: str, body: dict[str, Any]) -> None:
    """A place of the office's list: known from then on; one of that name here only learns what it lacked."""
    name = str(body.get("name") or "")
    key = plain(name) or name
    where = {"commune": body.get("commune"), "qpv": body.get("qpv")}
    known = session.execute(select(Place.id).where((Place.key == key) | (Place.id == id))).scalar()
    if known is not None:
        session.execute(update(Place).where(Place.id == known).values(**where))
    elif name and body.get("setting"):
        session.execute(insert(Place).values(id=id, name=name, key=key, setting=body["setting"], **where))


_KEEP = {"tombstones": _erase, "merges": _merge, "verdicts": _judge, "reference": _tell}
