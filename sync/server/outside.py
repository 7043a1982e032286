"""What is kept outside the database, so that a restored backup undoes no erasure and no act of the office (sync.md 1.7).

Two files of one JSON object a line: erasures, {"entity","entity_id","id","at"}, ids and milliseconds alone, nothing about whom
or why; and what the office decided (`decided`).
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from sync.server import decided, erasing
from sync.server.store import Store
from sync.server.tables import Erasure

FILE = "erasures.ndjson"
DECIDED = "decided.ndjson"
_REASON = "reprise après la remise d’une sauvegarde"


def keep(store: Store, folder: Path) -> int:
    """Adds to the folder's files what the database alone knows, on the disk when it ends; returns how many lines."""
    with store.read() as session:
        columns = (Erasure.entity, Erasure.entity_id, Erasure.id, Erasure.at)
        known = [dict(row._mapping) for row in session.execute(select(*columns).order_by(Erasure.at))]
        office = decided.known(session)
    there = {_key(one) for one in erasures(folder / FILE)}
    fresh = [one for one in known if _key(one) not in there]
    before = decisions(folder / DECIDED)
    news = [one for one in office if one not in before]
    for name, lines in ((FILE, fresh), (DECIDED, news)):
        if lines:
            _append(folder / name, lines)
    return len(fresh) + len(news)


def apply_again(store: Store, folder: Path) -> int:
    """Does again what the files know and the database has forgotten; returns how many entities were erased."""
    kept, office = erasures(folder / FILE), decisions(folder / DECIDED)
    if office:
        store.attempt(lambda session: decided.apply(session, office))
    return store.attempt(lambda session: _apply(session, kept)) if kept else 0


def _apply(session: Connection, kept: list[dict[str, Any]]) -> int:
    missing = [one for one in kept if _key(one) not in erasing.erased(session, [_key(one) for one in kept])]
    for one in missing:
        if one["entity"] == "person":
            erasing.erase(session, one["entity_id"], _REASON, one["id"], one["at"])
    there = erasing.erased(session, [_key(one) for one in missing])
    rows = {_key(one): {**one, "reason": _REASON} for one in missing if _key(one) not in there}
    if rows:
        session.execute(insert(Erasure), list(rows.values()))
    return len(missing)


def _key(one: dict[str, Any]) -> tuple[str, str]:
    return one["entity"], one["entity_id"]


def erasures(file: Path) -> list[dict[str, Any]]:
    """What can be read of a file of erasures."""
    return _read(file, _erasure)


def decisions(file: Path) -> list[dict[str, Any]]:
    """What can be read of a file of what the office decided."""
    return _read(file, decided.read)


def _erasure(one: dict[str, Any]) -> dict[str, Any]:
    return {**{name: str(one[name]) for name in ("entity", "entity_id", "id")}, "at": int(one["at"])}


def _read(file: Path, shape: Callable[[dict[str, Any]], dict[str, Any]]) -> list[dict[str, Any]]:
    """What can be read; a line that a power cut tore is passed over: the database still has it."""
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(shape(json.loads(line)))
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            continue
    return found


def _append(file: Path, fresh: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(one, separators=(",", ":")) + "\n" for one in fresh).encode()
    with open(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+") as out:
        if size := out.seek(0, os.SEEK_END):
            out.seek(size - 1)
            text = text if out.read(1) == b"\n" else b"\n" + text
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
